"""Finds the words of notes that speak most for each kind, and most against it.

The same as ``plain_ngrams.strongest``, and tests hold it to that.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import in_eights
from vorzimmer.kernels.masking import (
    CLOSES,
    NATURE,
    SOURCE_FROM,
    SOURCE_TO,
    Bytes,
    Flags,
    Numbers,
    role_table,
)
from vorzimmer.kernels.ngrams import (
    COUNTERS,
    PART,
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

# Columns of what is kept of a piece.
_NATURE, _FROM, _TO, _WIDTH = range(4)


class Kept(NamedTuple):
    """What is kept of notes that were added up, to tell their strongest words by.

    Attributes:
        parts: What each piece adds (``ngrams.PART`` numbers).
        pieces: Its nature, and where it stands in its note.
        ends: How many there are up to the end of each note; before all, 0.
    """

    parts: Packed
    pieces: Numbers
    ends: Numbers


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
                if pieces[end, _NATURE] & CLOSES:
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
            spans[column, 0] = pieces[first, _FROM]
            spans[column, 1] = pieces[last, _TO]


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
    *_, kept = read_to_quote(lines, starts, model, store)
    return quotes(kept, wanted)


def read_to_quote(
    lines: Bytes, starts: Numbers, model: Model, store: Store
) -> tuple[Numbers, Flags, Kept]:
    """Return what ``ngrams.read`` does, and what ``quotes`` needs.

    To keep it takes a tenth of the time that reading the notes once more does.

    Args:
        lines: See ``strongest``.
        starts: See ``strongest``.
        model: See ``add_up``.
        store: See ``add_up``.
    """
    return _read(in_eights(lines), starts, model, store)


@compiled
def _read(
    lines: Packed, starts: Numbers, model: Model, store: Store
) -> tuple[Numbers, Flags, Kept]:
    work = work_for(starts)
    pieces, parts, ends = work.room.pieces, work.parts, work.room.ends
    most = starts[-1] // 2 + 3 * len(starts)  # as ``pieces.most_at_once``, and more
    kept = Kept(
        np.empty((most, PART), np.uint64),
        np.empty((most, _WIDTH), np.int64),
        np.zeros(len(starts), np.int64),
    )
    first = count = 0
    while first < len(starts) - 1:
        end = add_some(lines, starts, first, model, store, work)
        for row in range(ends[end - first]):
            for at in range(PART):
                kept.parts[count + row, at] = parts[row, at]
            kept.pieces[count + row, _NATURE] = pieces[row, NATURE]
            kept.pieces[count + row, _FROM] = pieces[row, SOURCE_FROM]
            kept.pieces[count + row, _TO] = pieces[row, SOURCE_TO]
        for note in range(first, end):
            kept.ends[note + 1] = count + ends[note - first + 1]
        count += ends[end - first]
        first = end
    some = Kept(kept.parts[:count], kept.pieces[:count], kept.ends)
    return work.sums, work.strange, some


@compiled
def quotes(kept: Kept, wanted: Numbers) -> Numbers:
    """Return where the words stand that speak most; see ``strongest``.

    Args:
        kept: Of all notes.
        wanted: See ``strongest``.
    """
    spans = np.zeros((len(wanted), 2 * COLUMNS, 2), np.int64)
    for note in range(len(wanted)):
        own = slice(kept.ends[note], kept.ends[note + 1])
        _quote(kept.parts[own], kept.pieces[own], wanted[note], spans[note])
    return spans


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    lines, starts = joined([b"hallo welt"])
    model = model_of(
        memoryview(bytes(BUCKETS * COLUMNS)), role_table({FNV_START: GREETS})
    )
    strongest(lines, starts, np.ones(1, np.int64), model, store_for(starts))
