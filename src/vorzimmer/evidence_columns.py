"""The evidence of many requests, made and put in order in columns; pure.

The same, in the same order, as ``screening.score`` makes one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vorzimmer.model import Evidence, Hit
from vorzimmer.signal import Signal

Rows = NDArray[np.int64]
Column = NDArray[np.float64]


def evidence_of_many(
    signals: Mapping[int, Signal],
    hits: Mapping[int, tuple[Rows, Sequence[Hit]]],
    points: Mapping[int, Column],
    count: int,
) -> list[tuple[Evidence, ...]]:
    """Return the evidence for one kind of each request, strongest first.

    Args:
        signals: Those of the kind that say anything, by place.
        hits: Which requests signals hit, and the hits, by place.
        points: What they give to each request, by place.
        count: Of how many requests.
    """
    if not signals:
        return [()] * count
    # What counts the same is ordered by name, since the sort below is stable.
    by_name = sorted(signals, key=lambda place: signals[place].name)
    rows = [hits[place][0] for place in by_name]
    given = [points[place][own] for place, own in zip(by_name, rows, strict=True)]
    made: list[Evidence] = []
    for place, own in zip(by_name, given, strict=True):
        made += Evidence.many(signals[place].name, own.tolist(), hits[place][1])
    all_rows = np.concatenate(rows)
    order = np.lexsort((-np.abs(np.concatenate(given)), all_rows))
    in_order = tuple([made[number] for number in order.tolist()])
    ends = np.cumsum(np.bincount(all_rows, minlength=count))
    return [in_order[a:b] for a, b in pairwise([0, *ends.tolist()])]
