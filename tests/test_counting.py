"""Long notes are counted by the loops as by the plain reference."""

from __future__ import annotations

from array import array

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.classifier import shipped_roles
from vorzimmer.kernels import counting, ngrams, plain_counting
from vorzimmer.kernels.masking import role_table
from vorzimmer.kernels.plain_counting import COUNTS_AS, LONG, ONCE
from vorzimmer.kernels.plain_ngrams import BUCKETS, OF_WORDS, SIZE_OF_WORDS

ROLES = shipped_roles()
TABLE = role_table(ROLES)
WEIGHTS = array("b", ((n * 2654435761 >> 13) % 255 - 127 for n in range(BUCKETS)))
STORE = ngrams.store_for(np.array([0, 10_000]))
WORDS = "und und und wir bieten https://a.example 12.10. frau müller, {name} 👍"
EACH = WORDS.split()
LONG_NOTES = st.lists(st.sampled_from(EACH) | st.text("abü!", max_size=5)).map(
    lambda words: " ".join([*words, *EACH * 12, *words]).encode()
)
NOTES = LONG_NOTES | st.lists(st.sampled_from(EACH)).map(
    lambda ws: " ".join(ws).encode()
)


def count(lines: list[bytes]) -> list[list[int]]:
    found = counting.count_up(
        *ngrams.joined(lines), TABLE, np.frombuffer(WEIGHTS, np.int8), STORE
    )
    return [list(map(int, each)) for each in found.tolist()]


def plainly(line: bytes) -> list[int]:
    return list(plain_counting.count_up(line, ROLES, memoryview(WEIGHTS)))


@given(st.lists(NOTES, min_size=1, max_size=4))
def test_counts_are_those_of_the_reference(lines: list[bytes]) -> None:
    assert count(lines) == [plainly(line) for line in lines]


def test_only_long_notes_are_counted() -> None:
    line = b"abc " * (LONG // 4)
    assert count([line, line[:-1]])[1] == [0, 0]
    assert count([line])[0] != [0, 0]


def test_an_n_gram_counts_by_the_logarithm_of_how_often_it_stands_there() -> None:
    assert COUNTS_AS[1] == ONCE
    assert COUNTS_AS[8] == round(ONCE * (1 + np.log(8)))
    times = plain_counting.counted(b"ab ab ab", {})
    assert set(times.values()) == {3, 1}
    assert SIZE_OF_WORDS > 1
    assert {bucket >= OF_WORDS for bucket in times} == {True, False}


def test_more_often_than_is_told_apart_is_no_trouble() -> None:
    line = b"ab " * 2_000
    assert count([line]) == [plainly(line)]


@given(st.lists(NOTES, min_size=1, max_size=3))
def test_what_is_learned_from_is_what_is_counted(lines: list[bytes]) -> None:
    buckets, times, begins = counting.gather_counted(
        *ngrams.joined(lines), TABLE, STORE
    )
    for number, line in enumerate(lines):
        own = slice(begins[number], begins[number + 1])
        found = dict(zip(buckets[own].tolist(), times[own].tolist(), strict=True))
        assert found == dict(plain_counting.counted(line, ROLES))
