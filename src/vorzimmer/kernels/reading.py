"""Finds the n-grams of pieces, each once a piece.

The same as ``plain_ngrams.ngrams``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import EIGHT, NOTHING
from vorzimmer.kernels.masking import Hashes, Numbers
from vorzimmer.kernels.pieces import IS_MARK, IS_WORD, most_at_once
from vorzimmer.kernels.plain_ngrams import (
    BLANK,
    FNV_PRIME,
    FNV_START,
    LENGTH_AT,
    LENGTHS,
    OF_WORDS,
    PAIR,
    SHIFT,
    SPREAD,
)
from vorzimmer.kernels.store import FROM, SIZE, Store

Buckets = NDArray[np.int32]

_SPREAD, _SHIFT, _PAIR = np.uint64(SPREAD), np.uint64(SHIFT), np.uint64(PAIR)
_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
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
    """Room for the n-grams of some pieces, used again for others.

    Attributes:
        numbers: Of the pieces, in the store.
        buckets: Of all n-grams; of each piece, those of bytes first.
        ends: Where those of bytes end of each piece, and where all of them do.
        seen: An open hash table of buckets, each with the number of the piece above.
        stamp: The number of the piece.
    """

    numbers: Numbers
    buckets: Buckets
    ends: Numbers
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
def found_for(starts: Numbers) -> Found:
    """Return room for the pieces of notes that are read at once."""
    most, pieces = most_at_once(starts)
    return Found(
        np.empty(pieces, np.int64),
        np.empty(MOST * (most + 2 * pieces), np.int32),
        np.empty((pieces, 2), np.int64),
        np.zeros(_places_for(most), np.uint64),
        np.zeros(1, np.uint64),
    )


@compiled
def _bucket(part: np.uint64) -> np.uint64:
    return np.uint64((part * _SPREAD) >> _SHIFT)


@compiled
def _word(value: np.uint64) -> np.uint64:
    return _OF_WORDS + _bucket(value)


@compiled
def pair_of(first: np.uint64, second: np.uint64) -> np.uint64:
    """Return the bucket of two words, one behind the other."""
    return _OF_WORDS + _bucket((first * _PAIR) ^ second)


# Written as one function: taking arrays into another one costs more than an n-gram.
@compiled
def find_ngrams(  # noqa: C901, PLR0915 - see above
    store: Store, count: int, found: Found
) -> None:
    """Write the buckets of pieces, each once a piece.

    Args:
        store: Where the pieces are kept.
        count: How many of ``found.numbers`` to take.
        found: Where to write to.
    """
    texts, facts = store.texts.view(np.uint8), store.facts
    numbers, buckets = found.numbers, found.buckets
    ends, seen = found.ends, found.seen
    size = 0
    for each in range(count):
        first = EIGHT * facts[numbers[each], FROM]
        end = first + facts[numbers[each], SIZE]
        last = np.uint64(_places_for(end - first) - 1)
        found.stamp[0] += _ONE
        stamp = found.stamp[0]
        length = 0
        packed = NOTHING
        for at in range(first - 1, end + 1):
            byte = texts[at] if first <= at < end else np.uint8(BLANK)
            length = length + 1 if byte >= BLANK else 0
            packed = (packed << _BYTE) | np.uint64(byte)
            for sort in range(min(_SORTS, length + 1 - _SHORTEST)):
                bucket = _bucket((packed & _BYTES[sort]) | _MARK[sort])
                entry = bucket | stamp << _STAMP_AT
                slot = bucket & last
                while seen[slot] != entry and seen[slot] >> _STAMP_AT == stamp:
                    slot = (slot + _ONE) & last
                buckets[size] = np.int32(bucket)
                size += seen[slot] != entry
                seen[slot] = entry
        ends[each, 0] = size
        before = NOTHING
        at = first
        while at < end:
            value = _START
            if IS_MARK[texts[at]]:
                value = (value ^ np.uint64(texts[at])) * _PRIME
                at += 1
            elif not IS_WORD[texts[at]]:
                at += 1
                continue
            else:
                while at < end and IS_WORD[texts[at]]:
                    value = (value ^ np.uint64(texts[at])) * _PRIME
                    at += 1
            for which in range(1 if before == NOTHING else 2):
                bucket = pair_of(before, value) if which else _word(value)
                entry = bucket | stamp << _STAMP_AT
                slot = bucket & last
                while seen[slot] != entry and seen[slot] >> _STAMP_AT == stamp:
                    slot = (slot + _ONE) & last
                buckets[size] = np.int32(bucket)
                size += seen[slot] != entry
                seen[slot] = entry
            before = value
        ends[each, 1] = size
