"""The member teaches: says what requests are, takes it back, sees what was learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from vorzimmer.learning import Learned, Lesson, learn
from vorzimmer.lessons import Taught, Teaching
from vorzimmer.model import ContactRequest, Kind
from vorzimmer.quality import Judged
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening
from vorzimmer.signal import Signal
from vorzimmer.signals import all_signals
from vorzimmer.store import Store
from vorzimmer.waiting import Waiting

# What was learned is tried on parts that it was not learned from.
_PARTS = 5
# Shown of a mistake.
_MOST_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class MovedWeight:
    """A weight that was learned.

    Attributes:
        cases: Independent requests in which the signal was found.
        is_own: Whether the member has set a weight that holds instead.
    """

    signal: Signal
    learned: float
    cases: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedReport:
    """All that was learned, from what, and how good it is.

    Attributes:
        taught: What teaches something, with its request; newest first.
        moved: Weights that moved, those that moved most first.
        shifted: Priors that moved, and by how much (nats).
        shipped: What the member said of requests, and what screening says as shipped.
        own: The same as learned, each asked without the fifth that it belongs to.
    """

    learned: Learned
    taught: tuple[tuple[Teaching, ContactRequest], ...]
    moved: tuple[MovedWeight, ...]
    shifted: tuple[tuple[Kind, float, int], ...]
    shipped: tuple[Judged, ...]
    own: tuple[Judged, ...]


class TeachingDesk:
    """What the member says that requests are, and what follows from it."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        waiting: Callable[[], Waiting],
    ) -> None:
        """Take the store, the clock, and what gives the screened requests."""
        self._store = store
        self._now = now
        self._waiting = waiting

    def correct(self, request_id: str, kind: Kind | None) -> None:
        """Record what a request really is.

        Args:
            request_id: Of which.
            kind: What it is; ``None``: nothing is to be learned from it.

        Raises:
            UnknownNameError: There is no such request.
        """
        with self._store.transaction() as store:
            store.add_correction(request_id, kind, at=self._now())

    def take_back(self, request_id: str) -> None:
        """Take back what was said of a request.

        Raises:
            UnknownNameError: There is no such request.
            UndoError: Nothing was said of it.
        """
        with self._store.transaction() as store:
            store.take_correction_back(request_id, at=self._now())

    def reset(self) -> None:
        """Forget all that was learned; decisions stay, but teach nothing any more."""
        with self._store.transaction() as store:
            store.reset_corrections(at=self._now())

    def said(self, request_id: str) -> Teaching | None:
        """Return what the member said of a request, ``None`` when nothing was."""
        return next(
            (
                each
                for each in self._waiting().teachings
                if each.request_id == request_id and each.by is Taught.SAID
            ),
            None,
        )

    def learned(self) -> Learned:
        """Return what was learned and holds now."""
        return self._waiting().store.learned

    def report(self) -> LearnedReport:
        """Return all that was learned, from what, and how good it is."""
        waiting = self._waiting()
        store, learned = waiting.store, waiting.store.learned
        shipped, own = _judged(waiting)
        return LearnedReport(
            learned=learned,
            taught=tuple(
                (each, store.requests[each.request_id]) for each in waiting.teachings
            ),
            moved=_moved(waiting),
            shifted=tuple(
                (kind, shift, learned.judged.get(kind, 0))
                for kind, shift in sorted(
                    learned.shifts.items(), key=lambda each: -abs(each[1])
                )
            ),
            shipped=shipped,
            own=own,
        )


def _moved(waiting: Waiting) -> tuple[MovedWeight, ...]:
    learned = waiting.store.learned
    moved = [
        MovedWeight(
            signal,
            learned.weights[signal.name],
            learned.cases.get(signal.name, 0),
            signal.name in waiting.store.own_weights,
        )
        for signal in all_signals()
        if signal.name in learned.weights
    ]
    return tuple(
        sorted(moved, key=lambda each: -abs(each.learned - each.signal.weight))
    )


def _judged(waiting: Waiting) -> tuple[tuple[Judged, ...], tuple[Judged, ...]]:
    """Return what was said of requests beside what screening says, twice."""
    store = waiting.store
    lessons = store.lessons(waiting.teachings, waiting.given)
    part_of = {each.request_id: _part(each) for each in lessons}
    said = {
        each.request_id: each.kind
        for each in waiting.teachings
        if each.by is Taught.SAID and each.kind
    }
    as_shipped = replace(store.screening, weights=store.own_weights, shifts={})
    shipped: list[Judged] = []
    own: list[Judged] = []
    for part in range(_PARTS):
        asked = sorted(each for each in said if part_of[each] == part)
        if not asked:
            continue
        rest = [each for each in lessons if part_of[each.request_id] != part]
        learned = learn(rest, all_signals(), fixed=store.own_weights)
        without = replace(
            store.screening,
            weights={**learned.weights, **store.own_weights},
            shifts=learned.shifts,
        )
        for key in asked:
            screened = store.screened_with(key, waiting.given.get(key, {}))
            shipped.append(_judge(screened, as_shipped, said[key]))
            own.append(_judge(screened, without, said[key]))
    return tuple(shipped), tuple(own)


def _part(lesson: Lesson) -> int:
    """Return to which part a lesson belongs; equal notes belong to the same."""
    return (
        blake2b(lesson.origin.encode("utf-8", "replace"), digest_size=1).digest()[0]
        % _PARTS
    )


def _judge(screened: Screened, screening: Screening, truth: Kind) -> Judged:
    kinds = screening.weighed_again(screened, Kind).assessment.kinds
    said = {kind: found.probability for kind, found in kinds.items()}
    likeliest = max(kinds.values(), key=lambda each: each.score)
    return Judged(
        screened.request.id,
        said,
        truth,
        evidence=tuple(each for each in likeliest.evidence if each.points > 0)[
            :_MOST_EVIDENCE
        ],
    )
