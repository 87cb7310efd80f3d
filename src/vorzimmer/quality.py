"""How good probabilities are against what is true: the figures of a report; pure.

Every function takes requests that were judged: their probabilities by kind, and what
they really are. The report on the desk and ``make quality`` use the same functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from vorzimmer.model import Evidence, Kind

EVEN_ODDS = 0.5
FEWEST_TELLING = 10
"""Cases below which a share is not told as a percentage: it would show chance.

Of ten, the interval of even a clear share is some forty points wide; of fewer it says
nothing at all.
"""
_Z = 1.959964  # 95 % of a normal distribution lie within so many deviations


@dataclass(frozen=True, slots=True)
class Judged:
    """A request whose kind is known.

    Attributes:
        probabilities: By kind, 0..1, as screening gave them.
        truth: What it mainly is; ``None`` is nothing of all that.
        also: What it is besides; no mistake when it comes first.
        evidence: What spoke most for what was found, strongest first.
    """

    id: str
    probabilities: Mapping[Kind, float]
    truth: Kind | None
    also: frozenset[Kind] = frozenset()
    evidence: tuple[Evidence, ...] = ()

    @property
    def found(self) -> Kind | None:
        """The likeliest kind; ``None`` is unsure: none is likelier than not."""
        likeliest = max(self.probabilities, key=lambda each: self.probabilities[each])
        is_sure = self.probabilities[likeliest] > EVEN_ODDS
        return likeliest if is_sure else None

    @property
    def is_right(self) -> bool:
        """Whether what was found is true; unsure is not right, nor is it wrong."""
        found = self.found
        return found is not None and self.holds(found)

    def holds(self, kind: Kind) -> bool:
        """Return whether the request is of a kind."""
        return kind is self.truth or kind in self.also

    @property
    def surprise(self) -> float:
        """How far off the probabilities are: the sum of their squared errors."""
        return sum(
            (p - self.holds(kind)) ** 2 for kind, p in self.probabilities.items()
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the interval that holds it in 95 of 100 cases.

    Attributes:
        hits: How many of ``count``.
    """

    hits: int
    count: int

    @property
    def value(self) -> float | None:
        """The share, 0..1; ``None`` of nothing."""
        return self.hits / self.count if self.count else None

    @property
    def is_telling(self) -> bool:
        """Whether there are enough cases for a percentage (``FEWEST_TELLING``)."""
        return self.count >= FEWEST_TELLING

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies; all of 0..1 while nothing was counted.

        Source: Wilson, Probable inference, the law of succession, and statistical
        inference (Journal of the American Statistical Association, 1927).
        """
        n = self.count
        if not n:
            return 0.0, 1.0
        p, square = self.hits / n, _Z * _Z
        middle = (p + square / (2 * n)) / (1 + square / n)
        reach = _Z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of about the same probability, and how many of them were true.

    Attributes:
        said: Their mean probability.
    """

    said: float
    true: Share


@dataclass(frozen=True, slots=True)
class KindFigures:
    """How well one kind is found.

    Attributes:
        precision: Of those led by it, how many are of it.
        recall: Of those that are mainly it, how many are led by it.
    """

    precision: Share
    recall: Share


def confusion(judged: Iterable[Judged]) -> Counter[tuple[Kind | None, Kind | None]]:
    """Return how often what is true was found as what: ``(truth, found)``."""
    return Counter((each.truth, each.found) for each in judged)


def figures(judged: Sequence[Judged], kind: Kind) -> KindFigures:
    """Return precision and recall of one kind."""
    called = [each for each in judged if each.found is kind]
    real = [each for each in judged if each.truth is kind]
    return KindFigures(
        Share(sum(each.holds(kind) for each in called), len(called)),
        Share(sum(each.found is kind for each in real), len(real)),
    )


def right(judged: Sequence[Judged]) -> Share:
    """Return how many are right, of those that are not unsure."""
    sure = [each for each in judged if each.found is not None]
    return Share(sum(each.is_right for each in sure), len(sure))


def unsure(judged: Sequence[Judged]) -> Share:
    """Return how many are unsure."""
    return Share(sum(each.found is None for each in judged), len(judged))


def statements(judged: Iterable[Judged]) -> list[tuple[float, bool]]:
    """Return what was said of every kind of every request, and whether it is so."""
    return [
        (probability, each.holds(kind))
        for each in judged
        for kind, probability in each.probabilities.items()
    ]


def reliability(said: Iterable[tuple[float, bool]], *, bins: int = 10) -> list[Bin]:
    """Return the points of the reliability curve; bins with nothing are left out.

    Args:
        said: Probabilities, and whether what they were said of is so.
        bins: Into how many equal parts 0..1 is cut.
    """
    parts: dict[int, list[tuple[float, bool]]] = {}
    for probability, holds in said:
        place = min(int(probability * bins), bins - 1)
        parts.setdefault(place, []).append((probability, holds))
    return [
        Bin(
            sum(probability for probability, _ in part) / len(part),
            Share(sum(holds for _, holds in part), len(part)),
        )
        for _, part in sorted(parts.items())
    ]


def calibration_error(curve: Sequence[Bin]) -> float | None:
    """Return the expected calibration error, 0..1; ``None`` of nothing.

    Source: Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities
    using Bayesian binning (AAAI, 2015).
    """
    count = sum(each.true.count for each in curve)
    if not count:
        return None
    off = (each.true.count * abs(each.said - (each.true.value or 0)) for each in curve)
    return sum(off) / count


def brier_score(said: Sequence[tuple[float, bool]]) -> float | None:
    """Return the mean squared error of probabilities, 0..1; ``None`` of nothing.

    Source: Brier, Verification of forecasts expressed in terms of probability
    (Monthly Weather Review, 1950).
    """
    if not said:
        return None
    return sum((probability - holds) ** 2 for probability, holds in said) / len(said)


def worst(judged: Iterable[Judged], *, most: int = 20) -> list[Judged]:
    """Return the mistakes, the worst first; unsure is none."""
    wrong = (each for each in judged if each.found is not None and not each.is_right)
    return sorted(wrong, key=lambda each: (-each.surprise, each.id))[:most]
