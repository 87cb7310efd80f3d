"""Adds up the weights of the n-grams of notes, many notes in one call.

The same as ``plain_ngrams``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import (
    SOURCE_FROM,
    SOURCE_TO,
    Bytes,
    Numbers,
    RoleTable,
    role_table,
)
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    COLUMNS,
    FNV_START,
    GREETS,
    MOST_QUOTED,
    SIZES,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    SUMS,
)
from vorzimmer.kernels.reading import (
    COUNTERS,
    MOST,
    Buckets,
    Room,
    longest,
    read_note,
    room_for,
)

Floats = NDArray[np.float64]
Weights = NDArray[np.uint64]

_NOTHING, _BYTE = np.uint64(0), np.uint64(8)
# Every fourth byte of a row of weights: two counters of 32 bits.
_FOURTH, _COUNTER = np.uint64(0x000000FF000000FF), np.uint64(0xFFFFFFFF)
_COUNTER_AT = np.uint64(32)
_TWO_BYTES, _THREE_BYTES = np.uint64(16), np.uint64(24)
_ZERO_AT = 128  # a weight of 0 is kept as this, so that none is negative


@compiled
def _add_parts(room: Room, pieces: int, weights: Weights) -> None:
    """Add up what each piece adds to the sums."""
    for which in range(2):
        parts = room.parts[which]
        for number in range(pieces):
            first = second = third = fourth = _NOTHING
            for at in range(room.firsts[number, which], room.firsts[number + 1, which]):
                packed = weights[room.buckets[at]]
                first += packed & _FOURTH
                second += (packed >> _BYTE) & _FOURTH
                third += (packed >> _TWO_BYTES) & _FOURTH
                fourth += (packed >> _THREE_BYTES) & _FOURTH
            parts[0, number], parts[1, number] = first, second
            parts[2, number], parts[3, number] = third, fourth


@compiled
def _part(room: Room, which: int, column: int, number: int) -> int:
    """Return what a piece adds to one of the sums."""
    packed = room.parts[which, column % COUNTERS, number]
    if column >= COUNTERS:
        packed >>= _COUNTER_AT
    count = room.firsts[number + 1, which] - room.firsts[number, which]
    return int(packed & _COUNTER) - _ZERO_AT * int(count)


@compiled
def _units(room: Room, pieces: int) -> tuple[float, float]:
    """Return what one weight of an n-gram of bytes speaks, and one of words."""
    of_bytes = room.firsts[pieces, 0]
    of_words = room.firsts[pieces, 1] - of_bytes
    return 1 / np.sqrt(max(1, of_bytes)), 1 / np.sqrt(max(1, of_words))


@compiled
def _sum_up(room: Room, pieces: int, row: Numbers) -> None:
    """Write the sums of a note."""
    of_bytes, of_words = _units(room, pieces)
    for column in range(COLUMNS):
        all_bytes = all_words = speaks_for = speaks_against = 0
        for number in range(pieces):
            by_bytes = _part(room, 0, column, number)
            by_words = _part(room, 1, column, number)
            all_bytes += by_bytes
            all_words += by_words
            points = of_bytes * by_bytes + of_words * by_words
            speaks_for += points > 0
            speaks_against += points < 0
        row[column], row[COLUMNS + column] = all_bytes, all_words
        row[SPEAKS_FOR] |= (speaks_for > 0) << column
        row[SPEAKS_AGAINST] |= (speaks_against > 0) << column
    row[SIZES] = room.firsts[pieces, 0]
    row[SIZES + 1] = room.firsts[pieces, 1] - room.firsts[pieces, 0]


@compiled
def add_up(
    lines: Bytes, starts: Numbers, table: RoleTable, weights: Weights
) -> Numbers:
    """Return ``SUMS`` numbers for each note (``plain_ngrams.add_up``).

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
        table: What the words around names do.
        weights: A row for each bucket, made by ``packed_weights``.
    """
    room = room_for(longest(starts))
    sums = np.zeros((len(starts) - 1, SUMS), np.int64)
    for note in range(len(starts) - 1):
        line = lines[starts[note] : starts[note + 1]]
        pieces = read_note(line, table, room, note)
        if pieces:
            _add_parts(room, pieces, weights)
            _sum_up(room, pieces, sums[note])
    return sums


@compiled
def gather(lines: Bytes, starts: Numbers, table: RoleTable) -> tuple[Buckets, Numbers]:
    """Return the buckets of all n-grams, and where those of each note begin."""
    room = room_for(longest(starts))
    most = MOST * (len(lines) + 2 * len(starts))
    buckets = np.empty(most, np.int32)
    begins = np.zeros(len(starts), np.int64)
    for note in range(len(starts) - 1):
        line = lines[starts[note] : starts[note + 1]]
        size = room.firsts[read_note(line, table, room, note), 1]
        begins[note + 1] = begins[note] + size
        buckets[begins[note] : begins[note + 1]] = room.buckets[:size]
    return buckets[: begins[-1]], begins


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


@compiled
def strongest(line: Bytes, table: RoleTable, weights: Weights) -> Numbers:
    """Return where the words stand that speak most for each column, in bytes.

    See ``plain_ngrams.strongest``; a row for each.

    Args:
        line: One note.
        table: See ``add_up``.
        weights: See ``add_up``.
    """
    room = room_for(len(line))
    pieces = read_note(line, table, room, 0)
    _add_parts(room, pieces, weights)
    of_bytes, of_words = _units(room, pieces)
    spans = np.zeros((2 * COLUMNS, 2), np.int64)
    points = np.empty(pieces, np.float64)
    for row in range(2 * COLUMNS):
        column = row % COLUMNS
        sign = 1 if row < COLUMNS else -1
        for number in range(pieces):
            points[number] = sign * (
                of_bytes * _part(room, 0, column, number)
                + of_words * _part(room, 1, column, number)
            )
        first, last = _best_run(points)
        if last >= 0:
            spans[row, 0] = room.pieces[first, SOURCE_FROM]
            spans[row, 1] = room.pieces[last, SOURCE_TO]
    return spans


def packed_weights(weights: memoryview) -> Weights:
    """Return the weights as one number a bucket, least significant column first."""
    signed = np.frombuffer(weights, np.int8).astype(np.int16)
    return (signed + _ZERO_AT).astype(np.uint8).view("<u8").astype(np.uint64)


def as_bytes(line: bytes) -> Bytes:
    """Return one note as the loops take it."""
    return np.frombuffer(line, np.uint8)


def joined(lines: Sequence[bytes]) -> tuple[Bytes, Numbers]:
    """Return notes one behind the other, and where each begins and the last ends."""
    starts = np.zeros(len(lines) + 1, np.int64)
    np.cumsum([len(line) for line in lines], out=starts[1:])
    return np.frombuffer(b"".join(lines), np.uint8), starts


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    lines, starts = joined([b"hallo welt"])
    table = role_table({FNV_START: GREETS})
    weights = packed_weights(memoryview(bytes(BUCKETS * COLUMNS)))
    add_up(lines, starts, table, weights)
    strongest(lines, table, weights)
    gather(lines, starts, table)
