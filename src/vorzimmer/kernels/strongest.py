"""Finds the words of a note that speak most for each kind, and most against it.

The same as ``plain_ngrams.strongest``, and tests hold it to that.
"""

from __future__ import annotations

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import EIGHT
from vorzimmer.kernels.masking import SOURCE_FROM, SOURCE_TO, Numbers, role_table
from vorzimmer.kernels.ngrams import (
    COUNTERS,
    PART,
    Floats,
    Model,
    Packed,
    add_notes,
    add_parts,
    meet,
    model_of,
    points_of,
    store_for,
    units,
    weigh_new,
)
from vorzimmer.kernels.pieces import read_notes, room_for
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


@compiled
def _speech(
    parts: Packed, row: int, column: int, of_bytes: float, of_words: float
) -> float:
    """Return how much a piece speaks for a column, given what one weight speaks."""
    pair = column % COUNTERS
    return of_bytes * points_of(
        parts[row, pair], column, parts[row, COLUMNS]
    ) + of_words * points_of(
        parts[row, COUNTERS + pair], column, parts[row, COLUMNS + 1]
    )


@compiled
def _best_run(points: Floats) -> tuple[int, int]:
    """Return the run of pieces with the most points; -1 if none has."""
    best = 0.0
    first, last = 0, -1
    for start in range(len(points)):
        total = 0.0
        for end in range(start, min(start + MOST_QUOTED, len(points))):
            total += points[end]
            if total > best:
                best, first, last = total, start, end
    return first, last


def strongest(line: bytes, model: Model, store: Store) -> Numbers:
    """Return where the words stand that speak most for each column, in bytes.

    See ``plain_ngrams.strongest``; a row for each.

    Args:
        line: One note.
        model: See ``add_up``.
        store: See ``add_up``.
    """
    # As ``in_eights``, but for one note that takes half the time.
    filled = line.ljust(EIGHT * (len(line) // EIGHT + 2))
    return _strongest(np.frombuffer(filled, "<u8"), len(line), model, store)


@compiled
def _strongest(line: Packed, length: int, model: Model, store: Store) -> Numbers:
    starts = np.array([0, length])
    room, found = room_for(starts), found_for(starts)
    parts = np.empty((len(room.pieces), PART), np.uint64)
    sums = np.zeros((1, SUMS), np.int64)
    new = read_notes(line, starts, 0, 1, model.table, store, room)
    weigh_new(store, new, model.weights, found)
    meet(store, room, 1)
    pieces = room.ends[1]
    add_parts(store, room, model.weights, parts[:pieces])
    add_notes(parts, room.ends, sums)
    of_bytes, of_words = units(sums[0, SIZES], sums[0, SIZES + 1])
    spans = np.zeros((2 * COLUMNS, 2), np.int64)
    points = np.empty(pieces, np.float64)
    for column in range(2 * COLUMNS):
        sign = 1 if column < COLUMNS else -1
        for at in range(pieces):
            points[at] = sign * _speech(parts, at, column % COLUMNS, of_bytes, of_words)
        first, last = _best_run(points)
        if last >= 0:
            spans[column, 0] = room.pieces[first, SOURCE_FROM]
            spans[column, 1] = room.pieces[last, SOURCE_TO]
    return spans


def compile_all() -> None:
    """Compile the loop that is called from outside, and keep it."""
    line = b"hallo welt"
    model = model_of(
        memoryview(bytes(BUCKETS * COLUMNS)), role_table({FNV_START: GREETS})
    )
    strongest(line, model, store_for(np.array([0, len(line)])))
