"""Adds up the weights of the n-grams of notes, many notes in one call.

The same as ``plain_ngrams``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import NOTHING, in_eights
from vorzimmer.kernels.masking import (
    ID,
    IS_NEW,
    PAIRED,
    Bytes,
    Numbers,
    RoleTable,
    role_table,
)
from vorzimmer.kernels.pieces import (
    Room,
    read_notes,
    room_for,
    some_notes,
)
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    COLUMNS,
    FNV_START,
    GREETS,
    SIZES,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    SUMS,
)
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
    ITS_SUMS,
    LAST_WORD,
    MET,
    NOTES,
    OF_BYTES,
    OF_WORDS,
    SAME,
    Store,
    longest,
    longest_for,
    new_store,
)

Floats = NDArray[np.float64]
Packed = NDArray[np.uint64]

# A weight of 0 is kept as this, so that none is negative.
_ZERO_AT = 128
# Every fourth byte of a row of weights: two counters of 32 bits. Four of them hold the
# columns 0 and 4, 1 and 5, 2 and 6, 3 and 7.
_FOURTH, _COUNTER = np.uint64(0x000000FF000000FF), np.uint64(0xFFFFFFFF)
_BYTE, _TWO_BYTES, _THREE_BYTES = np.uint64(8), np.uint64(16), np.uint64(24)
_COUNTER_AT = np.uint64(32)
COUNTERS = COLUMNS // 2
_OF_WORDS = ITS_SUMS + COUNTERS  # where those of words stand with a piece


# Numbers of a part: its counters, and how many n-grams there are of either sort.
PART = 2 * COUNTERS + 2
_ALL = (1 << COLUMNS) - 1


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
    """

    room: Room
    found: Found
    parts: Packed
    sums: Numbers


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
        facts[number, OF_BYTES] = ends[each, 0] - begin
        facts[number, OF_WORDS] = ends[each, 1] - ends[each, 0]
        for part in range(2):
            end = ends[each, part]
            first_ = second = third = fourth = NOTHING
            for at in range(begin, end):
                packed = weights[buckets[at]]
                first_ += packed & _FOURTH
                second += (packed >> _BYTE) & _FOURTH
                third += (packed >> _TWO_BYTES) & _FOURTH
                fourth += (packed >> _THREE_BYTES) & _FOURTH
            to = ITS_SUMS + COUNTERS * part
            rows[number, to], rows[number, to + 1] = first_, second
            rows[number, to + 2], rows[number, to + 3] = third, fourth
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


# Counters are numbers by name, not rows of arrays, so that they stay in registers.
@compiled
def add_parts(store: Store, room: Room, weights: Packed, parts: Packed) -> None:
    """Write what each piece adds to the sums, and after each note its sums.

    Each row of ``parts`` has four counters for bytes, four for words, and how many
    n-grams there are of either.
    """
    pieces, facts, rows = room.pieces, store.facts, store.rows
    for row in range(len(parts)):
        number = pieces[row, ID]
        of_words = 0
        first = second = third = fourth = NOTHING
        if pieces[row, IS_NEW]:
            for at in range(COUNTERS):
                parts[row, at] = rows[number, ITS_SUMS + at]
            first, second = rows[number, _OF_WORDS], rows[number, _OF_WORDS + 1]
            third, fourth = rows[number, _OF_WORDS + 2], rows[number, _OF_WORDS + 3]
            parts[row, COLUMNS] = np.uint64(facts[number, OF_BYTES])
            of_words = facts[number, OF_WORDS]
        else:
            for at in range(COUNTERS):
                parts[row, at] = NOTHING
            parts[row, COLUMNS] = NOTHING
        if pieces[row, PAIRED] >= 0:
            packed = weights[pieces[row, PAIRED]]
            first += packed & _FOURTH
            second += (packed >> _BYTE) & _FOURTH
            third += (packed >> _TWO_BYTES) & _FOURTH
            fourth += (packed >> _THREE_BYTES) & _FOURTH
            of_words += 1
        parts[row, COUNTERS], parts[row, COUNTERS + 1] = first, second
        parts[row, COUNTERS + 2], parts[row, COUNTERS + 3] = third, fourth
        parts[row, COLUMNS + 1] = np.uint64(of_words)


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
def add_notes(parts: Packed, ends: Numbers, rows: Numbers) -> None:
    """Write the sums of each note."""
    total = np.empty(PART, np.uint64)
    for note in range(len(rows)):
        total[:] = NOTHING
        for row in range(ends[note], ends[note + 1]):
            for at in range(PART):
                total[at] += parts[row, at]
        of_bytes, of_words = total[COLUMNS], total[COLUMNS + 1]
        for column in range(COLUMNS):
            pair = column % COUNTERS
            rows[note, column] = points_of(total[pair], column, of_bytes)
            rows[note, COLUMNS + column] = points_of(
                total[COUNTERS + pair], column, of_words
            )
        rows[note, SIZES], rows[note, SIZES + 1] = of_bytes, of_words


@compiled
def units(of_bytes: int, of_words: int) -> tuple[float, float]:
    """Return what one weight of an n-gram of bytes speaks, and one of words."""
    return 1 / np.sqrt(max(1, of_bytes)), 1 / np.sqrt(max(1, of_words))


@compiled
def _who_speaks(parts: Packed, ends: Numbers, rows: Numbers) -> None:
    """Write for which columns any piece speaks, and against which."""
    for note in range(len(rows)):
        of_bytes, of_words = units(rows[note, SIZES], rows[note, SIZES + 1])
        speaks_for = speaks_against = 0
        for row in range(ends[note], ends[note + 1]):
            for column in range(COLUMNS):
                pair = column % COUNTERS
                # Written as in ``strongest``: passing an array costs time.
                points = of_bytes * points_of(
                    parts[row, pair], column, parts[row, COLUMNS]
                ) + of_words * points_of(
                    parts[row, COUNTERS + pair], column, parts[row, COLUMNS + 1]
                )
                speaks_for |= (points > 0) << column
                speaks_against |= (points < 0) << column
            if speaks_for & speaks_against == _ALL:
                break
        rows[note, SPEAKS_FOR] = speaks_for
        rows[note, SPEAKS_AGAINST] = speaks_against


def add_up(lines: Bytes, starts: Numbers, model: Model, store: Store) -> Numbers:
    """Return ``SUMS`` numbers for each note (``plain_ngrams.add_up``).

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
        model: What to read with.
        store: Pieces that were read with this model; see ``store_for``.
    """
    return _add_up(in_eights(lines), starts, model, store)


@compiled
def _add_up(lines: Packed, starts: Numbers, model: Model, store: Store) -> Numbers:
    work = work_for(starts)
    first = 0
    while first < len(work.sums):
        end = add_some(lines, starts, first, model, store, work)
        _who_speaks(work.parts, work.room.ends, work.sums[first:end])
        first = end
    return work.sums


@compiled
def work_for(starts: Numbers) -> Work:
    """Return room to read these notes in."""
    room = room_for(starts)
    return Work(
        room,
        found_for(starts),
        np.empty((len(room.pieces), PART), np.uint64),
        np.zeros((len(starts) - 1, SUMS), np.int64),
    )


@compiled
def add_some(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    lines: Packed, starts: Numbers, first: int, model: Model, store: Store, work: Work
) -> int:
    """Add up some notes from the first one on; return behind which the next begins."""
    room = work.room
    end = some_notes(starts, first)
    new = read_notes(lines, starts, first, end, model.table, store, room)
    weigh_new(store, new, model.weights, work.found)
    meet(store, room, end - first)
    add_parts(store, room, model.weights, work.parts[: room.ends[end - first]])
    add_notes(work.parts, room.ends, work.sums[first:end])
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
