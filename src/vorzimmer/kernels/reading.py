"""Finds the n-grams of a piece, each once.

The same as ``plain_ngrams.ngrams``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import Bytes, Hashes
from vorzimmer.kernels.pieces import NOTHING, next_word
from vorzimmer.kernels.plain_ngrams import (
    BLANK,
    LENGTH_AT,
    LENGTHS,
    OF_WORDS,
    PAIR,
    SHIFT,
    SPREAD,
)

Buckets = NDArray[np.int32]

_SPREAD, _SHIFT, _PAIR = np.uint64(SPREAD), np.uint64(SHIFT), np.uint64(PAIR)
_BYTE, _ONE = np.uint64(8), np.uint64(1)
# For each length: which bytes of the last eight, and a mark that tells lengths apart.
_BYTES = np.array([(1 << 8 * each) - 1 for each in LENGTHS], np.uint64)
_MARK = np.array([each << LENGTH_AT for each in LENGTHS], np.uint64)
_SHORTEST, _SORTS = LENGTHS[0], len(LENGTHS)
# For each byte, at most: n-grams of bytes, a word with its pair.
MOST = _SORTS + 2
_STAMP_AT = np.uint64(32)
_OF_WORDS = np.uint64(OF_WORDS)


class Found(NamedTuple):
    """Room for the n-grams of one piece, used again for the next.

    Attributes:
        buckets: Of its n-grams, those of bytes first.
        seen: An open hash table of buckets, each with the number of the piece above.
        stamp: The number of the piece.
    """

    buckets: Buckets
    seen: Hashes
    stamp: Hashes


@compiled
def _places_for(length: int) -> int:
    """Return the places of a table for the n-grams of a piece; most stay empty."""
    places = 64
    while places < 2 * MOST * (length + 2):
        places *= 2
    return places


@compiled
def found_for(length: int) -> Found:
    """Return room for pieces of up to so many bytes."""
    return Found(
        np.empty(MOST * (length + 2), np.int32),
        np.zeros(_places_for(length), np.uint64),
        np.zeros(1, np.uint64),
    )


@compiled
def _bucket(part: np.uint64) -> np.uint64:
    return np.uint64((part * _SPREAD) >> _SHIFT)


@compiled
def pair_of(first: np.uint64, second: np.uint64) -> np.uint64:
    """Return the bucket of two words, one behind the other."""
    return _OF_WORDS + _bucket((first * _PAIR) ^ second)


@compiled
def _byte_ngrams(text: Bytes, buckets: Buckets) -> int:
    size = length = 0
    packed = NOTHING
    for at in range(-1, len(text) + 1):
        byte = text[at] if 0 <= at < len(text) else np.uint8(BLANK)
        length = length + 1 if byte >= BLANK else 0
        packed = (packed << _BYTE) | np.uint64(byte)
        for sort in range(min(_SORTS, length + 1 - _SHORTEST)):
            buckets[size] = np.int32(_bucket((packed & _BYTES[sort]) | _MARK[sort]))
            size += 1
    return size


@compiled
def _word_ngrams(text: Bytes, buckets: Buckets, size: int) -> int:
    before, at = next_word(text, 0)
    if before != NOTHING:
        buckets[size] = np.int32(_OF_WORDS + _bucket(before))
        size += 1
    while before != NOTHING and at < len(text):
        word, at = next_word(text, at)
        if word != NOTHING:
            buckets[size] = np.int32(_OF_WORDS + _bucket(word))
            buckets[size + 1] = np.int32(pair_of(before, word))
            size += 2
        before = word
    return size


@compiled
def _without_repeats(buckets: Buckets, size: int, last: np.uint64, found: Found) -> int:
    """Leave out what came before; return how many are left."""
    seen, stamp = found.seen, found.stamp[0]
    left = 0
    for each in range(size):
        bucket = np.uint64(buckets[each])
        entry = bucket | stamp << _STAMP_AT
        at = bucket & last
        while seen[at] >> _STAMP_AT == stamp and seen[at] != entry:
            at = (at + _ONE) & last
        buckets[left] = buckets[each]
        left += seen[at] != entry
        seen[at] = entry
    return left


@compiled
def ngrams_of(text: Bytes, found: Found) -> tuple[int, int]:
    """Write the buckets of a piece; return how many are of bytes, and how many of all.

    Args:
        text: The piece, masked.
        found: Where to write to.
    """
    found.stamp[0] += _ONE
    last = np.uint64(_places_for(len(text)) - 1)
    buckets = found.buckets
    of_bytes = _without_repeats(buckets, _byte_ngrams(text, buckets), last, found)
    size = _word_ngrams(text, buckets, of_bytes)
    own = _without_repeats(buckets[of_bytes:], size - of_bytes, last, found)
    return of_bytes, of_bytes + own
