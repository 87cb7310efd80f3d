"""What ``kernels.familiar`` computes, in plain Python: the reference."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vorzimmer.kernels.plain_ngrams import hash_of

# A word has a letter, or a sign of more than one byte.
_WORD = re.compile(rb"[0-9]*[a-z\x80-\xff][a-z0-9\x80-\xff]*")
SHORTEST = 3
"""Bytes of a word that counts; "de", "la" and "on" are words of many languages."""
ENOUGH = 6
"""So many more words known than not are proof; most notes have them in a line."""


def is_strange(line: bytes, known: Mapping[int, int]) -> bool:
    """Return whether fewer than half of the words of a note are known ones.

    Once known words are ahead by ``ENOUGH``, nobody reads on.

    Args:
        line: Normal form of the note in UTF-8; what is masked in it is no word.
        known: Words by their hash.
    """
    balance = 0
    for word in _WORD.finditer(line):
        if len(word.group()) >= SHORTEST:
            balance += 1 if hash_of(word.group()) in known else -1
        if balance == ENOUGH:
            break
    return balance < 0
