"""Appointments while calendars are read: whom the member met, and how often; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from vorzimmer.items import Meeting
from vorzimmer.model import Person, Tie, TieKind
from vorzimmer.ties import LARGE

LARGEST_ROUND = 10
"""In a larger round one may sit for an hour without a word to each other."""

# Series and people in them that are kept; ten years full of appointments have 50,000.
_MOST_PAIRS = 500_000
# Who takes part in at least so many of them may be the member.
_MOST_OF_THEM = 0.5


@dataclass(slots=True)
class _Series:
    """One appointment or series; of several parts the one with most times counts."""

    people: dict[str, tuple[int, date, date, bool]] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Met:
    count: int = 0
    first: date | None = None
    last: date | None = None


class Meetings:
    """Who was at which appointment."""

    def __init__(self) -> None:
        """Start with none."""
        self._series: defaultdict[str, _Series] = defaultdict(_Series)
        self._people: dict[str, Person] = {}
        self._pair_count = 0

    def add(self, meeting: Meeting) -> None:
        """Add one appointment; parts of one series count together."""
        series = self._series[meeting.id]
        series.declined |= frozenset(meeting.declined)
        is_large = len(meeting.people) > LARGEST_ROUND
        for person in meeting.people:
            email = person.email or ""
            known = self._people.get(email)
            if known is None or _rank(person) > _rank(known):
                self._people[email] = person
            part = (meeting.count, meeting.on, meeting.until, is_large)
            before = series.people.get(email)
            if before is not None:
                series.people[email] = _together(before, part)
            elif self._pair_count < _MOST_PAIRS:
                self._pair_count += 1
                series.people[email] = part

    def own_address(self) -> str:
        """Return who takes part in most appointments; ``""`` where that is unclear."""
        counts = Counter(
            email for each in self._series.values() for email in each.people
        )
        counts.update(
            email
            for each in self._series.values()
            for email in each.declined
            if email not in each.people
        )
        best = counts.most_common(2)
        if not best or best[0][1] < _MOST_OF_THEM * len(self._series):
            return ""
        is_tied = len(best) > 1 and best[1][1] == best[0][1]
        return "" if is_tied else best[0][0]

    def ties(self, *, besides: Collection[str]) -> Iterator[Tie]:
        """Yield the ties, large rounds apart from others.

        Args:
            besides: Keys of the member, who is no tie.
        """
        own = self.own_address()
        met: defaultdict[tuple[str, bool], _Met] = defaultdict(_Met)
        for series in self._series.values():
            if own in series.declined:
                continue
            for email, (count, first, last, is_large) in series.people.items():
                entry = met[email, is_large]
                entry.count += count
                entry.first = min(entry.first or first, first)
                entry.last = max(entry.last or last, last)
        for (email, is_large), entry in sorted(met.items(), key=lambda each: each[0]):
            if email != own and f"e:{email}" not in besides:
                yield Tie(
                    person=self._people[email],
                    kind=TieKind.MET,
                    since=entry.first,
                    until=entry.last,
                    count=entry.count,
                    detail=LARGE if is_large else "",
                )


def _rank(person: Person) -> tuple[int, str]:
    name = person.name or ""
    return len(name), name


def _together(
    one: tuple[int, date, date, bool], two: tuple[int, date, date, bool]
) -> tuple[int, date, date, bool]:
    return (
        max(one[0], two[0]),
        min(one[1], two[1]),
        max(one[2], two[2]),
        one[3] and two[3],
    )
