"""How to speak to somebody: language, Sie or du, and a salutation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.form_of_address import (
    Manner,
    closing,
    is_among_germans,
    manner_for,
    salutation,
    spoken_in,
)
from vorzimmer.model import Member, Person

SIE, DU, EN = Manner.SIE, Manner.DU, Manner.ENGLISH
DIGITS_AND_SIGNS = st.text('[]{}<>|0123456789🚀★\u202e\u200b,;()"„“%$ ', max_size=30)


@pytest.mark.parametrize(
    ("note", "manner", "words"),
    [
        ("Hallo Katrin, ich möchte dich gern in mein Netz holen", DU, "dich"),
        ("Guten Tag, ich würde mich gern mit Ihnen vernetzen", SIE, "Ihnen"),
        ("Wären Sie für ein Gespräch zu haben?", SIE, "Sie"),
        ("Sehr geehrte Frau Brandt, ich bitte um den Kontakt", SIE, "Sehr geehrte"),
        ("Moin Katrin, die Tagung war gut und ich bin gern dabei", DU, "Moin"),
        # Who lets slip a du among Sie means Sie, and the other way round.
        ("Ich danke Ihnen und Ihrem Team, du weißt ja: die Zeit", SIE, "Ihnen"),
        ("Ich hole dich ab und dein Rad auch, Ihr Rad und du", DU, "dich"),
        ("I would like to add you to my network", EN, ""),
    ],
)
def test_a_note_shows_how_it_speaks(note: str, manner: Manner, words: str) -> None:
    assert spoken_in(note).manner is manner
    assert spoken_in(note).words == words


@pytest.mark.parametrize("note", [None, "", "Bonjour Madame", "Netzwerk", "🚀🚀"])
def test_of_few_or_foreign_words_nothing_is_said(note: str | None) -> None:
    assert spoken_in(note).manner is None
    assert spoken_in(note).language is None


def test_they_at_the_beginning_of_a_sentence_is_not_the_reader() -> None:
    note = "Unsere Leute sind da. Sie haben mir das geschrieben, und ich war dabei."
    assert spoken_in(note).manner is None


def test_the_answer_follows_the_note_and_the_setting() -> None:
    note = "Ich möchte dich gern in mein Netz holen"
    assert manner_for(note) is DU
    assert manner_for(note, wish="formal") is SIE
    assert manner_for("Ich hätte gern den Kontakt", wish="familiar") is DU
    assert manner_for("Ich hätte gern den Kontakt") is SIE
    assert manner_for("I would like to connect with you", wish="familiar") is EN
    assert manner_for(None, language="en") is EN
    assert manner_for(None, language="de") is SIE


@pytest.mark.parametrize(
    ("name", "formal", "familiar", "english"),
    [
        ("Eva Lüders", "Guten Tag Eva Lüders", "Hallo Eva", "Hello Eva"),
        ("Dr. Eva Lüders", "Guten Tag Dr. Eva Lüders", "Hallo Eva", "Dear Dr Lüders"),
        (
            "Frau Dr. med. Eva Lüders",
            "Guten Tag Frau Dr. Lüders",
            "Hallo Eva",
            "Dear Dr Lüders",
        ),
        (
            "Mag. Anna Huber, MBA",
            "Guten Tag Mag. Anna Huber",
            "Hallo Anna",
            "Hello Anna",
        ),
        (
            "DI Josef Gruber",
            "Guten Tag Dipl.-Ing. Josef Gruber",
            "Hallo Josef",
            "Hello Josef",
        ),
        (
            "Univ.-Prof. Dr. Karin Weber",
            "Guten Tag Prof. Dr. Karin Weber",
            "Hallo Karin",
            "Dear Professor Weber",
        ),
        ("Ms. Jane Doe", "Guten Tag Frau Doe", "Hallo Jane", "Dear Ms Doe"),
        ("Herr Meier", "Guten Tag Herr Meier", "Hallo", "Dear Mr Meier"),
        (
            "ANNA-LENA MÜLLER",
            "Guten Tag Anna-Lena Müller",
            "Hallo Anna-Lena",
            "Hello Anna-Lena",
        ),
        ("Di Wu", "Guten Tag Di Wu", "Hallo Di", "Hello Di"),
        ("Anna L.", "Guten Tag", "Hallo Anna", "Hello Anna"),
        ("LinkedIn Member", "Guten Tag", "Hallo", "Hello"),
        ("None", "Guten Tag", "Hallo", "Hello"),
        ("", "Guten Tag", "Hallo", "Hello"),
    ],
)
def test_a_salutation_has_name_and_title_and_guesses_nothing(
    name: str, formal: str, familiar: str, english: str
) -> None:
    person = Person(name=name)
    assert salutation(person, SIE) == formal
    assert salutation(person, DU) == familiar
    assert salutation(person, EN) == english


def test_a_company_is_greeted_without_a_name() -> None:
    page = Person(name="Nord Verlag", profile_url="https://linkedin.com/company/nord")
    assert salutation(page, SIE) == "Guten Tag"


@given(name=DIGITS_AND_SIGNS, manner=st.sampled_from(Manner))
def test_signs_never_stand_in_a_salutation(name: str, manner: Manner) -> None:
    assert salutation(Person(name=name), manner) in {"Guten Tag", "Hallo", "Hello"}


def test_a_closing_ends_with_the_name_that_the_profile_has() -> None:
    member = Member(name="Clara Winter", first_name="Clara", last_name="Winter")
    assert closing(member, SIE) == "Freundliche Grüße\nClara Winter"
    assert closing(member, DU) == "Viele Grüße\nClara"
    assert closing(Member(), EN) == "Kind regards"


def test_german_is_written_where_it_is_spoken() -> None:
    vienna = Member(location="Wien, Österreich")
    assert is_among_germans(Person(), vienna, "linkedin")
    assert is_among_germans(Person(), Member(), "xing")
    assert is_among_germans(Person(country="at"), Member(), None)
    assert not is_among_germans(Person(country="FR"), vienna, "xing")
    assert not is_among_germans(Person(location="Leeds"), vienna, "linkedin")
    assert not is_among_germans(Person(), Member(), None)
