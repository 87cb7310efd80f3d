"""How well a score tells bad from good, and how well kinds are found; pure.

What ``vorzimmer.quality`` has (shares with intervals, reliability) is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from vorzimmer.model import Kind
from vorzimmer.quality import Judged, KindFigures, Share, figures

Floats = NDArray[np.float64]
FALSE_ALARMS = 0.02  # the share of good texts that a member may find called bad
_Z = 1.959964  # 95 % of a normal distribution lie within so many deviations


def area(bad: Sequence[float] | Floats, good: Sequence[float] | Floats) -> float | None:
    """Return how likely a bad text has more score than a good one (AUC), 0..1.

    Equal scores count half; ``None`` where there are none of either.

    Source: Mann and Whitney, On a test of whether one of two random variables is
    stochastically larger than the other (Annals of Mathematical Statistics, 1947).
    """
    above, below = np.asarray(bad, float), np.sort(np.asarray(good, float))
    if not len(above) or not len(below):
        return None
    beaten = np.searchsorted(below, above, "left")
    even = np.searchsorted(below, above, "right") - beaten
    return float((beaten + even / 2).sum() / (len(above) * len(below)))


def area_interval(value: float, *, bad: int, good: int) -> tuple[float, float]:
    """Return where the true area lies in 95 of 100 cases.

    Source: Hanley and McNeil, The meaning and use of the area under a receiver
    operating characteristic curve (Radiology, 1982).

    Args:
        value: The area.
        bad: How many bad texts it was measured on.
        good: How many good ones.
    """
    one, other = value / (2 - value), 2 * value * value / (1 + value)
    square = value * value
    spread = (
        value * (1 - value) + (bad - 1) * (one - square) + (good - 1) * (other - square)
    ) / (bad * good)
    reach = _Z * sqrt(max(0.0, spread))
    return max(0.0, value - reach), min(1.0, value + reach)


def caught(
    bad: Sequence[float] | Floats,
    good: Sequence[float] | Floats,
    *,
    false_alarms: float = FALSE_ALARMS,
) -> Share:
    """Return how many bad texts lie above all but a few of the good ones.

    Args:
        bad: Scores of bad texts.
        good: Scores of good texts.
        false_alarms: The share of good texts that may lie above the limit, 0..1.
    """
    if not len(good):
        return Share(0, 0)
    down = np.sort(np.asarray(good, float))[::-1]
    allowed = int(false_alarms * len(down))
    # The score of the first good text that must not be called bad.
    limit = down[allowed] if allowed < len(down) else -np.inf
    return Share(int((np.asarray(bad, float) > limit).sum()), len(bad))


def f1(found: KindFigures) -> float:
    """Return the harmonic mean of precision and recall, 0..1; 0 where one is 0.

    Source: van Rijsbergen, Information retrieval (1979).
    """
    precision, recall = found.precision.value or 0.0, found.recall.value or 0.0
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def macro_f1(judged: Sequence[Judged], *, fewest: int = 1) -> float | None:
    """Return the mean F1 over the kinds that occur; ``None`` where none does.

    Args:
        judged: Requests whose kinds are known.
        fewest: Kinds that fewer requests are mainly of are left out.
    """
    scores = [f1(figures(judged, kind)) for kind in kinds_of(judged, fewest=fewest)]
    return sum(scores) / len(scores) if scores else None


def kinds_of(judged: Iterable[Judged], *, fewest: int = 1) -> list[Kind]:
    """Return the kinds that at least so many requests are mainly of, in their order."""
    truths = [each.truth for each in judged]
    return [kind for kind in Kind if truths.count(kind) >= fewest]
