"""Finds the words of notes that speak most for each kind, and most against it.

The same as ``plain_ngrams.strongest``, and tests hold it to that.
"""

from __future__ import annotations

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import in_eights
from vorzimmer.kernels.masking import SOURCE_FROM, SOURCE_TO, Bytes, Numbers, role_table
from vorzimmer.kernels.ngrams import (
    COUNTERS,
    PART,
    Floats,
    Model,
    Packed,
    add_notes,
    add_parts,
    joined,
    meet,
    model_of,
    points_of,
    store_for,
    units,
    weigh_new,
)
from vorzimmer.kernels.pieces import read_notes, room_for, some_notes
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    COLUMNS,
    FNV_START,
    GREETS,
    MOST_QUOTED,
    SIZES,
    SUMS,
)
from vorzimmer.kernels.reading import found_for
from vorzimmer.kernels.store import Store

_NEARLY = 1 - 1e-9


@compiled
def _best_run(points: Floats) -> tuple[int, int]:
    """Return the run of pieces with the most points; -1 if none has."""
    best = 0.0
    first, last = 0, -1
    # No run that starts here has more than all above 0 together; most have less than
    # the best, and are left out. Rounding moves neither by as much as is left between.
    most = 0.0
    for at in range(min(MOST_QUOTED, len(points))):
        most += max(0.0, points[at])
    for start in range(len(points)):
        if most > best * _NEARLY:
            total = 0.0
            for end in range(start, min(start + MOST_QUOTED, len(points))):
                total += points[end]
                if total > best:
                    best, first, last = total, start, end
        most -= max(0.0, points[start])
        if start + MOST_QUOTED < len(points):
            most += max(0.0, points[start + MOST_QUOTED])
    return first, last


@compiled
def _quote(
    parts: Packed, pieces: Numbers, sums: Numbers, wanted: int, spans: Numbers
) -> None:
    """Write where the words of one note stand that speak most; see ``strongest``."""
    of_bytes, of_words = units(sums[SIZES], sums[SIZES + 1])
    points = np.empty(len(parts), np.float64)
    for column in range(2 * COLUMNS):
        if not wanted >> column & 1:
            continue
        sign = 1 if column < COLUMNS else -1
        own = column % COLUMNS
        pair = own % COUNTERS
        for at in range(len(parts)):
            # Written as in ``ngrams``: passing an array costs time.
            points[at] = sign * (
                of_bytes * points_of(parts[at, pair], own, parts[at, COLUMNS])
                + of_words
                * points_of(parts[at, COUNTERS + pair], own, parts[at, COLUMNS + 1])
            )
        first, last = _best_run(points)
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
    room, found = room_for(starts), found_for(starts)
    parts = np.empty((len(room.pieces), PART), np.uint64)
    sums = np.zeros((len(starts) - 1, SUMS), np.int64)
    spans = np.zeros((len(starts) - 1, 2 * COLUMNS, 2), np.int64)
    first = 0
    while first < len(sums):
        end = some_notes(starts, first)
        new = read_notes(lines, starts, first, end, model.table, store, room)
        weigh_new(store, new, model.weights, found)
        meet(store, room, end - first)
        add_parts(store, room, model.weights, parts[: room.ends[end - first]])
        add_notes(parts, room.ends, sums[first:end])
        for note in range(first, end):
            own = slice(room.ends[note - first], room.ends[note - first + 1])
            _quote(parts[own], room.pieces[own], sums[note], wanted[note], spans[note])
        first = end
    return spans


def compile_all() -> None:
    """Compile the loop that is called from outside, and keep it."""
    lines, starts = joined([b"hallo welt"])
    model = model_of(
        memoryview(bytes(BUCKETS * COLUMNS)), role_table({FNV_START: GREETS})
    )
    strongest(lines, starts, np.ones(1, np.int64), model, store_for(starts))
