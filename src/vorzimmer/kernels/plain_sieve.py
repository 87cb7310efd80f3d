"""Finds which wordings a note may have, by the marks that it has: plain and slow.

What ``required_words`` says of wordings, in a form that is asked fast. A wording is
asked about where a mark of its first set is met; a note may have it where it has a mark
of every further set. Those are looked for in a small table by a part of their hash, so
that now and then a note may have what it has not; it never lacks what it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.plain_ngrams import FNV_START, PAIR, SPREAD

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]

# A bit for each.
MOST_GROUPS = 64
# Bits of a hash by which a mark is found in the table of those that a note has, and in
# the one of those that a wording is asked about for.
TABLE_BITS, FIRST_BITS = 15, 19
_BITS, _WORD, _EIGHT = 64, (1 << 64) - 1, 8
_OF_WORDS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")
_ASCII = 0x80


class Sieve(NamedTuple):
    """Wordings by their marks.

    Attributes:
        is_first: A bit for each beginning of a hash: whether a first mark has it.
        hashes: An open hash table of the first marks.
        asked: Where the wordings of each of them begin, and where they end.
        wordings: Their numbers, one mark behind the other.
        sets: Where the further sets of each wording begin; last, how many there are.
        begins: Where each of these sets begins; last, how many places there are.
        places: Where to look for the marks of all sets.
        groups: Of each wording.
        always: A bit for each group that any note may have.
    """

    is_first: Bytes
    hashes: Hashes
    asked: Places
    wordings: Places
    sets: Places
    begins: Places
    places: Places
    groups: Places
    always: Hashes


def new_sieve(
    required: Sequence[Sequence[frozenset[str]]], groups: Sequence[Sequence[int]]
) -> Sieve:
    """Return the sieve of some wordings.

    Args:
        required: Of each, sets of marks; see ``required_words.required_marks``.
        groups: Numbers of the wordings of each group, ``MOST_GROUPS`` at most.
    """
    asked: dict[int, list[int]] = {}
    places: list[int] = []
    begins, sets = [0], [0]
    for number, each in enumerate(required):
        for mark in sorted(each[0]) if each else ():
            asked.setdefault(hash_of(mark), []).append(number)
        for marks in each[1:]:
            places += sorted({place_of(hash_of(mark)) for mark in marks})
            begins.append(len(places))
        sets.append(len(begins) - 1)
    group_of = np.zeros(len(required), np.int32)
    always = 0
    for group, numbers in enumerate(groups):
        group_of[list(numbers)] = group
        if not all(required[number] for number in numbers):
            always |= 1 << group
    return Sieve(
        *_first_marks(asked),
        sets=np.array(sets, np.int32),
        begins=np.array(begins, np.int32),
        places=np.array(places, np.int32),
        groups=group_of,
        always=np.array([always], np.uint64),
    )


def _first_marks(
    asked: dict[int, list[int]],
) -> tuple[Bytes, Hashes, Places, Places]:
    """Return the tables of first marks: a bit for each, their hashes, what is asked."""
    is_first = np.zeros((1 << FIRST_BITS) // 8, np.uint8)
    size = 2
    while size < 2 * len(asked):
        size *= 2
    hashes, spans = np.zeros(size, np.uint64), np.zeros((size, 2), np.int32)
    wordings: list[int] = []
    for value, numbers in asked.items():
        bit = value >> _BITS - FIRST_BITS
        is_first[bit >> 3] |= 1 << (bit & 7)
        slot = slot_of(value, size)
        while hashes[slot]:
            slot = (slot + 1) % size
        hashes[slot] = value
        spans[slot] = len(wordings), len(wordings) + len(numbers)
        wordings += numbers
    return is_first, hashes, spans, np.array(wordings, np.int32)


def fits(sieve: Sieve, *, wordings: int, groups: int) -> bool:
    """Return whether the loop, which looks nowhere, stays within these tables.

    Args:
        sieve: As it was kept somewhere.
        wordings: How many there are.
        groups: How many groups of them.
    """
    model = new_sieve([], [])
    forms = [(each.dtype, each.ndim) for each in sieve]
    if forms != [(each.dtype, each.ndim) for each in model]:
        return False
    size = len(sieve.hashes)
    ends = [
        (sieve.asked, len(sieve.wordings)),
        (sieve.wordings, wordings - 1),
        (sieve.sets, len(sieve.begins) - 1),
        (sieve.begins, len(sieve.places)),
        (sieve.places, (1 << TABLE_BITS) - 1),
        (sieve.groups, groups - 1),
    ]
    return (
        len(sieve.is_first) == len(model.is_first)
        and size & (size - 1) == 0 < size == len(sieve.asked)
        and not sieve.hashes.all()
        and len(sieve.sets) == wordings + 1
        and len(sieve.groups) == wordings
        and all(
            each.size == 0 or 0 <= each.min() <= each.max() <= most
            for each, most in ends
        )
    )


def hash_of(mark: str) -> int:
    """Return the hash of a mark: of a word, of two, or of a letter's first byte."""
    (first, *others) = map(_hash, mark.encode().split())
    return _pair(first, *others) if others else first


def place_of(value: int) -> int:
    """Return where a mark stands in the table of those that a note has."""
    return value >> _BITS - TABLE_BITS


def slot_of(value: int, size: int) -> int:
    """Return where to look for a hash first, in a table of so many places."""
    return (value ^ value >> 32) % size


def sift(texts: Sequence[bytes], sieve: Sieve) -> list[int]:
    """Return the groups of wordings that each note may have, a bit for each.

    Args:
        texts: Notes in their search form.
        sieve: What is asked for.
    """
    return [_sifted(text, sieve) for text in texts]


def _sifted(text: bytes, sieve: Sieve) -> int:
    own = list(_hashes_of(text))
    met = set(map(place_of, own))
    found = int(sieve.always[0])
    for value in own:
        for wording in _asked_for(value, sieve):
            further = range(sieve.sets[wording], sieve.sets[wording + 1])
            if all(met.intersection(_places(each, sieve)) for each in further):
                found |= 1 << int(sieve.groups[wording])
    return found


def _asked_for(value: int, sieve: Sieve) -> list[int]:
    slot = slot_of(value, len(sieve.hashes))
    while sieve.hashes[slot]:
        if sieve.hashes[slot] == value:
            begin, end = sieve.asked[slot]
            found: list[int] = sieve.wordings[begin:end].tolist()
            return found
        slot = (slot + 1) % len(sieve.hashes)
    return []


def _places(each: int, sieve: Sieve) -> list[int]:
    begin, end = sieve.begins[each], sieve.begins[each + 1]
    found: list[int] = sieve.places[begin:end].tolist()
    return found


def _hashes_of(text: bytes) -> Iterator[int]:
    """Yield the hashes of the marks of a note (``required_words.marks_of``)."""
    word, before = b"", 0
    for byte in text + b"\n":
        if byte in _OF_WORDS:
            word += bytes((byte,))
            continue
        if byte >= _ASCII:
            yield _hash(bytes((byte,)))
        if word:
            value = _hash(word)
            yield value
            if before:
                yield _pair(before, value)
            word, before = b"", value


def _hash(word: bytes) -> int:
    value = FNV_START
    read = word if word[0] < _ASCII else word[:1]
    for at in range(0, len(read), _EIGHT):  # as fast as the loops do
        eight = int.from_bytes(read[at : at + _EIGHT], "little")
        value = (value ^ eight) * SPREAD & _WORD
    return value


def _pair(first: int, second: int) -> int:
    return (first * PAIR & _WORD) ^ second
