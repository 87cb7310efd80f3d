"""Reads eight bytes at once, as one number with the first byte lowest.

Functions here take numbers only, not arrays, so that calling them costs nothing.
Source: Henry S. Warren, Hacker's Delight, section 6-1 (finding a byte in a word).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled

EIGHT = 8
NOTHING, ONE = np.uint64(0), np.uint64(1)
# The highest bit of each byte, by which all marks are set, and all other bits.
MARKS = np.uint64(0x8080808080808080)
_OTHERS = np.uint64(0x7F7F7F7F7F7F7F7F)
_LAST_BIT, _SEVEN = np.uint64(63), np.uint64(7)
_MOST = np.uint64(56)
# What times a power of 256 has the exponent in its highest byte.
_EXPONENTS = np.uint64(0x0001020304050607)
# What times marks has one bit for each of them in its highest byte.
_TOGETHER = np.uint64(0x0102040810204080)


def eight(byte: int) -> np.uint64:
    """Return a byte eight times."""
    return np.uint64(int.from_bytes(bytes((byte,)) * EIGHT, "little"))


_BLANKS = eight(ord(" "))


@compiled
def eight_at(at: int, these: np.uint64, next_: np.uint64) -> np.uint64:
    """Return the eight bytes that begin at a place.

    Args:
        at: The place, in bytes.
        these: Those in which it is, of an array of numbers.
        next_: The ones behind.
    """
    shift = np.uint64((at & 7) << 3)
    return np.uint64(these >> shift | next_ << ONE << (_LAST_BIT - shift))


@compiled
def marked(word: np.uint64, pattern: np.uint64) -> np.uint64:
    """Return marks on the bytes that are the same in both."""
    other = word ^ pattern
    return np.uint64(~(((other & _OTHERS) + _OTHERS) | other) & MARKS)


@compiled
def below(word: np.uint64, byte: np.uint64) -> np.uint64:
    """Return marks on the bytes of ASCII that are less than one of ASCII.

    Args:
        word: Any bytes; those beyond ASCII are taken without their highest bit.
        byte: The one to compare with, eight times.
    """
    return np.uint64(~((word & _OTHERS) + (MARKS - byte)) & MARKS)


@compiled
def bits_of(marks: np.uint64) -> np.uint8:
    """Return a bit for each byte that is marked, the first one lowest."""
    return np.uint8(((marks >> _SEVEN) * _TOGETHER) >> _MOST)


@compiled
def before(marks: np.uint64) -> int:
    """Return how many bytes stand before the first mark; 8 without any."""
    if marks == NOTHING:
        return 8
    lowest = marks & (NOTHING - marks)
    return int(np.int64(((lowest >> _SEVEN) * _EXPONENTS) >> _MOST))


@compiled
def kept(word: np.uint64, count: int) -> np.uint64:
    """Return the first bytes of a word, so many of them, and zeros behind."""
    if count >= EIGHT:
        return word
    return np.uint64(word & ((ONE << np.uint64(count << 3)) - ONE))


def in_eights(lines: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return bytes in numbers of eight, with 64 blanks or more behind."""
    numbers = np.full(len(lines) // EIGHT + 10, _BLANKS, "<u8")
    numbers.view(np.uint8)[: len(lines)] = lines
    return numbers
