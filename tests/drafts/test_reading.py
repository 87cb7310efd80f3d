"""How salutation, sentences and language of a draft are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.drafts import check
from vorzimmer.drafts.earlier import is_like, sketch_of
from vorzimmer.drafts.reading import language_of, sentences_of
from vorzimmer.drafts.salutation import salutation_of


@pytest.mark.parametrize(
    ("text", "form", "titles", "names"),
    [
        ("Sehr geehrte Frau Dr. Brandt, ich", "frau", ["Dr."], ["Brandt"]),
        ("Guten Tag Herr Prof. Dr. Reimers,", "herr", ["Prof.", "Dr."], ["Reimers"]),
        ("Hallo Katrin! Ich", "", [], ["Katrin"]),
        ("Dear Ms. Okafor, I", "frau", [], ["Okafor"]),
        ("Hi there, I", "", [], []),
        ("Good morning Mr O'Neill - I", "herr", [], ["O'Neill"]),
        ("Guten Tag, Frau Brandt! Ich", "frau", [], ["Brandt"]),
        ("Guten Tag, Frau Brandt hat mir geraten", "", [], []),
        ("Hallo Frau Brandt 😊 Ich", "frau", [], ["Brandt"]),
        ("Dear Ms van den Berg, I", "frau", [], ["Berg"]),
        ("Grüß Gott Herr DI Wallner, ich", "herr", ["DI"], ["Wallner"]),
        (
            "Sehr geehrte Frau Univ.-Prof. Öllinger,",
            "frau",
            ["Univ.-Prof."],
            ["Öllinger"],
        ),
        ("Sehr geehrte/r Frau/Herr Brandt,", "", [], ["Brandt"]),
        ("Lieber Herr Freund, danke", "herr", [], ["Freund"]),
        ("Liebe Freunde, danke", "", [], []),
    ],
)
def test_a_salutation_is_taken_apart(
    text: str, form: str, titles: list[str], names: list[str]
) -> None:
    read = salutation_of(text)
    assert read is not None
    assert read.form == form
    assert list(read.titles) == titles
    assert [each.text for each in read.names] == names
    assert all(text[slice(*each.span)] == each.text for each in read.names)


def test_a_gap_for_the_name_is_seen() -> None:
    read = salutation_of("Hallo {…}, danke")
    assert read is not None
    assert read.is_filled_later
    assert read.names == ()


def test_no_salutation_is_none() -> None:
    assert salutation_of("Toller Vortrag, danke!") is None


def test_the_name_alone_greets_its_owner_only() -> None:
    assert salutation_of("Katrin, danke!", "Katrin Brandt") is not None
    assert salutation_of("Katrin, danke!", "Jan Petersen") is None


def test_sentences_end_where_they_end() -> None:
    text = "Guten Tag Frau Dr. Brandt. Wie geht es? Zeile\nzwei"
    found = [each.text for each in sentences_of(text)]
    assert found == ["Guten Tag Frau Dr. Brandt.", "Wie geht es?", "Zeile", "zwei"]


@given(st.text(max_size=200))
def test_sentences_stand_where_they_say(text: str) -> None:
    for each in sentences_of(text):
        assert text[slice(*each.span)] == each.text


GREETED = st.builds(
    "{}{}{}".format,
    st.sampled_from(["Hallo", "Guten Tag, ", "Sehr geehrte/r ", "Hi, ", "Dear ", ""]),
    st.sampled_from(
        ["Frau ", "Herr/Frau ", "Ms. ", "Dr. ", "Univ.-Prof. ", "team ", ""]
    ),
    st.text(max_size=60),
)


@given(GREETED, st.sampled_from(["", "Dr. Katrin Brandt", "Nguyen Van An"]))
def test_of_any_greeting_names_stand_where_they_say(text: str, name: str) -> None:
    read = salutation_of(text, name)
    for each in read.names if read else ():
        assert text[slice(*each.span)] == each.text
        assert read is not None
        assert each.span[1] <= read.span[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ich habe eine Frage zu dem Lager", "de"),
        ("I have a question about your yard", "en"),
        ("Je suis dans le port et vous avez une question", "fr"),
        ("Moin", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_by_common_words(text: str, code: str) -> None:
    assert language_of(text) == code


def test_a_name_changed_is_the_same_text_and_another_text_is_not() -> None:
    text = "Guten Tag Frau Brandt, Ihr Lager in Bremen hat mir sehr gefallen."
    other = "Dear Ms Okafor, which scanner did you use when we met in Kiel in May?"
    assert is_like(sketch_of(text), sketch_of(text.replace("Brandt", "Sommer")))
    assert not is_like(sketch_of(text), sketch_of(other))
    assert not is_like(sketch_of("Danke!"), sketch_of("Danke!"))


def test_of_one_rule_only_a_few_places_are_shown() -> None:
    found = check("siehe www.example.org " * 50).findings
    assert sum(each.rule == "link_in_first_contact" for each in found) == 5
