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
            Place("/campaigns", say("Campaigns")),
        ),
    ),
    Group(
        say("Writing"),
        (
            Place("/draft", say("Check a draft")),
            Place("/introductions", say("Introductions")),
            Place("/people", say("People to meet")),
        ),
    ),
    Group(
        say("Rules"),
        (
            Place("/policies", say("Policies")),
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
PATHS = frozenset(place.path for group in GROUPS for place in group.places)


def group_of(path: str) -> Group | None:
    """Return the group whose page this is; ``None`` is a page in no group."""
    for group in GROUPS:
        if any(place.path == path for place in group.places):
            return group
    return None


def known(path: str) -> str:
    """Return the path if the masthead leads to it, else the way to the session."""
    return path if path in PATHS else "/"
