"""Finds the words of notes that speak most for each kind, and most against it.

The same as ``plain_ngrams.strongest``, and tests hold it to that.
"""

from __future__ import annotations

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import in_eights
from vorzimmer.kernels.masking import (
    CLOSES,
    NATURE,
    SOURCE_FROM,
    SOURCE_TO,
    Bytes,
    Numbers,
    role_table,
)
from vorzimmer.kernels.ngrams import (
    COUNTERS,
    Model,
    Packed,
    add_some,
    joined,
    model_of,
    points_of,
    store_for,
    work_for,
)
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    COLUMNS,
    FNV_START,
    GREETS,
    MOST_QUOTED,
)
from vorzimmer.kernels.store import Store


@compiled
def _best_run(points: Numbers, pieces: Numbers) -> tuple[int, int]:
    """Return the run of pieces with the most points; -1 if none has."""
    best = 0
    first, last = 0, -1
    # No run that starts here has more than all above 0 together; most have less than
    # the best, and are left out.
    most = 0
    for at in range(min(MOST_QUOTED, len(points))):
        most += max(0, points[at])
    for start in range(len(points)):
        if most > best:
            total = 0
            for end in range(start, min(start + MOST_QUOTED, len(points))):
                total += points[end]
                if total > best:
                    best, first, last = total, start, end
                if pieces[end, NATURE] & CLOSES:
                    break
        most -= max(0, points[start])
        if start + MOST_QUOTED < len(points):
            most += max(0, points[start + MOST_QUOTED])
    return first, last


@compiled
def _quote(parts: Packed, pieces: Numbers, wanted: int, spans: Numbers) -> None:
    """Write where the words of one note stand that speak most; see ``strongest``."""
    points = np.empty(len(parts), np.int64)
    for column in range(2 * COLUMNS):
        if not wanted >> column & 1:
            continue
        sign = 1 if column < COLUMNS else -1
        own = column % COLUMNS
        for at in range(len(parts)):
            counters, count = parts[at, own % COUNTERS], parts[at, COUNTERS]
            points[at] = sign * points_of(counters, own, count)
        first, last = _best_run(points, pieces)
        if last >= 0:
            spans[column, 0] = pieces[first, SOURCE_FROM]
            spans[column, 1] = pieces[last, SOURCE_TO]


def strongest(
    lines: Bytes, starts: Numbers, wanted: Numbers, model: Model, store: Store
) -> Numbers:
    """Return where the words stand that speak most for each column, in bytes.

    See ``plain_ngrams.strongest``; a row for each note, and in it one for each column.

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
        wanted: Of each note, a bit for each of the ``2 * COLUMNS`` rows to be found.
        model: See ``add_up``.
        store: See ``add_up``.
    """
    return _strongest(in_eights(lines), starts, wanted, model, store)


@compiled
def _strongest(
    lines: Packed, starts: Numbers, wanted: Numbers, model: Model, store: Store
) -> Numbers:
    work = work_for(starts)
    pieces, parts, ends = work.room.pieces, work.parts, work.room.ends
    spans = np.zeros((len(starts) - 1, 2 * COLUMNS, 2), np.int64)
    first = 0
    while first < len(spans):
        end = add_some(lines, starts, first, model, store, work)
        for note in range(first, end):
            own = slice(ends[note - first], ends[note - first + 1])
            _quote(parts[own], pieces[own], wanted[note], spans[note])
        first = end
    return spans


def compile_all() -> None:
    """Compile the loop that is called from outside, and keep it."""
    lines, starts = joined([b"hallo welt"])
    model = model_of(
        memoryview(bytes(BUCKETS * COLUMNS)), role_table({FNV_START: GREETS})
    )
    strongest(lines, starts, np.ones(1, np.int64), model, store_for(starts))
