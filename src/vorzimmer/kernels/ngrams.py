"""Adds up the weights of the n-grams of notes, many notes in one call.

The same as ``plain_ngrams``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import (
    FROM,
    SOURCE_FROM,
    SOURCE_TO,
    TO,
    WIDTH,
    Bytes,
    Numbers,
    RoleTable,
    is_word,
    mask,
    role_table,
)
from vorzimmer.kernels.plain_ngrams import (
    BLANK,
    BUCKETS,
    COLUMNS,
    FNV_PRIME,
    FNV_START,
    GREETS,
    LENGTH_AT,
    LONG,
    OF_WORDS,
    PAIR,
    SHIFT,
    SHORT,
    SPREAD,
)

Buckets = NDArray[np.int32]
Weights = NDArray[np.uint64]

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_SPREAD, _SHIFT, _PAIR = np.uint64(SPREAD), np.uint64(SHIFT), np.uint64(PAIR)
_NOTHING = np.uint64(0)
_BYTE, _LAST_BYTE = np.uint64(8), np.uint64(0xFF)
_SHORT_ONE, _LONG_ONE = np.uint64((1 << 8 * SHORT) - 1), np.uint64((1 << 8 * LONG) - 1)
_IS_SHORT, _IS_LONG = np.uint64(SHORT << LENGTH_AT), np.uint64(LONG << LENGTH_AT)
# Every second byte of a row of weights: four counters of 16 bits, which hold as many
# additions as ``_FULL`` says before they have to be emptied.
_EVEN, _COUNTER = np.uint64(0x00FF00FF00FF00FF), np.uint64(0xFFFF)
_FULL = 256
_ZERO_AT = 128  # a weight of 0 is kept as this, so that none is negative
_MOST_NGRAMS = 4  # a byte, at most: two of bytes, and half a word with its pair


class _Room(NamedTuple):
    """Room for reading one note, used again for the next.

    Attributes:
        out: The masked note.
        pieces: Where its pieces are.
        buckets: Of its n-grams.
        owners: In which piece each n-gram is.
    """

    out: Bytes
    pieces: Numbers
    buckets: Buckets
    owners: Buckets


@compiled
def _room_for(longest: int) -> _Room:
    return _Room(
        np.empty(longest + 2, np.uint8),
        np.empty((longest // 2 + 1, WIDTH), np.int64),
        np.empty(_MOST_NGRAMS * (longest + 2), np.int32),
        np.empty(_MOST_NGRAMS * (longest + 2), np.int32),
    )


@compiled
def _longest(starts: Numbers) -> int:
    longest = 0
    for number in range(len(starts) - 1):
        longest = max(longest, starts[number + 1] - starts[number])
    return longest


@compiled
def _byte_ngrams(out: Bytes, start: int, end: int, into: Buckets) -> int:
    """Write the buckets of the n-grams of ``out[start:end]``; return how many."""
    count = length = 0
    packed = _NOTHING
    for at in range(start, end):
        byte = out[at]
        length = length + 1 if byte >= BLANK else 0
        packed = (packed << _BYTE) | np.uint64(byte)
        if length >= SHORT:
            into[count] = (((packed & _SHORT_ONE) | _IS_SHORT) * _SPREAD) >> _SHIFT
            count += 1
        if length >= LONG:
            into[count] = (((packed & _LONG_ONE) | _IS_LONG) * _SPREAD) >> _SHIFT
            count += 1
    return count


@compiled
def _word_ngrams(
    out: Bytes, start: int, end: int, before: np.uint64, into: Buckets
) -> tuple[int, np.uint64]:
    """Write the buckets of words and pairs; return how many, and the last hash."""
    count = 0
    at = start
    is_masked = False
    last = before
    while at < end:
        if not is_word(out[at]):
            is_masked |= out[at] < BLANK
            at += 1
            continue
        value = _START
        while at < end and is_word(out[at]):
            value = (value ^ np.uint64(out[at])) * _PRIME
            at += 1
        into[count] = OF_WORDS + np.int64((value * _SPREAD) >> _SHIFT)
        count += 1
        if last != _NOTHING:
            pair = (last * _PAIR) ^ value
            into[count] = OF_WORDS + np.int64((pair * _SPREAD) >> _SHIFT)
            count += 1
        last = value
    return count, _NOTHING if is_masked else last


@compiled
def _read(line: Bytes, table: RoleTable, room: _Room) -> tuple[int, int]:
    """Mask a note and find its n-grams; return how many, and how many pieces."""
    pieces = mask(line, room.out, room.pieces, table)
    size = 0
    before = _NOTHING
    for number in range(pieces):
        start, end = room.pieces[number, FROM], room.pieces[number, TO]
        was = size
        size += _byte_ngrams(room.out, start - 1, end + 1, room.buckets[size:])
        more, before = _word_ngrams(room.out, start, end, before, room.buckets[size:])
        size += more
        room.owners[was:size] = number
    return size, pieces


@compiled
def _add_rows(buckets: Buckets, weights: Weights, row: Numbers) -> None:
    """Add the weights of up to ``_FULL`` n-grams to the sums of a note."""
    even = odd = _NOTHING
    for bucket in buckets:
        packed = weights[bucket]
        even += packed & _EVEN
        odd += (packed >> _BYTE) & _EVEN
    zero = _ZERO_AT * len(buckets)
    for column in range(0, COLUMNS, 2):
        shift = np.uint64(8 * column)
        row[column] += np.int64((even >> shift) & _COUNTER) - zero
        row[column + 1] += np.int64((odd >> shift) & _COUNTER) - zero


@compiled
def add_up(
    lines: Bytes, starts: Numbers, table: RoleTable, weights: Weights
) -> Numbers:
    """Return the sum of the weights of each column for each note; last, the n-grams.

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
        table: What the words around names do.
        weights: A row for each bucket, made by ``packed_weights``.
    """
    room = _room_for(_longest(starts))
    sums = np.zeros((len(starts) - 1, COLUMNS + 1), np.int64)
    for note in range(len(starts) - 1):
        size, _ = _read(lines[starts[note] : starts[note + 1]], table, room)
        for first in range(0, size, _FULL):
            last = min(first + _FULL, size)
            _add_rows(room.buckets[first:last], weights, sums[note])
        sums[note, COLUMNS] = size
    return sums


@compiled
def gather(lines: Bytes, starts: Numbers, table: RoleTable) -> tuple[Buckets, Numbers]:
    """Return the buckets of all n-grams, and where those of each note begin."""
    room = _room_for(_longest(starts))
    buckets = np.empty(_MOST_NGRAMS * (len(lines) + 2 * len(starts)), np.int32)
    begins = np.zeros(len(starts), np.int64)
    for note in range(len(starts) - 1):
        size, _ = _read(lines[starts[note] : starts[note + 1]], table, room)
        begins[note + 1] = begins[note] + size
        buckets[begins[note] : begins[note + 1]] = room.buckets[:size]
    return buckets[: begins[-1]], begins


@compiled
def _best_run(points: Numbers, most: int) -> tuple[int, int]:
    """Return the run of up to ``most`` pieces with the most points; -1 if none has."""
    best = 0
    first, last = 0, -1
    for start in range(len(points)):
        total = 0
        for end in range(start, min(start + most, len(points))):
            total += points[end]
            if total > best:
                best, first, last = total, start, end
    return first, last


@compiled
def strongest(
    line: Bytes, table: RoleTable, weights: Weights, column: int, most: int
) -> tuple[int, int]:
    """Return where the words stand that speak most for a kind, in bytes.

    Args:
        line: One note.
        table: See ``add_up``.
        weights: See ``add_up``.
        column: Which kind.
        most: How many pieces are quoted at most.
    """
    room = _room_for(len(line))
    size, pieces = _read(line, table, room)
    points = np.zeros(pieces, np.int64)
    for at in range(size):
        weight = (weights[room.buckets[at]] >> np.uint64(8 * column)) & _LAST_BYTE
        points[room.owners[at]] += np.int64(weight) - _ZERO_AT
    first, last = _best_run(points, most)
    if last < 0:
        return 0, 0
    return room.pieces[first, SOURCE_FROM], room.pieces[last, SOURCE_TO]


def points(
    sums: Numbers, offsets: Sequence[float], factors: Sequence[float]
) -> NDArray[np.float64]:
    """Return the points of each note for each kind (``classifier.Scale``)."""
    roots = np.sqrt(np.maximum(sums[:, COLUMNS], 1))
    totals = sums[:, : len(offsets)]
    return np.array(offsets) + np.array(factors) * totals / roots[:, None]


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
    strongest(lines, table, weights, 0, 1)
    gather(lines, starts, table)
