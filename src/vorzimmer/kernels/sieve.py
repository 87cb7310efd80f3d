"""Finds which wordings each of many notes may have, in one call.

The same as ``plain_sieve``, and tests hold it to that; read that first.
"""

from __future__ import annotations

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import (
    EIGHT,
    MARKS,
    NOTHING,
    ONE,
    below,
    bits_of,
    eight,
    eight_at,
    in_eights,
    kept,
    marked,
)
from vorzimmer.kernels.masking import Bytes, Hashes, Numbers
from vorzimmer.kernels.plain_ngrams import FNV_START, PAIR, SPREAD
from vorzimmer.kernels.plain_sieve import (
    FIRST_BITS,
    TABLE_BITS,
    Sieve,
    new_sieve,
)
from vorzimmer.kernels.processor import lowest, prefetch
from vorzimmer.kernels.store import longest

_START, _SPREAD, _PAIR = np.uint64(FNV_START), np.uint64(SPREAD), np.uint64(PAIR)
_THREE, _SEVEN, _LAST = map(np.uint64, (3, 7, 63))
_FOLD, _PLACE_AT, _FIRST_AT = map(np.uint64, (32, 64 - TABLE_BITS, 64 - FIRST_BITS))
_LINE_BREAK = 10
_A, _BEHIND_Z = eight(ord("a")), eight(ord("z") + 1)
_0, _BEHIND_9 = eight(ord("0")), eight(ord("9") + 1)
_UNDERSCORE = eight(ord("_"))
_ALL = np.uint64((1 << 64) - 1)
_BLOCK = 64  # bytes that have their bits in one number
_STAMPS = 255  # notes that are told apart by a byte


@compiled
def _mark(eights: Hashes, words: Bytes, beyond: Bytes) -> None:
    """Write a bit for each byte: whether it is of a word, or beyond ASCII."""
    for at in range(len(words)):
        these = eights[at]
        is_letter = below(these, _BEHIND_Z) & ~below(these, _A)
        is_digit = below(these, _BEHIND_9) & ~below(these, _0)
        found = is_letter | is_digit | marked(these, _UNDERSCORE)
        words[at] = bits_of(found & ~these)
        beyond[at] = bits_of(these & MARKS)


def sift(lines: Bytes, starts: Numbers, sieve: Sieve) -> Hashes:
    """Return the groups of wordings that each note may have, a bit for each.

    Args:
        lines: Search forms, one behind the other, a line break behind each.
        starts: Where each begins; last, where another would.
        sieve: What is asked for.
    """
    return _sift(in_eights(lines), starts, sieve)


@compiled
def _slot_of(value: np.uint64, last: int) -> int:
    """Return where to look for a hash first, in a table with this last place."""
    return int(np.int64(value ^ (value >> _FOLD)) & last)


# Written as one function: taking arrays into another one costs more than a mark. Where
# a word ends cannot be foretold, so nothing is decided by it: where words begin and end
# is written down first.
@compiled
def _sift(eights: Hashes, starts: Numbers, sieve: Sieve) -> Hashes:  # noqa: C901, PLR0912, PLR0915 - see above
    is_first, hashes, asked = sieve.is_first, sieve.hashes, sieve.asked
    sets, begins, places = sieve.sets, sieve.begins, sieve.places
    last = len(hashes) - 1
    found = np.full(len(starts) - 1, sieve.always[0], np.uint64)
    met = np.zeros(1 << TABLE_BITS, np.uint8)
    most = longest(starts)
    edges = np.empty(most + 1, np.int64)
    first = np.empty(2 * most + 2, np.uint64)
    marks = np.empty((2, len(eights) // EIGHT * EIGHT), np.uint8)
    _mark(eights, marks[0], marks[1])
    by_block, single = marks.view(np.uint64), eights.view(np.uint8)
    for note in range(len(found)):
        count = firsts = 0
        stamp = np.uint8(note % _STAMPS + 1)
        if stamp == 1:
            met[:] = 0
        begin, stop = starts[note], starts[note + 1]
        was_word = NOTHING
        for block in range(begin // _BLOCK * _BLOCK, stop, _BLOCK):
            inside = _ALL << np.uint64(max(0, begin - block))
            inside &= _ALL >> np.uint64(max(0, block + _BLOCK - stop))
            words = by_block[0, block // _BLOCK] & inside
            ends = words ^ (words << ONE | was_word)
            was_word = words >> _LAST
            while ends:
                edges[count] = block + lowest(ends)
                ends &= ends - ONE
                count += 1
            beyond = by_block[1, block // _BLOCK] & inside
            while beyond:
                byte = single[block + lowest(beyond)]
                beyond &= beyond - ONE
                first[firsts] = (_START ^ np.uint64(byte)) * _SPREAD
                met[first[firsts] >> _PLACE_AT] = stamp
                firsts += 1
        before = NOTHING
        for each in range(0, count, 2):
            at, to = edges[each], edges[each + 1]
            word = _START
            for part in range(at, to, EIGHT):
                these = eight_at(part, eights[part >> 3], eights[(part >> 3) + 1])
                word = (word ^ kept(these, to - part)) * _SPREAD
            for value in (word, before * _PAIR ^ word):
                met[value >> _PLACE_AT] = stamp
                bit = value >> _FIRST_AT
                first[firsts] = value
                firsts += is_first[bit >> _THREE] >> (bit & _SEVEN) & ONE
            before = word
        for each in range(firsts):
            slot = _slot_of(first[each], last)
            prefetch(hashes, slot)
            prefetch(asked, slot)
        for each in range(firsts):
            value = first[each]
            slot = _slot_of(value, last)
            while hashes[slot] != value and hashes[slot] != NOTHING:
                slot = (slot + 1) & last
            for at in range(asked[slot, 0], asked[slot, 1]):
                wording = sieve.wordings[at]
                has_all = True
                for further in range(sets[wording], sets[wording + 1]):
                    has_all = False
                    for place in range(begins[further], begins[further + 1]):
                        if met[places[place]] == stamp:
                            has_all = True
                            break
                    if not has_all:
                        break
                if has_all:
                    found[note] |= ONE << np.uint64(sieve.groups[wording])
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
    numbers = np.flatnonzero(groups >> np.uint64(group) & ONE)
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
