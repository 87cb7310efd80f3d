"""What screening a request yields, and what the signals found in it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from vorzimmer.model import Assessment, ContactRequest, Hit
from vorzimmer.roster import Hits
from vorzimmer.signal import Context, Signal

Found = tuple[Signal, Hit]


class FoundInMany:
    """What the signals found in many requests, put together once somebody asks."""

    def __init__(
        self, signals: Sequence[Signal], said: Mapping[int, Hits], count: int
    ) -> None:
        """Take what was said.

        Args:
            signals: In their order.
            said: Which requests signals hit, and the hits, by place, in order.
            count: Of how many requests.
        """
        self._signals = signals
        self._said = said
        self._count = count

    def of(self, row: int) -> tuple[Found, ...]:
        """Return what was found in one of the requests."""
        return self._by_row[row]

    @cached_property
    def _by_row(self) -> list[tuple[Found, ...]]:
        found: list[list[Found]] = [[] for _ in range(self._count)]
        for place, (rows, hits) in self._said.items():
            signal = self._signals[place]
            for row, hit in zip(rows, hits, strict=True):
                found[row].append((signal, hit))
        return list(map(tuple, found))


@dataclass(slots=True)  # not frozen: one a request, made twice as fast
class Screened:
    """A request with its context, what the signals found, and the assessment.

    Attributes:
        request: Which.
        context: All that signals may know of it.
        assessment: What screening says of it.
        batch: What the signals found in all requests that were screened with it.
        row: Which of these it is.
    """

    request: ContactRequest
    context: Context
    assessment: Assessment
    batch: FoundInMany = field(repr=False, compare=False)
    row: int = field(repr=False, compare=False)

    @property
    def found(self) -> tuple[Found, ...]:
        """What the signals found, in their order."""
        return self.batch.of(self.row)
