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
    LENGTHS,
    MARKS,
    MOST_QUOTED,
    OF_WORDS,
    PAIR,
    SHIFT,
    SIZES,
    SPREAD,
    SUMS,
)

Buckets = NDArray[np.int32]
Floats = NDArray[np.float64]
Weights = NDArray[np.uint64]

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_SPREAD, _SHIFT, _PAIR = np.uint64(SPREAD), np.uint64(SHIFT), np.uint64(PAIR)
_NOTHING = np.uint64(0)
_BYTE, _LAST_BYTE = np.uint64(8), np.uint64(0xFF)
# For each length: which bytes of the last eight, and a mark that tells lengths apart.
_TAKEN = np.array([(1 << 8 * each) - 1 for each in LENGTHS], np.uint64)
_MARKED = np.array([each << LENGTH_AT for each in LENGTHS], np.uint64)
# Every second byte of a row of weights: four counters of 16 bits, which hold as many
# additions as ``_FULL`` says before they have to be emptied.
_EVEN, _COUNTER = np.uint64(0x00FF00FF00FF00FF), np.uint64(0xFFFF)
_FULL = 256
_IS_MARK = np.isin(np.arange(256), list(MARKS))
_ZERO_AT = 128  # a weight of 0 is kept as this, so that none is negative
# A byte, at most: those of bytes; a word with its pair.
_MOST_OF_BYTES, _MOST_OF_WORDS = len(LENGTHS), 2
_STAMP_AT = 32  # in a place of the table of what was seen: note above, bucket below


class _Room(NamedTuple):
    """Room for reading one note, used again for the next.

    Attributes:
        out: The masked note.
        pieces: Where its pieces are.
        buckets: Of its n-grams, those of bytes first.
        owners: In which piece each n-gram is.
        seen: An open hash table of buckets, each with the number of the note.
    """

    out: Bytes
    pieces: Numbers
    buckets: Buckets
    owners: Buckets
    seen: Numbers


@compiled
def _room_for(longest: int) -> _Room:
    most = (_MOST_OF_BYTES + _MOST_OF_WORDS) * (longest + 2)
    places = 64
    while places < 2 * most:
        places *= 2
    return _Room(
        np.empty(longest + 2, np.uint8),
        np.empty((longest // 2 + 1, WIDTH), np.int64),
        np.empty(most, np.int32),
        np.empty(most, np.int32),
        np.zeros(places, np.int64),
    )


@compiled
def _longest(starts: Numbers) -> int:
    longest = 0
    for number in range(len(starts) - 1):
        longest = max(longest, starts[number + 1] - starts[number])
    return longest


@compiled
def _is_new(bucket: np.int64, note: int, seen: Numbers) -> bool:
    """Say whether a bucket comes up for the first time in a note; remember it."""
    entry = (note << _STAMP_AT) | bucket
    last = len(seen) - 1
    at = bucket & last
    while seen[at] >> _STAMP_AT == note:
        if seen[at] == entry:
            return False
        at = (at + 1) & last
    seen[at] = entry
    return True


@compiled
def _byte_ngrams(room: _Room, number: int, size: int, note: int) -> int:
    """Write the buckets of the n-grams of a piece and its blanks; return the size."""
    length = 0
    packed = _NOTHING
    for at in range(room.pieces[number, FROM] - 1, room.pieces[number, TO] + 1):
        byte = room.out[at]
        length = length + 1 if byte >= BLANK else 0
        packed = (packed << _BYTE) | np.uint64(byte)
        for which in range(len(LENGTHS)):
            if length < LENGTHS[which]:
                break
            part = (packed & _TAKEN[which]) | _MARKED[which]
            bucket = np.int64((part * _SPREAD) >> _SHIFT)
            if _is_new(bucket, note, room.seen):
                room.buckets[size] = bucket
                size += 1
    return size


@compiled
def _word_ngrams(
    room: _Room, number: int, before: np.uint64, size: int, note: int
) -> tuple[int, np.uint64]:
    """Write the buckets of words and pairs; return the new size, and the last hash."""
    out = room.out
    at, end = room.pieces[number, FROM], room.pieces[number, TO]
    last = before
    while at < end:
        value = _START
        if _IS_MARK[out[at]]:
            value = (value ^ np.uint64(out[at])) * _PRIME
            at += 1
        else:
            while at < end and is_word(out[at]):
                value = (value ^ np.uint64(out[at])) * _PRIME
                at += 1
        if value == _START:
            at += 1
            continue
        for hashed in (value, (last * _PAIR) ^ value):
            bucket = OF_WORDS + np.int64((hashed * _SPREAD) >> _SHIFT)
            is_pair = hashed != value
            if (not is_pair or last != _NOTHING) and _is_new(bucket, note, room.seen):
                room.buckets[size] = bucket
                size += 1
        last = value
    return size, last


@compiled
def _read(
    line: Bytes, table: RoleTable, room: _Room, note: int
) -> tuple[int, int, int]:
    """Mask a note and find its n-grams, each once.

    Returns how many are of bytes, how many there are, and how many pieces.
    """
    pieces = mask(line, room.out, room.pieces, table)
    size = 0
    for number in range(pieces):
        was = size
        size = _byte_ngrams(room, number, size, note)
        room.owners[was:size] = number
    of_bytes = size
    before = _NOTHING
    for number in range(pieces):
        was = size
        size, before = _word_ngrams(room, number, before, size, note)
        room.owners[was:size] = number
    return of_bytes, size, pieces


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
def _add_all(buckets: Buckets, weights: Weights, row: Numbers) -> None:
    for first in range(0, len(buckets), _FULL):
        _add_rows(buckets[first : first + _FULL], weights, row)


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
    room = _room_for(_longest(starts))
    sums = np.zeros((len(starts) - 1, SUMS), np.int64)
    for note in range(len(starts) - 1):
        line = lines[starts[note] : starts[note + 1]]
        of_bytes, size, _ = _read(line, table, room, note + 1)
        _add_all(room.buckets[:of_bytes], weights, sums[note])
        _add_all(room.buckets[of_bytes:size], weights, sums[note, COLUMNS:])
        sums[note, SIZES] = of_bytes
        sums[note, SIZES + 1] = size - of_bytes
    return sums


@compiled
def gather(lines: Bytes, starts: Numbers, table: RoleTable) -> tuple[Buckets, Numbers]:
    """Return the buckets of all n-grams, and where those of each note begin."""
    room = _room_for(_longest(starts))
    most = (_MOST_OF_BYTES + _MOST_OF_WORDS) * (len(lines) + 2 * len(starts))
    buckets = np.empty(most, np.int32)
    begins = np.zeros(len(starts), np.int64)
    for note in range(len(starts) - 1):
        line = lines[starts[note] : starts[note + 1]]
        _, size, _ = _read(line, table, room, note + 1)
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
def strongest(
    line: Bytes, table: RoleTable, weights: Weights, column: int, sign: int
) -> tuple[int, int]:
    """Return where the words stand that speak most for a kind, in bytes.

    Args:
        line: One note.
        table: See ``add_up``.
        weights: See ``add_up``.
        column: Which kind.
        sign: -1 for the words that speak most against it, else 1.
    """
    room = _room_for(len(line))
    of_bytes, size, pieces = _read(line, table, room, 1)
    unit = sign / np.sqrt(max(1, of_bytes))
    points = np.zeros(pieces, np.float64)
    for at in range(size):
        if at == of_bytes:
            unit = sign / np.sqrt(max(1, size - of_bytes))
        weight = (weights[room.buckets[at]] >> np.uint64(8 * column)) & _LAST_BYTE
        points[room.owners[at]] += unit * (np.int64(weight) - _ZERO_AT)
    first, last = _best_run(points)
    if last < 0:
        return 0, 0
    return room.pieces[first, SOURCE_FROM], room.pieces[last, SOURCE_TO]


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
