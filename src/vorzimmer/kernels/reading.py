"""Finds the n-grams of a note, each once.

The same as ``plain_ngrams.ngrams``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import (
    FROM,
    TO,
    WIDTH,
    Bytes,
    Numbers,
    RoleTable,
    is_word,
    mask,
)
from vorzimmer.kernels.plain_ngrams import (
    BLANK,
    BUCKETS,
    COLUMNS,
    FNV_PRIME,
    FNV_START,
    LENGTH_AT,
    LENGTHS,
    MARKS,
    OF_WORDS,
    PAIR,
    SHIFT,
    SPREAD,
)

Buckets = NDArray[np.int32]
Marked = NDArray[np.uint32]
Packed = NDArray[np.uint64]

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_SPREAD, _SHIFT, _PAIR = np.uint64(SPREAD), np.uint64(SHIFT), np.uint64(PAIR)
_NOTHING, _BYTE = np.uint64(0), np.uint64(8)
# For each length: which bytes of the last eight, and a mark that tells lengths apart.
_TWO, _THREE, _FOUR, _FIVE = (np.uint64((1 << 8 * each) - 1) for each in LENGTHS)
_IS_2, _IS_3, _IS_4, _IS_5 = (np.uint64(each << LENGTH_AT) for each in LENGTHS)
COUNTERS = COLUMNS // 2
_IS_MARK = np.isin(np.arange(256), list(MARKS))
# A byte, at most: those of bytes; a word with its pair.
MOST = len(LENGTHS) + 2
# In a place of the table of what was seen: above, the number of the note, as far as it
# goes; below, the bucket.
_BUCKET_BITS = BUCKETS.bit_length() - 1
_STAMP_AT = np.uint32(_BUCKET_BITS)
_STAMPS = (1 << (32 - _BUCKET_BITS)) - 1
_OTHERS = np.uint32(BUCKETS - 1)
_OF_WORDS = np.uint64(OF_WORDS)
_ONE = np.uint32(1)
_IS_WORD = np.array([is_word(each) for each in range(256)])


class Room(NamedTuple):
    """Room for reading one note, used again for the next.

    Attributes:
        out: The masked note.
        pieces: Where its pieces are.
        buckets: Of its n-grams, those of bytes first.
        firsts: Where those of bytes begin, and those of words, of each piece.
        parts: What each piece adds to the sums of bytes, and to those of words: two
            columns in a number.
        seen: An open hash table of buckets, each with the number of the note.
    """

    out: Bytes
    pieces: Numbers
    buckets: Buckets
    firsts: Numbers
    parts: Packed
    seen: Marked


@compiled
def _places_for(size: int) -> int:
    """Return the places of a table for the n-grams of a note; most stay empty."""
    places = 64
    while places < 2 * MOST * (size + 2):
        places *= 2
    return places


@compiled
def room_for(length: int) -> Room:
    """Return room for notes of up to so many bytes."""
    most = length // 2 + 1
    return Room(
        np.empty(length + 2, np.uint8),
        np.empty((most, WIDTH), np.int64),
        np.empty(MOST * (length + 2) + 1, np.int32),
        np.empty((most + 1, 2), np.int64),
        np.empty((2, COUNTERS, most), np.uint64),
        np.zeros(_places_for(length), np.uint32),
    )


@compiled
def longest(starts: Numbers) -> int:
    """Return how many bytes the longest note has."""
    most = 0
    for number in range(len(starts) - 1):
        most = max(most, starts[number + 1] - starts[number])
    return most


@compiled
def _stamp(note: int, seen: Marked) -> np.uint32:
    """Return the mark of a note; where marks begin again, forget those before."""
    number = note % _STAMPS
    if number == 0:
        seen[:] = 0
    return np.uint32(np.uint32(number + 1) << _STAMP_AT)


@compiled
def _is_other(kept: np.uint32, entry: np.uint32) -> bool:
    """Say whether a place holds another bucket of the same note."""
    # Their difference is a bucket then, and not 0.
    return bool(np.uint32((kept ^ entry) - _ONE) < _OTHERS)


@compiled
def _keep(
    bucket: np.uint64, stamp: np.uint32, last: np.uint32, room: Room, size: int
) -> int:
    """Keep a bucket that comes up for the first time in a note; return the size.

    Without a branch that depends on whether it does: nobody could foretell that.
    """
    seen = room.seen
    entry = np.uint32(bucket) | stamp
    at = np.uint32(bucket) & last
    while _is_other(seen[at], entry):
        at = (at + _ONE) & last
    is_new = bool(seen[at] != entry)
    seen[at] = entry
    room.buckets[size] = np.int32(bucket)
    return size + is_new


@compiled
def _bucket(part: np.uint64) -> np.uint64:
    return np.uint64((part * _SPREAD) >> _SHIFT)


@compiled
def _byte_ngrams(
    room: Room, number: int, size: int, stamp: np.uint32, last: np.uint32
) -> int:
    """Write the buckets of the n-grams of a piece and its blanks; return the size."""
    length = 0
    packed = _NOTHING
    for at in range(room.pieces[number, FROM] - 1, room.pieces[number, TO] + 1):
        byte = room.out[at]
        length = length + 1 if byte >= BLANK else 0
        packed = (packed << _BYTE) | np.uint64(byte)
        if length < LENGTHS[0]:
            continue
        size = _keep(_bucket((packed & _TWO) | _IS_2), stamp, last, room, size)
        if length < LENGTHS[1]:
            continue
        size = _keep(_bucket((packed & _THREE) | _IS_3), stamp, last, room, size)
        if length < LENGTHS[2]:
            continue
        size = _keep(_bucket((packed & _FOUR) | _IS_4), stamp, last, room, size)
        if length < LENGTHS[3]:
            continue
        size = _keep(_bucket((packed & _FIVE) | _IS_5), stamp, last, room, size)
    return size


@compiled
def _word_ngrams(  # noqa: PLR0913, PLR0917 - the compiler wants numbers
    room: Room,
    number: int,
    before: np.uint64,
    size: int,
    stamp: np.uint32,
    last: np.uint32,
) -> tuple[int, np.uint64]:
    """Write the buckets of words and pairs; return the new size, and the last hash."""
    out = room.out
    at, end = room.pieces[number, FROM], room.pieces[number, TO]
    while at < end:
        value = _START
        if _IS_MARK[out[at]]:
            value = (value ^ np.uint64(out[at])) * _PRIME
            at += 1
        else:
            while at < end and _IS_WORD[out[at]]:
                value = (value ^ np.uint64(out[at])) * _PRIME
                at += 1
        if value == _START:
            at += 1
            continue
        size = _keep(_OF_WORDS + _bucket(value), stamp, last, room, size)
        if before != _NOTHING:
            pair = (before * _PAIR) ^ value
            size = _keep(_OF_WORDS + _bucket(pair), stamp, last, room, size)
        before = value
    return size, before


@compiled
def read_note(line: Bytes, table: RoleTable, room: Room, note: int) -> int:
    """Mask a note and find its n-grams, each once; return how many pieces it has."""
    pieces = mask(line, room.out, room.pieces, table)
    stamp = _stamp(note, room.seen)
    last = np.uint32(_places_for(len(line)) - 1)
    size = 0
    for number in range(pieces):
        room.firsts[number, 0] = size
        size = _byte_ngrams(room, number, size, stamp, last)
    room.firsts[pieces, 0] = size
    before = _NOTHING
    for number in range(pieces):
        room.firsts[number, 1] = size
        size, before = _word_ngrams(room, number, before, size, stamp, last)
    room.firsts[pieces, 1] = size
    return pieces
