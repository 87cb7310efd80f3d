"""A list of any length is read one element after the other."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.json_list import BrokenListError, elements

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def read(raw: bytes, *, longest: int = 200, first: int = 1) -> list[Any]:
    stream = io.BytesIO(raw)
    beginning = stream.read(first)
    return [
        json.loads(each) for each in elements(beginning, stream.read, longest=longest)
    ]


@given(st.lists(VALUES, max_size=20), st.integers(0, 3), st.booleans(), st.data())
def test_elements_are_those_of_the_whole_list(
    values: list[Any],
    indent: int,
    is_ascii: bool,  # noqa: FBT001 - Hypothesis gives it so
    data: st.DataObject,
) -> None:
    text = json.dumps(values, indent=indent or None, ensure_ascii=is_ascii)
    raw = f"{text}\n ".encode()
    first = data.draw(st.integers(1, len(raw)))
    longest = len(text)
    assert read(raw, longest=longest, first=first) == values


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (b"[", 1),
        (b"[1, 2", 3),
        (b"[1, 2, ]", 3),
        (b"[1 2]", 2),
        (b'[1, {"a": }]', 2),
        (b"[1, 2] 3", 3),
        (b'["' + b"x" * 300 + b'"]', 1),
        (b"[" * 100_000, 1),
    ],
)
def test_a_list_that_breaks_is_told_with_the_number(raw: bytes, number: int) -> None:
    with pytest.raises(BrokenListError) as caught:
        read(raw)
    assert caught.value.number == number


def test_blanks_between_elements_may_be_many() -> None:
    assert read(b"[1," + b" " * 5_000 + b"2]" + b"\n" * 5_000) == [1, 2]


def test_what_is_no_text_harms_its_element_alone() -> None:
    stream = io.BytesIO(b'"\xff", "a"]')
    assert list(elements(b"[", stream.read, longest=9)) == [b'"\xff"', b'"a"']


def test_no_more_is_held_than_a_few_of_the_longest_elements() -> None:
    asked: list[int] = []

    def endless(size: int) -> bytes:
        asked.append(size)
        return b'{"id": 1},' * (size // 10)

    rows = elements(b"[", endless, longest=100)
    assert [next(rows) for _ in range(1_000)] == [b'{"id": 1}'] * 1_000
    assert max(asked) <= 400
    assert sum(asked) < 11_000
