"""Which mails of a folder are through, by their numbers (UIDs); pure.

Kept as ranges: a server may give its next mail any number up to four thousand million.

Source:
    RFC 3501, sections 2.3.1.1 (UIDs) and 9 (sequence sets).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

LARGEST = 2**32 - 1
# More gaps than any reading leaves; a text that says more is not of ours.
_MOST_RANGES = 1_000_000


class MailNumbers:
    """A set of numbers from 1 to ``LARGEST``."""

    def __init__(self, text: str = "") -> None:
        """Take the form that ``str`` gives; what is none of it counts for nothing."""
        self._ranges: list[tuple[int, int]] = []
        pieces = text.split(",", _MOST_RANGES)[:_MOST_RANGES]
        self._merge(filter(None, map(_range, pieces)))

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._ranges, (number, LARGEST)) - 1
        return at >= 0 and self._ranges[at][0] <= number <= self._ranges[at][1]

    def __str__(self) -> str:
        return ",".join(f"{a}:{b}" if a < b else str(a) for a, b in self._ranges)

    def add(self, numbers: Iterable[int]) -> None:
        """Add some numbers."""
        self._merge((each, each) for each in numbers)

    def add_all_to(self, last: int) -> None:
        """Add all numbers from 1 on."""
        self._merge([(1, last)] if last > 0 else [])

    def first_missing(self) -> int:
        """Return the smallest number that is not among them."""
        if self._ranges and self._ranges[0][0] == 1:
            return self._ranges[0][1] + 1
        return 1

    def _merge(self, news: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for first, last in sorted([*self._ranges, *news]):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        self._ranges = merged


def _range(piece: str) -> tuple[int, int] | None:
    first, _, last = piece.partition(":")
    ends = (first, last or first)
    if not all(each.isdecimal() and each.isascii() and len(each) < 11 for each in ends):
        return None
    low, high = map(int, ends)
    return (max(low, 1), min(high, LARGEST)) if max(low, 1) <= high else None
