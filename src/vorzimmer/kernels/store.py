"""Keeps the pieces that were met, with all that is known of each.

Who reads has a store alone; ``pieces`` fills it, ``ngrams`` adds what the pieces weigh.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import EIGHT, NOTHING
from vorzimmer.kernels.masking import Bytes, Hashes, Numbers

Places = NDArray[np.int32]

# A piece has a row of 128 bytes, since what lies together is fetched together: first
# what it is found by, then what it adds up to. Columns of eight bytes: its first eight
# bytes, the next eight, the hash of its first word and of its last one (0 where there
# is none), and its sums (``ngrams``).
TEXT, MORE_TEXT, FIRST_WORD, LAST_WORD = range(4)
ITS_SUMS, _WIDTH = 8, 16
# Columns of four bytes: the number of the same piece masked, its nature, the last note
# that it was met in, where its bytes begin, how many there are, and how many more of
# its words are known than not, in all and at most from its first one on (``familiar``).
# Behind the sums, how many n-grams it has and what they add to the size of a note, and
# how often it is said in the note that is counted (``counting``).
SAME, ITS_NATURE, MET, FROM, SIZE, KNOWN, MOST_KNOWN = range(8, 15)
ITS_NGRAMS, ITS_SIZE, TIMES = range(24, 27)
_LINES = 128  # bytes that the processor fetches at once: two lines of its cache
# What is counted: pieces kept, room taken by their bytes, notes read; and whether too
# many pieces have hashes that are alike, as only somebody does who wants to.
COUNT, END, NOTES, IS_CROWDED, _STATE = range(5)
# So many pieces are kept, and so many numbers for each on average.
_KEPT, _NUMBERS_EACH = 1 << 17, 2
_MOST_NOTES = (1 << 31) - 1  # that can be told apart
_FOLD, _TAG_AT = np.uint64(44), np.uint64(32)
_NUMBER, _TAG = np.uint64(0xFFFFFFFF), np.uint64(0xFFFFFFFE00000000)
# Notes of so many bytes are read at once, unless one alone has more.
AT_ONCE = 1 << 12


class Store(NamedTuple):
    """Pieces that were met; whoever reads has one alone.

    Attributes:
        slots: An open hash table of pieces, see ``entry_of``; 0 is empty.
        rows: What is known of each piece, in columns of eight bytes; see ``HASH``.
        facts: The same rows in columns of four bytes; see ``SAME``.
        texts: The bytes of all, each filled up to numbers of eight bytes with zeros.
        state: See ``COUNT`` and those after it.
    """

    slots: Hashes
    rows: Hashes
    facts: Places
    texts: Hashes
    state: Numbers


def new_store(longest: int) -> Store:
    """Return an empty store.

    Args:
        longest: Of how many bytes a note may be that is read with it.
    """
    kept = _KEPT
    while kept < 4 * longest:  # every second byte a piece, and each of them masked
        kept *= 2
    memory = np.empty((kept + 1) * _WIDTH, np.uint64)
    first = -memory.ctypes.data % _LINES // EIGHT
    rows = memory[first : first + kept * _WIDTH].reshape(kept, _WIDTH)
    return Store(
        slots=np.zeros(2 * kept, np.uint64),
        rows=rows,
        facts=rows.view(np.int32),
        texts=np.empty(kept * _NUMBERS_EACH, np.uint64),
        state=np.zeros(_STATE, np.int64),
    )


def longest_for(store: Store) -> int:
    """Return of how many bytes a note may be that is read with a store."""
    return len(store.rows) // 4


@compiled
def place_of(value: np.uint64, slots: Hashes) -> int:
    """Return where in the table to look for a hash first."""
    return int(np.int64(value ^ (value >> _FOLD)) & np.int64(len(slots) - 1))


@compiled
def tag_of(value: np.uint64, is_masked: int) -> np.uint64:
    """Return what of a hash is kept in the table.

    Args:
        value: The hash.
        is_masked: Whether the piece is masked (1), or as written (0); these are kept
            apart.
    """
    return np.uint64(value & _TAG | np.uint64(is_masked) << _TAG_AT)


@compiled
def entry_of(tag: np.uint64, number: int) -> np.uint64:
    """Return how a piece stands in the table: its tag, and its number and one more."""
    return tag | np.uint64(number + 1)


@compiled
def has_tag(entry: np.uint64, tag: np.uint64) -> bool:
    """Return whether what stands in the table has a tag."""
    return bool((entry ^ tag) >> _TAG_AT == NOTHING)


@compiled
def number_of(entry: np.uint64) -> int:
    """Return the number of the piece that stands in the table; -1 for none."""
    return int(np.int64(entry & _NUMBER)) - 1


@compiled
def longest(starts: Numbers) -> int:
    """Return how many bytes the longest note has."""
    most = 0
    for number in range(len(starts) - 1):
        most = max(most, starts[number + 1] - starts[number])
    return most


@compiled
def make_room(store: Store, length: int) -> None:
    """Forget all pieces if those of so many bytes might not fit beside.

    At most every second byte is a piece, which takes one number, and is masked.
    """
    pieces = length + 4
    is_full = store.state[COUNT] + pieces > len(store.rows) or store.state[
        END
    ] + pieces > len(store.texts)
    if is_full or store.state[IS_CROWDED]:
        store.slots[:] = 0
        store.state[COUNT] = store.state[END] = store.state[IS_CROWDED] = 0


@compiled
def text_of(store: Store, number: int) -> Bytes:
    """Return the bytes of a piece."""
    begin = EIGHT * store.facts[number, FROM]
    return store.texts.view(np.uint8)[begin : begin + store.facts[number, SIZE]]
