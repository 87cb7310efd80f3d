"""Finds which wordings each of many notes may have, in one call.

The same as ``plain_sieve``, and tests hold it to that; read that first.
"""

from __future__ import annotations

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import Bytes, Hashes, Numbers
from vorzimmer.kernels.plain_ngrams import FNV_PRIME, FNV_START, PAIR
from vorzimmer.kernels.plain_sieve import (
    FIRST_BITS,
    TABLE_BITS,
    Sieve,
    new_sieve,
)

_START, _PRIME, _PAIR = np.uint64(FNV_START), np.uint64(FNV_PRIME), np.uint64(PAIR)
_NOTHING, _ONE, _THREE, _SEVEN = map(np.uint64, (0, 1, 3, 7))
_FOLD, _PLACE_AT, _FIRST_AT = map(np.uint64, (32, 64 - TABLE_BITS, 64 - FIRST_BITS))
_ASCII, _LINE_BREAK = 0x80, 10
_IS_WORD = np.zeros(256, np.bool_)
_IS_WORD[[*b"abcdefghijklmnopqrstuvwxyz0123456789_"]] = True


# Written as one function: taking arrays into another one costs more than a mark. Where
# a word ends cannot be foretold, so nothing is decided by it: each hash is written
# down, and the next one over it unless it was that of a whole word.
@compiled
def sift(lines: Bytes, starts: Numbers, sieve: Sieve) -> Hashes:  # noqa: C901, PLR0912 - see above
    """Return the groups of wordings that each note may have, a bit for each.

    Args:
        lines: Search forms, one behind the other, a line break behind each.
        starts: Where each begins; last, where another would.
        sieve: What is asked for.
    """
    is_first, hashes, asked = sieve.is_first, sieve.hashes, sieve.asked
    sets, begins, places = sieve.sets, sieve.begins, sieve.places
    last = np.int64(len(hashes) - 1)
    found = np.full(len(starts) - 1, sieve.always[0], np.uint64)
    met = np.full(1 << TABLE_BITS, -1, np.int32)
    words = np.empty(len(lines) + 1, np.uint64)
    first = np.empty(2 * len(lines) + 2, np.uint64)
    for note in range(len(found)):
        count = firsts = 0
        value = _START
        for at in range(starts[note], starts[note + 1]):
            byte = lines[at]
            is_word = _IS_WORD[byte]
            words[count] = value
            count += not is_word and value != _START
            value = (value ^ np.uint64(byte)) * _PRIME if is_word else _START
            if byte >= _ASCII:
                sign = (_START ^ np.uint64(byte)) * _PRIME
                met[sign >> _PLACE_AT] = note
                first[firsts] = sign
                firsts += 1
        before = _NOTHING
        for each in range(count):
            for value in (words[each], before * _PAIR ^ words[each]):
                met[value >> _PLACE_AT] = note
                bit = value >> _FIRST_AT
                first[firsts] = value
                firsts += is_first[bit >> _THREE] >> (bit & _SEVEN) & _ONE
            before = words[each]
        for each in range(firsts):
            value = first[each]
            slot = np.int64(value ^ (value >> _FOLD)) & last
            while hashes[slot] != value and hashes[slot] != _NOTHING:
                slot = (slot + 1) & last
            for at in range(asked[slot, 0], asked[slot, 1]):
                wording = sieve.wordings[at]
                has_all = True
                for further in range(sets[wording], sets[wording + 1]):
                    has_all = False
                    for place in range(begins[further], begins[further + 1]):
                        if met[places[place]] == note:
                            has_all = True
                            break
                    if not has_all:
                        break
                if has_all:
                    found[note] |= _ONE << np.uint64(sieve.groups[wording])
    return found


@compiled
def picked(
    lines: Bytes, starts: Numbers, groups: Hashes, group: int
) -> tuple[Bytes, Numbers, Numbers]:
    """Return the notes that may have wordings of a group: lines, starts, numbers.

    A line break stands before, between and after them.

    Args:
        lines: See ``sift``.
        starts: See ``sift``.
        groups: What that returned.
        group: The number of the group.
    """
    numbers = np.flatnonzero(groups >> np.uint64(group) & _ONE)
    begins = np.ones(len(numbers) + 1, np.int64)
    for each, note in enumerate(numbers):
        begins[each + 1] = begins[each] + starts[note + 1] - starts[note]
    own = np.empty(begins[-1], np.uint8)
    own[0] = _LINE_BREAK
    for each, note in enumerate(numbers):
        own[begins[each] : begins[each + 1]] = lines[starts[note] : starts[note + 1]]
    return own, begins, numbers


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    lines, starts = np.frombuffer(b"\nhallo welt\n", np.uint8), np.array([1, 12])
    groups = sift(lines, starts, new_sieve([[frozenset({"hallo"})]], [[0]]))
    picked(lines, starts, groups, 0)
