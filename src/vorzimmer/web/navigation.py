"""Where the pages are: groups, each with its pages, as the masthead shows them."""

from __future__ import annotations

from dataclasses import dataclass

from vorzimmer.model import Sentence, say


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the masthead leads to."""

    path: str
    title: Sentence


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together; the group's link leads to the first."""

    title: Sentence
    places: tuple[Place, ...]

    @property
    def path(self) -> str:
        """The address of its first page."""
        return self.places[0].path


GROUPS = (
    Group(
        say("Requests"),
        (
            Place("/", say("Session")),
            Place("/decided", say("Decided")),
            Place("/asked", say("Asked")),
            Place("/summary", say("Summary")),
            Place("/campaigns", say("Campaigns")),
            Place("/afterwards", say("Afterwards")),
            Place("/insight", say("Insight")),
        ),
    ),
    Group(
        say("Writing"),
        (
            Place("/draft", say("Check a draft")),
            Place("/letters", say("Letters")),
            Place("/introductions", say("Introductions")),
            Place("/people", say("People to meet")),
        ),
    ),
    Group(
        say("Rules"),
        (
            Place("/policies", say("Policies")),
            Place("/rehearsal", say("Rehearsal")),
            Place("/signals", say("Signals")),
            Place("/learned", say("Learned")),
        ),
    ),
    Group(
        say("My data"),
        (
            Place("/sources", say("Sources")),
            Place("/import", say("Import")),
            Place("/paste", say("Paste")),
            Place("/privacy", say("Privacy")),
        ),
    ),
    Group(
        say("Advice"),
        (
            Place("/network-settings", say("Network settings")),
            Place("/contact-card", say("Contact card")),
            Place("/non-members", say("No member?")),
        ),
    ),
)
# Pages about one request, which need its id, so that no group leads to them.
_WITHIN = {"/letter": "/letters", "/objection": "/afterwards"}
PATHS = frozenset(place.path for group in GROUPS for place in group.places)


def group_of(path: str) -> Group | None:
    """Return the group whose page this is; ``None`` is a page in no group."""
    path = _WITHIN.get(path, path)
    place = known(path)
    if place == "/" != path:
        return None
    return next(
        (group for group in GROUPS if any(each.path == place for each in group.places)),
        None,
    )


def known(path: str) -> str:
    """Return the page that the masthead leads to, or one above, else the session."""
    first = "/" + path.lstrip("/").partition("/")[0]
    return next((each for each in (path, first) if each in PATHS), "/")
