"""What ``kernels.sketches`` computes, in plain Python: slow, short, and the reference.

A sketch is a short list of numbers by which notes are compared: the share of places at
which two sketches are equal is about the share of five-byte pieces that two notes have
in common (of those that either has). Words that are boilerplate are left out of it.

Source: Li, Owen, Zhang, One Permutation Hashing, NIPS 2012; Shrivastava, Li, Densifying
One Permutation Hashing via Rotation, ICML 2014.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from operator import eq
from typing import NamedTuple

from vorzimmer.kernels.plain_ngrams import (
    ALL_BITS,
    FNV_PRIME,
    FNV_START,
    PAIR,
    SPREAD,
    hash_of,
)

PLACES = 64  # numbers of a sketch
PIECE = 5  # bytes
RUN = 3  # words in a row that are boilerplate together, or not
EMPTY = 0xFFFFFFFF  # a place that no piece fell on; equal to nothing
PIECE_BITS = (1 << 8 * PIECE) - 1
PLACE_AT, VALUE_AT = 64 - 6, 20  # where place and value stand in the hash of a piece
# Odd, so that a value from the neighbour is another number at each distance.
DISTANCE = 0x9E3779B1

_BETWEEN = re.compile(rb"[^ ]+")
_NO_WORD = re.compile(rb"[^a-z0-9\x80-\xff]")


class Sketch(NamedTuple):
    """One note in short.

    Attributes:
        values: ``PLACES`` numbers of 32 bits.
        size: How many pieces it was made of; few say little.
    """

    values: tuple[int, ...]
    size: int


class Word(NamedTuple):
    """One word: its hash without the signs in and around it, and where it stands."""

    hash: int
    start: int
    end: int


def fingerprint(line: bytes) -> int:
    """Return the number of 64 bits by which equal notes are found and all are sorted.

    Source: the last step is of the kind that Austin Appleby's MurmurHash3 ends with.
    """
    value = FNV_START
    for byte in line:
        value = ((value ^ byte) * FNV_PRIME) & ALL_BITS
    value = ((value ^ (value >> 32)) * PAIR) & ALL_BITS
    return value ^ (value >> 29)


def words(line: bytes) -> list[Word]:
    """Return the words of a note; what has neither letter nor digit is none."""
    found = ((_NO_WORD.sub(b"", each[0]), each) for each in _BETWEEN.finditer(line))
    return [Word(hash_of(bare), *each.span()) for bare, each in found if bare]


def runs(line: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield ``RUN`` words in a row: their hash, where they begin and end."""
    found = words(line)
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        yield run_hash(first.hash, second.hash, third.hash), first.start, third.end


def run_hash(first: int, second: int, third: int) -> int:
    """Return the hash of three words in a row."""
    value = (((first * PAIR) & ALL_BITS) ^ second) * SPREAD & ALL_BITS
    value = ((value ^ (value >> 31) ^ third) * PAIR) & ALL_BITS
    return value ^ (value >> 29)


def sketch(line: bytes, boilerplate: AbstractSet[int]) -> Sketch:
    """Return the sketch of a note.

    Args:
        line: Its normal form in UTF-8.
        boilerplate: Hashes of the runs that say nothing about where a note is from.
    """
    hidden = bytearray(len(line))
    for value, start, end in runs(line) if boilerplate else ():
        if value in boilerplate:
            hidden[start:end] = b"\1" * (end - start)
    pieces = [
        line[at : at + PIECE]
        for at in range(len(line) - PIECE + 1)
        if not any(hidden[at : at + PIECE])
    ]
    values = [EMPTY] * PLACES
    for place, value in map(_place, pieces):
        values[place] = min(values[place], value)
    return Sketch(_filled(values) if pieces else tuple(values), len(pieces))


@lru_cache(maxsize=1 << 16)  # notes repeat themselves
def _place(piece: bytes) -> tuple[int, int]:
    value = ((int.from_bytes(piece, "big") + 1) * SPREAD) & ALL_BITS
    value = ((value ^ (value >> 32)) * PAIR) & ALL_BITS
    return value >> PLACE_AT, (value >> VALUE_AT) & 0xFFFFFFFF


def _filled(values: Sequence[int]) -> tuple[int, ...]:
    """Return the values with each empty place filled from the next that is not."""
    filled = list(values)
    for place, value in enumerate(values):
        if value == EMPTY:
            far = 1
            while values[(place + far) % PLACES] == EMPTY:
                far += 1
            neighbour = values[(place + far) % PLACES]
            filled[place] = (neighbour + far * DISTANCE) & 0xFFFFFFFF
    return tuple(filled)


def alike(first: Sequence[int], second: Sequence[int]) -> int:
    """Return at how many places two sketches are equal."""
    count = int(sum(map(eq, first, second)))
    if EMPTY in first and EMPTY in second:
        pairs = zip(first, second, strict=True)
        count -= sum(one == other == EMPTY for one, other in pairs)
    return count


def band_key(values: Sequence[int], band: int, rows: int) -> int:
    """Return the hash of ``rows`` places in a row: equal bands are worth a look.

    Args:
        values: Of a sketch.
        band: Which of the ``PLACES / rows`` bands.
        rows: Places in a band.
    """
    key = ((band + 1) * SPREAD) & ALL_BITS
    for value in values[band * rows : (band + 1) * rows]:
        key = ((key ^ value) * PAIR) & ALL_BITS
        key ^= key >> 32
    return key
