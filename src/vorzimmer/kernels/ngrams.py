"""Adds up the weights of the n-grams of notes, many notes in one call.

The same as ``plain_ngrams``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import NOTHING, ONE, in_eights
from vorzimmer.kernels.masking import (
    ID,
    IS_NEW,
    PAIRED,
    Bytes,
    Flags,
    Numbers,
    RoleTable,
    role_table,
)
from vorzimmer.kernels.pieces import AHEAD, Room, read_notes, room_for, some_notes
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    COLUMNS,
    FNV_START,
    GREETS,
    NOTE_SIZE,
    SIZE_OF_WORDS,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    SUMS,
)
from vorzimmer.kernels.processor import prefetch
from vorzimmer.kernels.reading import (
    MOST,
    Buckets,
    Found,
    find_ngrams,
    found_for,
    pair_of,
)
from vorzimmer.kernels.store import (
    COUNT,
    FIRST_WORD,
    ITS_NGRAMS,
    ITS_SIZE,
    ITS_SUMS,
    LAST_WORD,
    MET,
    NOTES,
    SAME,
    Store,
    longest,
    longest_for,
    new_store,
)

Packed = NDArray[np.uint64]

# A weight of 0 is kept as this, so that none is negative.
_ZERO_AT = 128
# Every fourth byte of a row of weights: two counters of 32 bits. Four of them hold the
# columns 0 and 4, 1 and 5, 2 and 6, 3 and 7. They are numbers, not rows of arrays, so
# that they stay in registers.
Counters = tuple[np.uint64, np.uint64, np.uint64, np.uint64]
_FOURTH, _COUNTER = np.uint64(0x000000FF000000FF), np.uint64(0xFFFFFFFF)
_BYTE, _TWO_BYTES, _THREE_BYTES = np.uint64(8), np.uint64(16), np.uint64(24)
_COUNTER_AT = np.uint64(32)
COUNTERS = COLUMNS // 2
_NONE = (NOTHING, NOTHING, NOTHING, NOTHING)
# In both counters: a weight of 0, and a one; and what makes the highest bit of each
# tell whether it is below 0.
_ZERO_IN_BOTH = np.uint64(_ZERO_AT << 32 | _ZERO_AT)
_ONE_IN_BOTH = np.uint64(1 << 32 | 1)
_MIDDLE = np.uint64(1 << 63 | 1 << 31)
_LOWER_SIGN, _UPPER_SIGN = np.uint64(31), np.uint64(63)
_MORE_BY_WORD = SIZE_OF_WORDS - 1
# Numbers of a part: its counters, and how many weights they are made of.
PART = COUNTERS + 1


class Model(NamedTuple):
    """A trained model, as the loops take it.

    Attributes:
        table: What the words around names do.
        weights: A row of ``COLUMNS`` bytes for each bucket, the first one lowest.
    """

    table: RoleTable
    weights: Packed


class Work(NamedTuple):
    """What is read at once, and what it adds up to; one for all passes.

    Attributes:
        room: The pieces of some notes (``pieces``).
        found: The n-grams of a piece (``reading``).
        parts: What each piece in the room adds.
        sums: A row for each note (``add_up``).
        strange: Which notes are strange (``plain_familiar``).
    """

    room: Room
    found: Found
    parts: Packed
    sums: Numbers
    strange: Flags


@compiled
def _weights_of(packed: np.uint64) -> Counters:
    """Return the weights of a bucket as counters."""
    return (
        packed & _FOURTH,
        (packed >> _BYTE) & _FOURTH,
        (packed >> _TWO_BYTES) & _FOURTH,
        (packed >> _THREE_BYTES) & _FOURTH,
    )


@compiled
def _added(these: Counters, those: Counters) -> Counters:
    return (
        these[0] + those[0],
        these[1] + those[1],
        these[2] + those[2],
        these[3] + those[3],
    )


@compiled
def _joined(these: Counters, those: Counters) -> Counters:
    """Return the bits that are set in either."""
    return (
        these[0] | those[0],
        these[1] | those[1],
        these[2] | those[2],
        these[3] | those[3],
    )


@compiled
def _signs(these: Counters) -> int:
    """Return a bit for each column: the highest one of its counter."""
    found = 0
    for at in range(COUNTERS):
        found |= int(these[at] >> _LOWER_SIGN & ONE) << at
        found |= int(these[at] >> _UPPER_SIGN) << at + COUNTERS
    return found


@compiled
def weigh_new(store: Store, first: int, weights: Packed, found: Found) -> None:
    """Add up the weights of pieces that were met for the first time."""
    facts, rows = store.facts, store.rows
    new = found.numbers
    count = 0
    for number in range(first, store.state[COUNT]):
        new[count] = number
        count += facts[number, SAME] == number
    find_ngrams(store, count, found)
    buckets, ends = found.buckets, found.ends
    begin = 0
    for each in range(count):
        number = new[each]
        end = ends[each, 1]
        facts[number, ITS_NGRAMS] = end - begin
        facts[number, ITS_SIZE] = end - begin + _MORE_BY_WORD * (end - ends[each, 0])
        counters = _NONE
        for at in range(begin, end):
            counters = _added(counters, _weights_of(weights[buckets[at]]))
        for at in range(COUNTERS):
            rows[number, ITS_SUMS + at] = counters[at]
        begin = end


@compiled
def meet(store: Store, room: Room, notes: int) -> None:
    """Say of each piece whether it is new to its note, and how it is paired."""
    pieces, facts, rows = room.pieces, store.facts, store.rows
    for note in range(notes):
        store.state[NOTES] += 1
        met = store.state[NOTES]
        before = NOTHING
        was_new = False
        for row in range(room.ends[note], room.ends[note + 1]):
            number = pieces[row, ID]
            is_new = facts[number, MET] != met
            facts[number, MET] = met
            pieces[row, IS_NEW], pieces[row, PAIRED] = is_new, -1
            first = rows[number, FIRST_WORD]
            if first != NOTHING:
                if before != NOTHING and (is_new or was_new):
                    pieces[row, PAIRED] = pair_of(before, first)
                before = rows[number, LAST_WORD]
                was_new = is_new


@compiled
def points_of(counters: np.uint64, column: int, count: np.uint64) -> int:
    """Return what is counted for a column.

    Args:
        counters: Of two columns.
        column: One of them.
        count: How many weights were added up.
    """
    if column >= COUNTERS:
        counters >>= _COUNTER_AT
    return int(counters & _COUNTER) - _ZERO_AT * int(count)


@compiled
def add_notes(
    store: Store, room: Room, weights: Packed, parts: Packed, sums: Numbers
) -> None:
    """Write what each piece adds (``PART`` numbers), and the sums of each note."""
    pieces, facts, rows = room.pieces, store.facts, store.rows
    last = room.ends[len(sums)] - 1
    halves = rows.reshape(-1, rows.shape[1] // 2)
    for note in range(len(sums)):
        size, all_count = 0, NOTHING
        total = speaks_for = speaks_against = _NONE
        for row in range(room.ends[note], room.ends[note + 1]):
            ahead = min(row + AHEAD, last)
            prefetch(halves, 2 * pieces[ahead, ID] + 1)
            prefetch(weights, max(0, pieces[ahead, PAIRED]))
            number = pieces[row, ID]
            own, count = _NONE, NOTHING
            if pieces[row, IS_NEW]:
                own = (
                    rows[number, ITS_SUMS],
                    rows[number, ITS_SUMS + 1],
                    rows[number, ITS_SUMS + 2],
                    rows[number, ITS_SUMS + 3],
                )
                count = np.uint64(facts[number, ITS_NGRAMS])
                size += facts[number, ITS_SIZE]
            if pieces[row, PAIRED] >= 0:
                own = _added(own, _weights_of(weights[pieces[row, PAIRED]]))
                count += ONE
                size += SIZE_OF_WORDS
            for at in range(COUNTERS):
                parts[row, at] = own[at]
            parts[row, COUNTERS] = count
            total = _added(total, own)
            all_count += count
            # A highest bit that is set says "not below 0", and "above" with one less.
            middle = _MIDDLE - count * _ZERO_IN_BOTH
            less = middle - _ONE_IN_BOTH
            speaks_for = _joined(speaks_for, _added(own, (less, less, less, less)))
            own = _added(own, (middle, middle, middle, middle))
            own = (~own[0], ~own[1], ~own[2], ~own[3])
            speaks_against = _joined(speaks_against, own)
        for column in range(COLUMNS):
            of_both = total[column % COUNTERS]
            sums[note, column] = points_of(of_both, column, all_count)
        sums[note, NOTE_SIZE] = size
        sums[note, SPEAKS_FOR] = _signs(speaks_for)
        sums[note, SPEAKS_AGAINST] = _signs(speaks_against)


def add_up(lines: Bytes, starts: Numbers, model: Model, store: Store) -> Numbers:
    """Return ``SUMS`` numbers for each note (``plain_ngrams.add_up``).

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
        model: What to read with.
        store: Pieces that were read with this model; see ``store_for``.
    """
    return read(lines, starts, model, store)[0]


def read(
    lines: Bytes, starts: Numbers, model: Model, store: Store
) -> tuple[Numbers, Flags]:
    """Return the same, and which notes are strange (``plain_familiar.is_strange``)."""
    return _read(in_eights(lines), starts, model, store)


@compiled
def _read(
    lines: Packed, starts: Numbers, model: Model, store: Store
) -> tuple[Numbers, Flags]:
    work = work_for(starts)
    first = 0
    while first < len(work.sums):
        first = add_some(lines, starts, first, model, store, work)
    return work.sums, work.strange


@compiled
def work_for(starts: Numbers) -> Work:
    """Return room to read these notes in."""
    room = room_for(starts)
    return Work(
        room,
        found_for(starts),
        np.empty((len(room.pieces), PART), np.uint64),
        np.zeros((len(starts) - 1, SUMS), np.int64),
        np.zeros(len(starts) - 1, np.bool_),
    )


@compiled
def add_some(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    lines: Packed, starts: Numbers, first: int, model: Model, store: Store, work: Work
) -> int:
    """Add up some notes from the first one on; return behind which the next begins."""
    room = work.room
    end = some_notes(starts, first)
    new = read_notes(lines, starts, first, end, model.table, store, room)
    work.strange[first:end] = room.strange[: end - first]
    weigh_new(store, new, model.weights, work.found)
    meet(store, room, end - first)
    add_notes(store, room, model.weights, work.parts, work.sums[first:end])
    return end


def gather(
    lines: Bytes, starts: Numbers, table: RoleTable, store: Store
) -> tuple[Buckets, Numbers]:
    """Return the buckets of all n-grams, and where those of each note begin."""
    return _gather(in_eights(lines), starts, table, store)


@compiled
def _gather(
    lines: Packed, starts: Numbers, table: RoleTable, store: Store
) -> tuple[Buckets, Numbers]:
    room, found = room_for(starts), found_for(starts)
    buckets = np.empty(MOST * (starts[-1] + 2 * len(starts)), np.int32)
    begins = np.zeros(len(starts), np.int64)
    size = 0
    for note in range(len(starts) - 1):
        read_notes(lines, starts, note, note + 1, table, store, room)
        meet(store, room, 1)
        count = 0
        for row in range(room.ends[1]):
            found.numbers[count] = room.pieces[row, ID]
            count += room.pieces[row, IS_NEW]
            if room.pieces[row, PAIRED] >= 0:
                buckets[size] = room.pieces[row, PAIRED]
                size += 1
        find_ngrams(store, count, found)
        own = found.ends[count - 1, 1] if count else 0
        buckets[size : size + own] = found.buckets[:own]
        size += own
        begins[note + 1] = size
    return buckets[: begins[-1]], begins


def model_of(weights: memoryview, table: RoleTable) -> Model:
    """Return a model as the loops take it."""
    signed = np.frombuffer(weights, np.int8).astype(np.int16)
    packed = (signed + _ZERO_AT).astype(np.uint8).view("<u8").astype(np.uint64)
    return Model(table, packed)


def store_for(starts: Numbers, store: Store | None = None) -> Store:
    """Return a store to read notes with.

    Args:
        starts: Where each begins; last, where the last one ends.
        store: One that was read with before; ``None`` if there is none.
    """
    length = longest(starts)
    if store is not None and length <= longest_for(store):
        return store
    return new_store(length)


def joined(lines: Sequence[bytes]) -> tuple[Bytes, Numbers]:
    """Return notes one behind the other, and where each begins and the last ends."""
    starts = np.zeros(len(lines) + 1, np.int64)
    np.cumsum(list(map(len, lines)), out=starts[1:])
    return np.frombuffer(b"".join(lines), np.uint8), starts


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    lines, starts = joined([b"hallo welt"])
    table = role_table({FNV_START: GREETS})
    model = model_of(memoryview(bytes(BUCKETS * COLUMNS)), table)
    store = store_for(starts)
    add_up(lines, starts, model, store)
    gather(lines, starts, table, store)
