"""Eight bytes read at once say what each of them says alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.kernels.eights import (
    EIGHT,
    before,
    below,
    eight,
    eight_at,
    in_eights,
    kept,
    marked,
)

WORDS = st.binary(min_size=EIGHT, max_size=EIGHT)
ASCII = st.integers(0, 127)


def number(word: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(word, "little"))


def marks(word: np.uint64) -> list[bool]:
    return [byte == 0x80 for byte in int(word).to_bytes(EIGHT, "little")]


@given(WORDS, st.integers(0, 255))
def test_a_byte_is_marked_wherever_it_stands(word: bytes, byte: int) -> None:
    # What a compiled function returns to Python is a plain number.
    found = np.uint64(marked(number(word), eight(byte)))
    assert marks(found) == [each == byte for each in word]
    assert before(found) == (word.index(byte) if byte in word else EIGHT)


@given(WORDS, ASCII)
def test_lesser_bytes_are_marked(word: bytes, byte: int) -> None:
    found = below(number(word), eight(byte))
    assert marks(found) == [each & 0x7F < byte for each in word]


@given(WORDS, st.integers(1, 20))
def test_the_first_bytes_are_kept(word: bytes, count: int) -> None:
    assert kept(number(word), count) == number(word[:count].ljust(EIGHT, b"\0"))


@given(st.binary(max_size=40), st.data())
def test_bytes_are_read_from_any_place(line: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line)))
    numbers = in_eights(np.frombuffer(line, np.uint8))
    read = eight_at(at, numbers[at >> 3], numbers[(at >> 3) + 1])
    assert read == number((line + b" " * EIGHT)[at : at + EIGHT])
