"""Counts how often a long note has its n-grams, in plain Python: the reference.

What is said often in a short note says no more for it. In a long one it tells ordinary
prose, whose small words come back again and again, from lists and calls to buy; so each
n-gram counts by the logarithm of how often it stands there. That cannot be looked up
word by word, so only long notes are counted. Both files give the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import log

from vorzimmer.kernels.plain_ngrams import (
    OF_WORDS,
    SIZE_OF_WORDS,
    ngrams,
    pieces,
)

# From so many bytes on a note is long: hardly any contact request is, since to count
# takes ten times as long as to look up (docs/experiments.md).
LONG = 1_000
# What an n-gram counts that occurs once, twice, and so on; from the last one on alike.
# In units of which one that occurs once counts 256, so that sums are whole numbers.
# Source: Manning et al., Introduction to information retrieval (2008), 6.4.1.
ONCE = 256
COUNTS_AS = (0, *(round(ONCE * (1 + log(times))) for times in range(1, 1 << 10)))
# What is counted of a note: the sum of its weights, and its size.
SUM, SIZE, COUNTED = range(3)


def count_up(
    line: bytes, roles: Mapping[int, int], weights: memoryview
) -> tuple[int, int]:
    """Return the sum of all weights of a note, and its size; 0 and 0 of a short one.

    Args:
        line: Normal form of the note in UTF-8; bytes of known names are ``NAME``.
        roles: What a word does, by its hash.
        weights: One number for each bucket.
    """
    if len(line) < LONG:
        return 0, 0
    total = size = 0
    for bucket, times in counted(line, roles).items():
        counts_as = COUNTS_AS[min(times, len(COUNTS_AS) - 1)]
        total += counts_as * weights[bucket]
        size += counts_as**2 * (SIZE_OF_WORDS if bucket >= OF_WORDS else 1)
    return total, size


def counted(line: bytes, roles: Mapping[int, int]) -> Counter[int]:
    """Return how often a note has each n-gram, by bucket.

    All n-grams of a piece count as often as the piece is said, each once a piece; a
    pair of words that stand in two pieces counts as in ``plain_ngrams.ngrams``.

    Args:
        line: See ``count_up``.
        roles: See ``count_up``.
    """
    found = pieces(line, roles)
    said = Counter(piece.text for piece in found)
    times: Counter[int] = Counter()
    for bucket, number, is_pair in ngrams(found):
        times[bucket] += 1 if is_pair else said[found[number].text]
    return times
