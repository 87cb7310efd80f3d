"""What became of earlier requests; pure.

A request of long ago must not be judged by what came of it: whoever was accepted is a
contact today. ``ties_of_then`` therefore leaves out what is known of past senders since
their request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import blake2b

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.columns import Columns
from vorzimmer.model import (
    Action,
    Channel,
    ContactRequest,
    Decision,
    Person,
    Tie,
    TieKind,
)
from vorzimmer.people import identity, profile_key
from vorzimmer.policy import Assessed

MOST = 50_000
"""Past requests that are looked at; the newest of more."""

_CONTACT = "contact:"
_TALK = frozenset({TieKind.WROTE, TieKind.MAILED, TieKind.MET})
_MESSAGES = frozenset({TieKind.WROTE, TieKind.WROTE_TO_YOU})
# Ties that only contacts have: without a day they, too, came after the request.
_OF_CONTACTS = frozenset(
    {
        TieKind.CONNECTION,
        TieKind.WROTE,
        TieKind.WROTE_TO_YOU,
        TieKind.ENDORSED,
        TieKind.WAS_ENDORSED_BY,
        TieKind.RECOMMENDED,
        TieKind.WAS_RECOMMENDED_BY,
    }
)
_LET_IN = frozenset({Action.ACCEPT, Action.ANSWER, Action.REMOVE})


def is_of_contact(request_id: str) -> bool:
    """Return whether an id is that of a request that stands for a contact."""
    return request_id.startswith(_CONTACT)


def contact_request(tie: Tie) -> ContactRequest:
    """Return what stands for the request of a contact; its note is not known.

    Args:
        tie: Which says that somebody is a contact, and since when.
    """
    key = identity(tie.person)
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8)
    return ContactRequest(
        id=_CONTACT + digest.hexdigest(),
        sender=tie.person,
        network=_network(tie.person.profile_url),
        channel=Channel.INVITATION_NOTE,
        sent_at=datetime.combine(tie.since, time(), UTC) if tie.since else None,
    )


class Fate(StrEnum):
    """What became of a request, as far as the store knows."""

    WROTE = "wrote"
    UNWANTED = "unwanted"
    ONLY_THEY = "only_they"
    SILENT = "silent"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A request of the past.

    Attributes:
        request: Of a contact of whom only the contact is known, one made of that: its
            note, and who asked whom, are not known.
        done: What was done about it.
        actor: ``"member"``, or ``"archive"`` for what a source shows.
        fate: What became of it.
        keys: Under which the sender is known (``people.identity``).
    """

    request: ContactRequest
    done: Action
    actor: str
    fate: Fate
    keys: frozenset[str] = frozenset()

    @property
    def is_contact(self) -> bool:
        """Whether only the contact is known, and no request."""
        return is_of_contact(self.request.id)

    @property
    def was_let_in(self) -> bool:
        """Whether it was accepted or answered, and be it that it was removed again."""
        return self.done in _LET_IN


@dataclass(frozen=True)
class Past:
    """Requests of the past, assessed once.

    Attributes:
        items: The newest first; contacts without a request at the end.
        assessed: Of each, what a policy asks for.
        pace_s: Seconds that a decision took the member; ``None`` is not measured.
        columns: The same in columns.
    """

    items: tuple[Earlier, ...]
    assessed: tuple[Assessed, ...]
    pace_s: float | None = None
    columns: Columns = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        requests = tuple(each.request for each in self.items)
        object.__setattr__(self, "columns", Columns(requests, self.assessed))


def earlier_requests(
    requests: Mapping[str, ContactRequest],
    decisions: Mapping[str, Decision],
    ties: Sequence[Tie],
    acquaintance: Acquaintance,
    *,
    unwanted: Collection[str] = frozenset(),
) -> list[Earlier]:
    """Return what was decided or accepted before, the newest first.

    Args:
        requests: All, by id, with the facts that the member gave.
        decisions: Those that stand, by id of the request.
        ties: All; contacts without a request count too, unless the member asked them.
        acquaintance: Of all ties.
        unwanted: Ids of requests whose senders advertised, or worse, once they were
            accepted.
    """
    has_messages = any(tie.kind in _MESSAGES for tie in ties)
    found: list[Earlier] = []
    met: set[str] = set()
    for key, decision in decisions.items():
        request = requests.get(key)
        if request is None or decision.action is Action.HOLD:
            continue
        known = acquaintance.look_up(request.sender).ties
        keys = _keys(request.sender, known)
        met |= keys
        day = min(_days(request.sent_at, decision.at), default=None)
        if decision.action is Action.REMOVE or key in unwanted:
            fate = Fate.UNWANTED
        else:
            fate = _fate(known, day, decision.action, has_messages=has_messages)
        found.append(
            Earlier(
                request=request,
                done=decision.action,
                actor=decision.actor,
                fate=fate,
                keys=keys,
            )
        )
    found += _contacts(ties, acquaintance, met, has_messages=has_messages)
    return sorted(found, key=_newest_first)[:MOST]


def ties_of_then(ties: Iterable[Tie], past: Iterable[Earlier]) -> list[Tie]:
    """Return the ties without what came of past requests.

    Args:
        ties: All there are today.
        past: The requests. Of somebody who asked more than once, what came after the
            first is left out.
    """
    asked: dict[str, date] = {}
    for each in past:
        day = each.request.sent_at.date() if each.request.sent_at else date.min
        for key in each.keys:
            asked[key] = min(day, asked.get(key, day))
    return [tie for tie in ties if not _is_later(tie, asked.get(identity(tie.person)))]


def _keys(sender: Person, known: Iterable[Tie]) -> frozenset[str]:
    people = (sender, *(tie.person for tie in known))
    return frozenset(identity(person) for person in people) - {""}


def _is_later(tie: Tie, day: date | None) -> bool:
    if day is None:
        return False
    if tie.kind is TieKind.CONNECTION:
        # Who was a contact already does not ask.
        return True
    return tie.kind in _OF_CONTACTS if tie.since is None else tie.since >= day


def _days(*moments: datetime | None) -> Iterator[date]:
    return (each.date() for each in moments if each is not None)


def _fate(
    known: Sequence[Tie], day: date | None, done: Action, *, has_messages: bool
) -> Fate:
    """Return what became of somebody who asked on a day."""

    def since_then(kinds: frozenset[TieKind]) -> bool:
        return any(
            tie.kind in kinds
            and (day is None or (tie.until or tie.since or day) >= day)
            for tie in known
        )

    if since_then(_TALK):
        return Fate.WROTE
    if done not in _LET_IN or not has_messages:
        return Fate.NOT_KNOWN
    return Fate.ONLY_THEY if since_then(_MESSAGES) else Fate.SILENT


def _contacts(
    ties: Sequence[Tie],
    acquaintance: Acquaintance,
    met: set[str],
    *,
    has_messages: bool,
) -> Iterator[Earlier]:
    """Yield the contacts whose request nobody kept; not whom the member asked."""
    passed = {identity(tie.person) for tie in ties if tie.kind is TieKind.INVITED}
    passed |= met
    for tie in ties:
        key = identity(tie.person)
        if tie.kind is not TieKind.CONNECTION or not key or key in passed:
            continue
        known = acquaintance.look_up(tie.person).ties
        if any(each.kind is TieKind.INVITED for each in known):
            continue
        fate = _fate(known, tie.since, Action.ACCEPT, has_messages=has_messages)
        yield Earlier(
            request=contact_request(tie),
            done=Action.ACCEPT,
            actor="archive",
            fate=fate,
            keys=_keys(tie.person, known),
        )


def _network(url: str | None) -> str | None:
    host = profile_key(url).partition("/")[0]
    return {"linkedin.com": "linkedin", "xing.com": "xing"}.get(host)


def _newest_first(each: Earlier) -> tuple[bool, float, str]:
    sent_at = each.request.sent_at
    stamp = -sent_at.timestamp() if sent_at else 0.0
    return (each.is_contact, stamp, each.request.id)
