"""People and ties while a source is read: one person a key, one tie a kind; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from vorzimmer.model import Person, Tie, TieKind
from vorzimmer.people import fuller, identity

UNKNOWN = "?"
"""The key of a person who cannot be told from others."""


class People:
    """Everybody who appears in a source, each with all that is said of them."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._people: dict[str, Person] = {}
        self._keys: dict[str, str] = {}

    def meet(self, person: Person) -> str:
        """Return the person's key, and remember what is said of them."""
        url = person.profile_url
        key = self._keys.get(url) if url else None
        if key is None:
            key = identity(person) or UNKNOWN
            if url:
                self._keys[url] = key
        known = self._people.get(key)
        if known is None:
            self._people[key] = person
        elif key != UNKNOWN and known is not person and not _is_no_news(person, known):
            self._people[key] = fuller(known, person)
        return key

    def person(self, key: str) -> Person:
        """Return what is known of a person; nothing of one who is unknown."""
        return self._people[key] if key != UNKNOWN else Person()


def _is_no_news(person: Person, known: Person) -> bool:
    """Whether a person as messages name them, by name and address, is known so."""
    return (
        person.name == known.name
        and person.profile_url == known.profile_url
        and person.company is None
        and person.position is None
        and person.email is None
        and person.headline is None
        and person.location is None
        and person.country is None
    )


@dataclass(slots=True)
class _Entry:
    since: date | None = None
    until: date | None = None
    count: int = 0


class TieLedger:
    """Ties under way, by person, kind and word."""

    def __init__(self) -> None:
        """Start with none."""
        self._entries: dict[tuple[str, TieKind, str], _Entry] = {}

    def add(
        self,
        key: str,
        kind: TieKind,
        *,
        days: tuple[date | datetime | None, date | datetime | None] = (None, None),
        count: int = 0,
        detail: str = "",
    ) -> None:
        """Join one more fact to the tie of this person, kind and word.

        Args:
            key: Whom, as ``People`` names them; unknown ones are left out.
            kind: In which way.
            days: First and last day, as far as known.
            count: How many times more.
            detail: The word that belongs to the tie.
        """
        if key == UNKNOWN:
            return
        entry = self._entries.get((key, kind, detail))
        if entry is None:
            entry = self._entries[key, kind, detail] = _Entry()
        since, until = map(_day, days)
        if since and (entry.since is None or since < entry.since):
            entry.since = since
        if until and (entry.until is None or until > entry.until):
            entry.until = until
        entry.count += count

    def ties(self, people: People, *, besides: frozenset[str]) -> Iterator[Tie]:
        """Yield the ties in an order that does not depend on that of adding.

        Args:
            people: Who the keys are.
            besides: Keys of the member, who is no tie.
        """
        for (key, kind, detail), entry in sorted(self._entries.items(), key=_order):
            if key not in besides:
                yield Tie(
                    person=people.person(key),
                    kind=kind,
                    since=entry.since,
                    until=entry.until,
                    count=entry.count or None,
                    detail=detail,
                )


def _order(item: tuple[tuple[str, TieKind, str], _Entry]) -> tuple[str, str, str]:
    return item[0]


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
