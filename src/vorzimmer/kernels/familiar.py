"""Finds how many words of a piece are known.

Notes with few of them are found by that of their pieces; the same as
``plain_familiar``, and tests hold it to that.
"""

from __future__ import annotations

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import EIGHT, NOTHING
from vorzimmer.kernels.masking import RoleTable, is_word
from vorzimmer.kernels.plain_familiar import SHORTEST
from vorzimmer.kernels.plain_ngrams import FNV_PRIME, FNV_START
from vorzimmer.kernels.store import COUNT, FROM, KNOWN, MOST_KNOWN, SIZE, Store

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_LETTERS_FROM = ord("a")  # of the bytes of words; digits come before


@compiled
def know_new(store: Store, first: int, table: RoleTable) -> None:
    """Find how many more words of pieces are known than not (``KNOWN``).

    Args:
        store: Where the pieces are kept.
        first: The first one to look at, and all behind.
        table: Has the known words.
    """
    texts, facts, known = store.texts.view(np.uint8), store.facts, table.words
    last = len(known) - 1
    for number in range(first, store.state[COUNT]):
        balance = most = 0
        at = EIGHT * facts[number, FROM]
        end = at + facts[number, SIZE]
        while at < end:
            begin = at
            value = _START
            has_letter = False
            while at < end and is_word(texts[at]):
                value = (value ^ np.uint64(texts[at])) * _PRIME
                has_letter |= texts[at] >= _LETTERS_FROM
                at += 1
            if has_letter and at - begin >= SHORTEST:
                slot = np.int64(value) & last
                while known[slot] != NOTHING and known[slot] != value:
                    slot = (slot + 1) & last
                balance += 1 if known[slot] == value else -1
                most = max(most, balance)
            at += 1
        facts[number, KNOWN], facts[number, MOST_KNOWN] = balance, most
