"""What ``kernels.familiar`` computes, in plain Python: the reference."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vorzimmer.kernels.plain_ngrams import hash_of

# Looked for as a whole, since to look for its letter from each digit of a long number
# takes the square of its length.
_WORD_OR_NUMBER = re.compile(rb"[0-9a-z\x80-\xff]+")
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
    for found in _WORD_OR_NUMBER.finditer(line):
        word = found.group()
        # A word has a letter, or a sign of more than one byte.
        if len(word) >= SHORTEST and not word.isdigit():
            balance += 1 if hash_of(word) in known else -1
        if balance == ENOUGH:
            break
    return balance < 0
