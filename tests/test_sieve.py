"""Many notes are searched for few phrases each, and none is missed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.kernels import sieve
from vorzimmer.kernels.masking import Bytes, Numbers
from vorzimmer.kernels.plain_sieve import MOST_GROUPS, Sieve, fits, new_sieve
from vorzimmer.kernels.plain_sieve import sift as plainly_sifted
from vorzimmer.many_phrases import find_phrases
from vorzimmer.phrases import Phrase, Phrasebook, groups_of, search_form
from vorzimmer.text import normalise

NOTES = Path(__file__).parent.parent / "training" / "notes"
GREETINGS = ["guten", "tag", "schoene", "gruesse", "ich", "morgen"]
WORDS = [*GREETINGS, "biete", "ihnen", "euro", "я", "€", "10"]
PHRASES = [
    Phrase("greeting", "de", "guten tag", 1.0, "test"),
    Phrase("greeting", "de", "(schöne|liebe) grüsse", 1.0, "test"),
    Phrase("offer", "de", r"biete (\w+ ){0,2}(\d+|euro)", 1.0, "test"),
    Phrase("offer", "ru", "я €", 1.0, "test"),
    Phrase("any", "", r"\d\d", 1.0, "test"),
]


def in_columns(texts: list[str]) -> tuple[Bytes, Numbers, list[bytes]]:
    """Return texts as the loops take them, and their search forms."""
    lines = [search_form(normalise(text)) for text in texts]
    starts = np.ones(len(lines) + 1, np.int64)
    starts[1:] += np.cumsum([len(line) + 1 for line in lines], dtype=np.int64)
    whole = b"\n" + b"".join(line + b"\n" for line in lines)
    return np.frombuffer(whole, np.uint8), starts, lines


@cache
def small_book() -> Phrasebook:
    return Phrasebook(PHRASES)


@cache
def our_notes() -> list[str]:
    """Return every twentieth of our own notes."""
    files = sorted(NOTES.glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines[::20]]


def test_no_phrase_is_missed_in_our_own_notes() -> None:
    lines, starts, _ = in_columns(our_notes())
    book = shipped_phrasebook()
    expected = book.scan([normalise(note) for note in our_notes()])
    assert find_phrases(lines, starts, book) == expected
    assert sum(map(bool, expected)) > 100


def test_most_notes_are_spared_most_phrases() -> None:
    lines, starts, _ = in_columns(our_notes())
    book = shipped_phrasebook()
    groups = sieve.sift(lines, starts, book.sieve)
    searched = sum(int(each).bit_count() for each in groups)
    assert searched < 0.05 * len(groups) * book.groups


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)))
def test_sifting_by_loops_is_sifting(texts: list[str]) -> None:
    lines, starts, plain = in_columns(texts)
    own = small_book().sieve
    assert sieve.sift(lines, starts, own).tolist() == plainly_sifted(plain, own)
    assert find_phrases(lines, starts, small_book()) == small_book().scan(
        [normalise(text) for text in texts]
    )


def test_our_own_notes_are_sifted_alike() -> None:
    lines, starts, plain = in_columns(our_notes()[::8])
    own = shipped_phrasebook().sieve
    assert sieve.sift(lines, starts, own).tolist() == plainly_sifted(plain, own)


def test_what_a_note_long_before_had_is_forgotten() -> None:
    texts = ["я", *["morgen"] * 254, "€", "я €"]
    lines, starts, plain = in_columns(texts)
    own = small_book().sieve
    found = sieve.sift(lines, starts, own).tolist()
    assert found == plainly_sifted(plain, own)
    assert found == [2] * 256 + [3]


def test_phrases_that_any_note_may_have_stand_in_a_group_of_their_own() -> None:
    assert groups_of(PHRASES) == [[0, 1, 2, 3], [4]]
    lines, starts, _ = in_columns(["nichts", "am 10."])
    assert sieve.sift(lines, starts, small_book().sieve).tolist() == [2, 2]
    assert find_phrases(lines, starts, small_book()) == [(), (4,)]


def test_however_many_phrases_there_are_each_group_has_a_bit() -> None:
    many = [Phrase("number", "", f"wort {n}", 1.0, "test") for n in range(5_000)]
    groups = groups_of(many)
    assert len(groups) <= MOST_GROUPS
    assert sorted(number for group in groups for number in group) == list(range(5_000))


def test_no_notes_and_no_phrases_are_no_trouble() -> None:
    lines, starts, _ = in_columns([])
    assert find_phrases(lines, starts, small_book()) == []
    lines, starts, _ = in_columns(["guten tag", ""])
    assert find_phrases(lines, starts, Phrasebook([])) == [(), ()]


@pytest.mark.parametrize("name", Sieve._fields)
def test_tables_that_do_not_belong_together_are_not_taken(name: str) -> None:
    own = new_sieve([[frozenset({"a"}), frozenset({"b"})], []], [[0], [1]])
    assert fits(own, wordings=2, groups=2)
    table = getattr(own, name)
    assert not fits(
        own._replace(**{name: table.astype(np.float64)}), wordings=2, groups=2
    )
    if name not in {"always", "hashes", "is_first"}:
        wrong = table.copy()
        wrong.flat[-1] = 1 << 20
        assert not fits(own._replace(**{name: wrong}), wordings=2, groups=2)


def test_tables_of_another_size_are_not_taken() -> None:
    own = new_sieve([[frozenset({"a"})]], [[0]])
    assert not fits(own, wordings=2, groups=1)
    assert not fits(own, wordings=1, groups=0)
    full = np.ones_like(own.hashes)
    assert not fits(own._replace(hashes=full), wordings=1, groups=1)
    assert not fits(own._replace(is_first=own.is_first[1:]), wordings=1, groups=1)
    assert not fits(own._replace(hashes=own.hashes[1:]), wordings=1, groups=1)
