"""What several sources say of one request: all of it, and what holds; pure.

Of two values the fresher one holds, and both are kept. Three facts have a better rule:
words sent along hold before none, whole ones before their beginning; the day of sending
is the archive's, else the earliest; a readable profile address holds before a cryptic
one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from vorzimmer.intake.joining import Contribution
from vorzimmer.model import PERSON_FACTS, ContactRequest, Person
from vorzimmer.people import profile_key

Value = str | int | bool | date | datetime

OWN_FACTS: tuple[str, ...] = tuple(
    each.name for each in fields(ContactRequest) if each.name not in {"id", "sender"}
)
"""Names of all facts about a request itself."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One value of one fact, and who said it.

    Attributes:
        value: Never ``None``: what is not known was not said.
        source: Number of the source.
        said_at: Of which moment it speaks.
    """

    value: Value
    source: int
    said_at: datetime


def sayings(group: Iterable[Contribution]) -> dict[str, list[Saying]]:
    """Return all that is said of one request, by fact; what holds comes first.

    Facts about the request come by their own name, facts about the sender by theirs.
    """
    found: dict[str, list[tuple[Contribution, Value]]] = {}
    for part in group:
        for fact in OWN_FACTS:
            value = getattr(part.request, fact)
            if value is not None:
                found.setdefault(fact, []).append((part, value))
        for fact in PERSON_FACTS:
            value = getattr(part.request.sender, fact)
            if value is not None:
                found.setdefault(fact, []).append((part, value))
    return {
        fact: [
            Saying(value, part.source, part.said_at)
            for part, value in sorted(said, key=_rank_of(fact), reverse=True)
        ]
        for fact, said in found.items()
    }


def agree(fact: str, one: object, two: object) -> bool:
    """Return whether two values of a fact say the same, however they are spelt.

    The beginning of a note, cut off, says the same as the whole one.
    """
    if isinstance(one, datetime) and isinstance(two, datetime):
        return one.date() == two.date()
    if isinstance(one, str) and isinstance(two, str):
        if fact == "profile_url":
            return profile_key(one) == profile_key(two)
        if fact == "note" and (_is_cut(one) or _is_cut(two)):
            short, long = sorted((_plain(one), _plain(two)), key=len)
            return bool(short) and long.startswith(short)
        return _plain(one) == _plain(two)
    return one == two


def _plain(words: str) -> str:
    bare = words.rstrip().removesuffix("…").removesuffix("...")
    return " ".join(bare.split()).casefold()


def _is_cut(note: str) -> bool:
    return note.rstrip().endswith(("…", "..."))


def merged(group: Sequence[Contribution], request_id: str) -> ContactRequest:
    """Return the one request that a group of contributions is.

    Args:
        group: As ``joining.joined`` has put it together.
        request_id: The id that it goes by.
    """
    if len(group) == 1:
        only = group[0].request
        return only if only.id == request_id else _renamed(only, request_id)
    said = sayings(group)
    holds: dict[str, Any] = {fact: values[0].value for fact, values in said.items()}
    own = {fact: holds.get(fact) for fact in OWN_FACTS}
    sender = Person(**{fact: holds.get(fact) for fact in PERSON_FACTS})
    return ContactRequest(id=request_id, sender=sender, **own)


def leader(
    group: Iterable[Contribution],
    *,
    decided: Mapping[str, int],
    stored: Collection[str],
) -> str:
    """Return the id that a group goes by, so that decisions stay with it.

    That with the latest decision, else one that is stored, else that which an archive
    gave, else the least.

    Args:
        group: The contributions.
        decided: A rank by id of those that were decided or spoken about; the higher,
            the later.
        stored: Ids under which requests are stored.
    """

    def rank(part: Contribution) -> tuple[int, bool, bool, str]:
        own = part.request.id
        # Of two equal ones the least id, so that the order does not matter.
        return (-decided.get(own, -1), own not in stored, not part.has_own_ids, own)

    return min(group, key=rank).request.id


def _renamed(request: ContactRequest, request_id: str) -> ContactRequest:
    own = {fact: getattr(request, fact) for fact in OWN_FACTS}
    return ContactRequest(id=request_id, sender=request.sender, **own)


def _rank_of(fact: str) -> Any:  # noqa: ANN401 - a key to sort by
    special = _SPECIAL.get(fact, lambda _part, _value: ())

    def rank(said: tuple[Contribution, Value]) -> tuple[Any, ...]:
        part, value = said
        fresh = (part.said_at, part.has_own_ids, part.source, part.request.id)
        return (*special(part, value), *fresh)

    return rank


def _note_rank(_: Contribution, value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any fact
    return (bool(value.strip()), not _is_cut(value))


def _day_rank(part: Contribution, value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any fact
    return (part.has_own_ids, -value.timestamp())


def _address_rank(_: Contribution, value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any fact
    return ("/in/acoaa" not in value.casefold(),)


def _name_rank(_: Contribution, value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any fact
    return (bool(value.strip()),)


_SPECIAL = {
    "note": _note_rank,
    "sent_at": _day_rank,
    "profile_url": _address_rank,
    "name": _name_rank,
}
