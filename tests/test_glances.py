"""A quick look at notes never misses what a signal finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import MEMBER
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.glances import GAP_SIGNS, MAY_HAVE_GAP, MAY_NAME, glance_at, own_names
from vorzimmer.lines import encoded, rows_with
from vorzimmer.model import ContactRequest, Member
from vorzimmer.note import NoteFacts, read_notes
from vorzimmer.signal import Context
from vorzimmer.signals.names_the_member import names_the_member
from vorzimmer.signals.unfilled_placeholder import unfilled_placeholder
from vorzimmer.text import normalise

WORDS = st.sampled_from(
    [
        "Hallo", "hi", "Sehr geehrte", "Frau", "Dr.", "Jörg", "joerg", "JORG", "Öztürk",
        "Oeztuerk,", "o'neil", "Marks", "marx!", "иван", "Ivan", "null", "undefined",
        "nan", "{name}", "[Name]", "Sehr geehrte Frau/Herr", "%name%", "#name?", "…",
        "2", "x2jörg", "guten_tag", "Tag",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=4), max_size=11).map(" ".join)
MEMBERS = [
    Member(first_name="Jörg", last_name="Öztürk"),
    Member(first_name="Иван", last_name="O'Neil"),
    Member(name="Alexandra Marks"),
    Member(),
]


@settings(max_examples=300)
@given(st.lists(TEXTS, max_size=3), st.sampled_from(MEMBERS))
def test_what_signals_find_was_seen(texts: list[str], member: Member) -> None:
    notes = read_notes(texts, shipped_phrasebook())
    seen = glance_at(encoded([note.normal for note in notes]), member)
    for note, mark in zip(notes, seen, strict=True):
        one = ContactRequest(id="1"), Context(member=member, note=note)
        assert mark & MAY_NAME or names_the_member.check(*one) is None
        assert mark & MAY_HAVE_GAP or unfilled_placeholder.check(*one) is None


@settings(max_examples=300)
@given(TEXTS, TEXTS, st.sampled_from(MEMBERS))
def test_a_salutation_is_the_same_whatever_follows_its_comma(
    greeting: str, message: str, member: Member
) -> None:
    # Behind a comma, beginnings that were met before are not read again.
    spans = set()
    for sign in (", ", ",", " , ", ",  "):
        (note,) = read_notes([f"{greeting}{sign}{message}"], shipped_phrasebook())
        with_comma = _named_at(note, member)
        (note,) = read_notes([note.text.replace(",", ";")], shipped_phrasebook())
        spans.add(with_comma == _named_at(note, member))
    assert spans == {True}


def _named_at(note: NoteFacts, member: Member) -> object:
    context = Context(member=member, note=note)
    hit = names_the_member.check(ContactRequest(id="1"), context)
    return hit and hit.span


@pytest.mark.parametrize(
    ("note", "seen"),
    [
        (f"Hallo {MEMBER.first_name}, wie geht es?", MAY_NAME),
        ("Hallo zusammen, wie geht es?", 0),
        ("a b c d e f g h " + MEMBER.first_name, 0),
        ("Hallo null", MAY_HAVE_GAP),
        ("50 % mehr", MAY_HAVE_GAP),
        ("", 0),
    ],
)
def test_a_glance_rules_most_notes_out(note: str, seen: int) -> None:
    assert glance_at(encoded([normalise(note)]), MEMBER) == [seen]


def test_words_of_the_member_are_folded_and_without_titles() -> None:
    assert own_names(Member(name="Dr. Jörg von Öztürk")) == {"jorg", "ozturk"}


@given(st.lists(st.text("aäB\n/{ ", max_size=6), max_size=5))
def test_rows_that_have_a_sign_are_found(texts: list[str]) -> None:
    signs = [*GAP_SIGNS, "äb"]
    rows = [
        row
        for row, text in enumerate(texts)
        if any(sign in text.casefold() for sign in signs)
    ]
    assert rows_with(texts, signs) == rows
