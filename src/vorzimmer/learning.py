"""Learn a member's own weights from what the member said and did; pure.

Bayesian logistic regression, one for each kind, around the default weights: the
likeliest weights under a normal distribution that has its middle at the defaults.
docs/explanation/learning.md explains formula, bounds and sources.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vorzimmer.campaigns import Groups
from vorzimmer.model import ContactRequest, Kind
from vorzimmer.note import normal_form
from vorzimmer.screened import Found
from vorzimmer.shares import PRIORS
from vorzimmer.signal import CAPS, Group, Signal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_CASES = 3
"""A weight stays as it is until its signal was found in so many cases."""
FEWEST_FOR_SHIFT = 5
"""How common a kind is stays as it is until so many cases were judged."""
MOST_LESSONS = 500
"""Older lessons no longer count: what is common in an inbox changes."""

# How far a weight is expected to lie from its default, as a share of it, and how far
# how common a kind is from what is usual, in nats. Chosen on our own notes, with
# docs/experiments.md telling what else was tried.
_SPREAD = 0.6
_SPREAD_OF_SHIFT = 0.5
# A small weight may move as far as one of a nat does; else the prior would have to.
_SMALL = 1.0
# A weight loses at most half, and gains at most as much as it has; it keeps its sign.
_LEAST = 0.5
_FARTHEST_SHIFT = 1.0
# What protects is never unlearned: these kinds may become likelier, hardly less so.
_GUARDED = frozenset({Kind.DANGER, Kind.ABUSE})
_LEAST_GUARDED = 0.85
_GUARDED_SHIFT = 0.3
# Learned values are kept in steps of this many nats; less is not worth a change.
_STEP = 0.05
_MOST_ROUNDS = 12
_CLOSE_ENOUGH = 1e-4


@dataclass(frozen=True, slots=True)
class Label:
    """Whether a request is of a kind, and how surely, 0 < weight <= 1."""

    kind: Kind
    holds: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One request of which something is known, and what screening found in it.

    Attributes:
        origin: The note, or what near-duplicates of it have in common, or the sender
            where there is hardly a note; lessons of one origin count as one case
            together.
        sender: Who sent it; so do those of one sender.
    """

    request_id: str
    origin: str
    sender: str
    found: tuple[Found, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned; empty means that everything is as shipped.

    Attributes:
        weights: Learned weights (nats) by signal; only those that moved.
        shifts: By how much a kind's prior moved (nats); only those that did.
        cases: Independent cases in which a signal was found, by its name.
        judged: Independent cases in which a kind was judged, by kind.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    shifts: Mapping[Kind, float] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=dict)
    judged: Mapping[Kind, int] = field(default_factory=dict)


def make_lesson(
    request: ContactRequest,
    found: Sequence[Found],
    labels: Iterable[Label],
    *,
    groups: Groups,
) -> Lesson:
    """Return the lesson of a request that was screened.

    Args:
        request: Which.
        found: What the signals found in it.
        labels: What is known of it.
        groups: All requests that may teach, by near-duplicates, this one among them.
    """
    sender = request.sender
    who = sender.profile_url or sender.email or sender.name or request.id
    return Lesson(
        request_id=request.id,
        origin=groups.origin_of(normal_form(request.note)) or who,
        sender=who,
        found=tuple(found),
        labels=tuple(labels),
    )


def learn(
    lessons: Iterable[Lesson],
    signals: Sequence[Signal],
    *,
    fixed: Mapping[str, float] | None = None,
) -> Learned:
    """Return what the lessons teach, whatever their order.

    Args:
        lessons: One a request; of two on one request, the later one counts.
        signals: All signals.
        fixed: Weights that the member has set; they hold, and are not learned.
    """
    learner = Learner(signals, fixed=fixed)
    for lesson in lessons:
        learner.put(lesson)
    return learner.learned()


class Learner:
    """Keeps lessons in the form that is quickest to learn from, one by one.

    What it has learned depends on the lessons that it holds, and on nothing else: not
    on their order, nor on lessons that it held before, to the last bit.
    """

    def __init__(
        self, signals: Sequence[Signal], *, fixed: Mapping[str, float] | None = None
    ) -> None:
        """Take the signals, and the weights that are not to be learned."""
        fixed = fixed or {}
        self._tables = {
            kind: _Table(kind, [each for each in signals if each.kind is kind], fixed)
            for kind in Kind
        }
        self._lessons: dict[str, Lesson] = {}

    def put(self, lesson: Lesson) -> None:
        """Add a lesson, in place of an earlier one on the same request."""
        if self._lessons.get(lesson.request_id) == lesson:
            return
        self.drop(lesson.request_id)
        self._lessons[lesson.request_id] = lesson
        for label in lesson.labels:
            self._tables[label.kind].put(lesson, label)

    def drop(self, request_id: str) -> None:
        """Forget the lesson of a request, if there is one."""
        lesson = self._lessons.pop(request_id, None)
        if lesson is None:
            return
        for label in lesson.labels:
            self._tables[label.kind].drop(lesson)

    def hold(self, lessons: Iterable[Lesson]) -> None:
        """Hold exactly these lessons."""
        wanted = {each.request_id: each for each in lessons}
        for request_id in [each for each in self._lessons if each not in wanted]:
            self.drop(request_id)
        for lesson in wanted.values():
            self.put(lesson)

    def learned(self) -> Learned:
        """Return what all lessons together teach."""
        weights: dict[str, float] = {}
        shifts: dict[Kind, float] = {}
        cases: dict[str, int] = {}
        judged: dict[Kind, int] = {}
        for kind, table in self._tables.items():
            own, shift = table.solved()
            weights |= own
            if shift:
                shifts[kind] = shift
            cases |= table.cases()
            if table.judged:
                judged[kind] = table.judged
        return Learned(weights, shifts, cases, judged)


class _Distinct:
    """Counts cases that have neither sender nor origin in common."""

    def __init__(self) -> None:
        self._senders: Counter[str] = Counter()
        self._origins: Counter[str] = Counter()

    def add(self, lesson: Lesson, by: int) -> None:
        """Count a lesson, or with -1 no longer."""
        pairs = ((self._senders, lesson.sender), (self._origins, lesson.origin))
        for counted, key in pairs:
            counted[key] += by
            if not counted[key]:
                del counted[key]

    def shares(self, lessons: Iterable[Lesson]) -> list[float]:
        """Return what counted lessons are worth: no more together than cases."""
        senders, origins = self._senders, self._origins
        return [1 / max(senders[each.sender], origins[each.origin]) for each in lessons]

    def __len__(self) -> int:
        return min(len(self._senders), len(self._origins))


class _Table:
    """The judged requests of one kind: a row each, a column for each signal."""

    def __init__(
        self, kind: Kind, signals: Sequence[Signal], fixed: Mapping[str, float]
    ) -> None:
        self._kind = kind
        self._signals = signals
        self._fixed = fixed
        self._columns = {signal.name: at for at, signal in enumerate(signals)}
        self._ids: list[str] = []
        self._rows: Floats | None = None  # strengths, then truth, then weight
        self._held: list[Lesson] = []
        self._found: defaultdict[str, _Distinct] = defaultdict(_Distinct)
        self._judged = _Distinct()
        self._problem: _Problem | None = None
        self._solved: tuple[dict[str, float], float] | None = ({}, 0.0)

    @property
    def judged(self) -> int:
        """How many independent cases there are."""
        return len(self._judged)

    def cases(self) -> dict[str, int]:
        """Return in how many independent cases each signal was found."""
        return {
            name: count for name, each in self._found.items() if (count := len(each))
        }

    def put(self, lesson: Lesson, label: Label) -> None:
        """Add a row where it belongs by the request's id."""
        # A desk on which nothing was taught never needs it.
        import numpy as np  # noqa: PLC0415

        row = np.zeros(len(self._signals) + 2)
        row[-2:] = label.holds, label.weight
        for signal, hit in lesson.found:
            if signal.name in self._columns:
                row[self._columns[signal.name]] = hit.strength
        place = bisect_left(self._ids, lesson.request_id)
        self._ids.insert(place, lesson.request_id)
        self._held.insert(place, lesson)
        rows = np.empty((0, len(row))) if self._rows is None else self._rows
        self._rows = np.concatenate((rows[:place], row[None], rows[place:]))
        self._count(lesson, 1)

    def drop(self, lesson: Lesson) -> None:
        """Remove the row of a lesson."""
        import numpy as np  # noqa: PLC0415 - see put

        place = bisect_left(self._ids, lesson.request_id)
        del self._ids[place], self._held[place]
        assert self._rows is not None  # noqa: S101 - a row was put before
        self._rows = np.concatenate((self._rows[:place], self._rows[place + 1 :]))
        self._count(lesson, -1)

    def _count(self, lesson: Lesson, by: int) -> None:
        self._judged.add(lesson, by)
        for signal, _ in lesson.found:
            if signal.name in self._columns:
                self._found[signal.name].add(lesson, by)
        self._solved = None

    def solved(self) -> tuple[dict[str, float], float]:
        """Return learned weights by signal, and the shift; worked out when needed."""
        if self._solved is None:
            self._solved = self._solve()
        return self._solved

    def _solve(self) -> tuple[dict[str, float], float]:
        free = [
            at
            for at, signal in enumerate(self._signals)
            if len(self._found[signal.name]) >= FEWEST_CASES
            and signal.name not in self._fixed
        ]
        has_shift = self.judged >= FEWEST_FOR_SHIFT
        if self._rows is None or not (free or has_shift):
            return {}, 0.0
        if self._problem is None:
            self._problem = _Problem(self._kind, self._signals, self._fixed)
        chosen = [*free, -1] if has_shift else free
        shares = self._judged.shares(self._held)
        moves = self._problem.solve(self._rows, shares, chosen)
        weights = {
            signal.name: round(signal.weight + moved, 4)
            for at, signal in enumerate(self._signals)
            if (moved := _in_steps(moves[at]))
        }
        return weights, _in_steps(moves[-1])


def _in_steps(value: float) -> float:
    return round(round(value / _STEP) * _STEP, 4) + 0.0


class _Problem:
    """What is the same for all lessons on a kind: middle, spread and bounds."""

    def __init__(
        self, kind: Kind, signals: Sequence[Signal], fixed: Mapping[str, float]
    ) -> None:
        import numpy as np  # noqa: PLC0415 - see _Table.put

        self._np = np
        groups = list(Group)
        self._prior = PRIORS[kind]
        defaults = np.array([fixed.get(each.name, each.weight) for each in signals])
        self._defaults = defaults
        self._groups = np.array([groups.index(each.group) for each in signals], int)
        self._of_group = np.eye(len(groups))[self._groups]
        self._against = np.array([CAPS[group] for group in groups])
        self._most_for = self._against - self._prior
        least = _LEAST_GUARDED if kind in _GUARDED else _LEAST
        down = -_GUARDED_SHIFT if kind in _GUARDED else -_FARTHEST_SHIFT
        sizes = np.maximum(np.abs([each.weight for each in signals]), _SMALL)
        signs = np.sign([each.weight for each in signals])
        sides = np.stack([(least - 1) * defaults, signs * sizes])
        low = np.append(sides.min(axis=0), down)
        high = np.append(sides.max(axis=0), _FARTHEST_SHIFT)
        spread = np.append(_SPREAD * sizes, _SPREAD_OF_SHIFT)
        self._limits = np.stack([low, high, spread**-2.0])

    def solve(
        self, rows: Floats, shares: Sequence[float], free: Sequence[int]
    ) -> list[float]:
        """Return by how much each weight moves, and last the prior.

        Newton's steps, none longer than twice that to the top of a parabola which
        lies below the likelihood and touches it, so that none goes astray. Source:
        Jaakkola and Jordan, Bayesian parameter estimation via variational methods
        (Statistics and Computing, 2000).
        """
        np = self._np
        strengths, truth = rows[:, :-2], rows[:, -2]
        certainty = rows[:, -1] * np.array(shares)
        moves, chosen = np.zeros(strengths.shape[1] + 1), np.array(free)
        low, high, precision = self._limits[:, chosen]
        # What the prior adds is one for each.
        own, slopes = chosen[chosen >= 0], np.ones((len(rows), len(chosen)), order="F")
        found, groups = strengths[:, own], self._groups[own]
        for _ in range(_MOST_ROUNDS):
            score, scale = self._score(strengths, moves)
            slopes[:, : len(own)] = found * scale[:, groups]
            likely = 1 / (1 + np.exp(-score))
            half = np.abs(score) / 2 + 1e-6
            parabola = np.tanh(half) / (4 * half)
            bend = certainty * np.maximum(likely * (1 - likely), parabola / 2)
            pull = certainty * (truth - likely)
            before = moves[chosen]
            uphill = pull @ slopes - precision * before
            curve = (slopes.T * bend) @ slopes
            curve.flat[:: len(chosen) + 1] += precision
            # What stands at its bound and pulls outwards stays there.
            stuck = ((before <= low) & (uphill < 0)) | ((before >= high) & (uphill > 0))
            if stuck.any():
                uphill[stuck] = curve[stuck] = curve[:, stuck] = 0.0
                curve[stuck, stuck] = 1.0
            top = before + np.linalg.solve(curve, uphill)
            after = np.minimum(np.maximum(top, low), high)
            moves[chosen] = after
            if np.abs(after - before).max() < _CLOSE_ENOUGH:
                break
        return [float(each) for each in moves]

    def _score(self, strengths: Floats, moves: Floats) -> tuple[Floats, Floats]:
        """Return scores as screening makes them, and how far each group is scaled."""
        np = self._np
        sums = (strengths * (self._defaults + moves[:-1])) @ self._of_group
        most = np.where(sums > 0, self._most_for, self._against)
        scale = np.minimum(1.0, most / np.maximum(np.abs(sums), 1e-12))
        return self._prior + moves[-1] + (sums * scale).sum(axis=1), scale
