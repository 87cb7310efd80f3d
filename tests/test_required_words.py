"""No text with a wording is without the words that it is said to need."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.phrases import search_form, shipped_phrases
from vorzimmer.required_words import (
    Marks,
    Wording,
    commonness_among,
    marks_of,
    required_marks,
)

PHRASES = shipped_phrases()


def required(expression: str, *, begins: bool = True, ends: bool = True) -> list[Marks]:
    (found,) = required_marks([Wording(expression, begins=begins, ends=ends)])
    return found


def of(*words: str) -> set[Marks]:
    """Return one set of marks for each argument, told apart by ``|``."""
    return {frozenset(each.split("|")) for each in words}


@cache
def shipped() -> list[list[Marks]]:
    return required_marks([phrase.wording for phrase in PHRASES])


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("guten tag", of("guten", "tag", "guten tag")),
        ("(guten|schoenen) tag", of("guten|schoenen", "tag", "guten tag|schoenen tag")),
        (
            "gute[nr]? tag",
            of("gute|guten|guter", "tag", "gute tag|guten tag|guter tag"),
        ),
        ("sehr (gerne )?bald", of("sehr", "bald|gerne bald", "sehr bald|sehr gerne")),
        (r"ein (\w+ ){0,3}wort", of("ein", "wort")),
        (r"\d+ euro", of("euro")),
        (r"ein.{0,9}netz", set()),
        (r"ein .{0,9}netz", of("ein")),
        (r"(ab|bis) \w+|nie mehr", of("ab|bis|nie mehr")),
        (r"(ab \w+|.{3})", set()),
        ("e-?book", of("ebook|e book")),
        ("я", of("я")),
        (r"(geld|€) bitte", of("bitte", "geld|€")),
        ("", set()),
        ("(?=a)b", set()),
    ],
)
def test_what_a_wording_needs(expression: str, expected: set[Marks]) -> None:
    assert set(required(expression)) == expected


def test_a_word_that_may_be_part_of_a_longer_one_is_not_needed() -> None:
    assert required("netz werk", begins=False) == [frozenset({"werk"})]
    assert required("netz werk", ends=False) == [frozenset({"netz"})]
    assert required(r"netz\w* werk") == [frozenset({"werk"})]
    assert required("(netz|werk )?amt") == [frozenset({"amt", "netzamt", "werk amt"})]


def test_what_is_rare_is_asked_for_first() -> None:
    wordings = [Wording(f"{word} angebot", begins=True, ends=True) for word in "abc"]
    wordings.append(Wording("angebot (einer|keiner) zusage", begins=True, ends=True))
    assert required_marks(wordings)[-1][0] == {"einer zusage", "keiner zusage"}
    commonness = commonness_among(["ich bin", "ich war", "gewesen"])
    assert commonness("gewesen") < commonness("ich")
    assert commonness("ich bin") < commonness("bin")


def test_too_many_ways_to_write_something_are_not_told_one_by_one() -> None:
    letters = "(a|b|c|d|e|f|g|h)"
    assert required(letters * 4 + " ende") == [frozenset({"ende"})]


def test_every_shipped_wording_needs_something() -> None:
    # One that does not would be searched for in each note.
    assert [
        p.pattern for p, own in zip(PHRASES, shipped(), strict=True) if not own
    ] == []


@given(st.data())
def test_a_text_with_a_wording_has_what_it_needs(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(PHRASES) - 1))
    phrase = PHRASES[number]
    own = re.compile(phrase.wording.expression, re.ASCII)
    wording = data.draw(st.from_regex(own, fullmatch=True))
    around = st.text(alphabet="ab1_ -.,€я", max_size=5)
    text = search_form(data.draw(around) + wording + data.draw(around))
    if re.search(phrase.expression, text):
        marks = marks_of(text.decode())
        assert all(not marks.isdisjoint(each) for each in shipped()[number])
