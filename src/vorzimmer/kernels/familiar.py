"""Finds the notes with few known words, many notes in one call.

The same as ``plain_familiar``, and tests hold it to that.
"""

from __future__ import annotations

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import Bytes, Numbers, RoleTable, is_word, role_table
from vorzimmer.kernels.plain_familiar import ENOUGH, SHORTEST
from vorzimmer.kernels.plain_ngrams import FNV_PRIME, FNV_START

_START, _PRIME, _NONE = np.uint64(FNV_START), np.uint64(FNV_PRIME), np.uint64(0)
_IS_WORD = np.array([is_word(each) for each in range(256)])
_LETTERS_FROM = ord("a")  # of the bytes of words; digits come before


def strange_notes(lines: Bytes, starts: Numbers, table: RoleTable) -> list[int]:
    """Return the numbers of the notes that are strange (``plain_familiar``).

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
        table: Has the known words.
    """
    found: list[int] = _strange(lines, starts, table).tolist()
    return found


@compiled
def _strange(lines: Bytes, starts: Numbers, table: RoleTable) -> Numbers:
    known = table.words
    last = np.int64(len(known) - 1)
    found = np.empty(len(starts) - 1, np.int64)
    count = 0
    for note in range(len(starts) - 1):
        balance = 0
        at, end = starts[note], starts[note + 1]
        while at < end and balance < ENOUGH:
            if not _IS_WORD[lines[at]]:
                at += 1
                continue
            begin = at
            value = _START
            has_letter = False
            while at < end and _IS_WORD[lines[at]]:
                value = (value ^ np.uint64(lines[at])) * _PRIME
                has_letter |= lines[at] >= _LETTERS_FROM
                at += 1
            if has_letter and at - begin >= SHORTEST:
                slot = np.int64(value) & last
                while known[slot] != _NONE and known[slot] != value:
                    slot = (slot + 1) & last
                balance += 1 if known[slot] == value else -1
        if balance < 0:
            found[count] = note
            count += 1
    return found[:count]


def compile_all() -> None:
    """Compile the loop; run once at set-up."""
    _strange(
        np.frombuffer(b"hallo", np.uint8), np.array([0, 5]), role_table({FNV_START: 1})
    )
