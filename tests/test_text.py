"""The normal form of notes, and the way back to the words as written."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.text import (
    _places_by_cluster,
    normalise,
    original_span,
    simple_forms,
    words,
)

# What makes trouble: letters that grow when folded, marks in any order, fillers.
_TROUBLE = (
    "aZé ßẞﬁŉǰİıſ¨´`΅ΐΣςﷺ가\u1100\u1161\u11a8ｶﾞか\u3099½①™Å👩\u200d👧🏽\ufe0f"
    "\u0301\u0308\u0323\u0345\u0344\u093c\u0958\u05b0\u05b4\u200b\u00ad\u2060\u034f"
    "\u115f\u00a0\u3000\t\r\n\x1c\x85\x00\udc80„“‘’—−"
)
NOTES = st.text(st.one_of(st.sampled_from(_TROUBLE), st.characters()), max_size=24)


@pytest.mark.parametrize(
    ("note", "normal"),
    [
        ("  Hallo\r\n\r\nFrau\tBrandt ", "hallo frau brandt"),
        ("GRÜẞE aus der Straße", "grüsse aus der strasse"),
        ("Gru\u0308ße", "grüsse"),
        ("eﬀizient und ﬂott", "effizient und flott"),
        ("Syn\u00ader\u200bgien", "synergien"),
        ("I’d like", "i'd like"),
        ("I`d like", "i'd like"),
        ("„Ich suche“ – «Ich biete»", '"ich suche" - "ich biete"'),
        ("ＶＩＰ　１０％", "vip 10%"),
        ("𝗙𝗿𝗲𝗲 𝘤𝘢𝘭𝘭", "free call"),
        ("👋🏽\ufe0f Hi", "👋🏽\ufe0f hi"),
        ("\u200b\u2060", ""),
        ("ΟΔΟΣ", "οδοσ"),
        ("ǰ", "ǰ"),
        ("", ""),
    ],
)
def test_known_notes_have_their_normal_form(note: str, normal: str) -> None:
    assert normalise(note) == normal


@given(NOTES)
def test_a_normal_form_is_its_own_normal_form(note: str) -> None:
    assert normalise(normalise(note)) == normalise(note)


@given(NOTES)
def test_a_normal_form_has_single_blanks_and_no_ends(note: str) -> None:
    assert normalise(note) == " ".join(normalise(note).split())


@given(NOTES, st.data())
def test_a_span_holds_the_words_that_were_found(note: str, data: st.DataObject) -> None:
    normal = normalise(note)
    start = data.draw(st.integers(0, len(normal)))
    end = data.draw(st.integers(start, len(normal)))
    span = original_span(note, start, end)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(note)
        assert normal[start:end].strip() in normalise(note[span[0] : span[1]])


@given(st.text("abc ßäÉﬁ\n,.!“’", min_size=1, max_size=40), st.data())
def test_every_slice_of_a_note_in_latin_writing_is_found_again(
    note: str, data: st.DataObject
) -> None:
    normal = normalise(note)
    end = data.draw(st.integers(0, len(normal)))
    start = data.draw(st.integers(0, end))
    if start < end:
        assert original_span(note, start, end) is not None
    else:
        assert original_span(note, start, end) is None


@pytest.mark.parametrize(
    ("note", "found", "written"),
    [
        ("Viele Grüße, Tim", "grüsse", "Grüße"),
        ("Das ist  \n  großartig!", "ist grossartig", "ist  \n  großartig"),
        ("eine oﬃzielle Anfrage", "offizielle", "oﬃzielle"),
        ("Scho\u0308ne Gru\u0308ße", "schöne", "Scho\u0308ne"),
        ("Syn\u00ader\u200bgien nutzen", "synergien", "Syn\u00ader\u200bgien"),
        ("👋 Hallo 👩\u200d👧 Katrin", "katrin", "Katrin"),
        ("‘So’ – sagt sie", "'so' - sagt", "‘So’ – sagt"),
        ("ＶＩＰ Zugang", "vip", "ＶＩＰ"),
    ],
)
def test_a_quote_shows_the_words_as_written(
    note: str, found: str, written: str
) -> None:
    start = normalise(note).index(found)
    span = original_span(note, start, start + len(found))
    assert span is not None
    assert note[span[0] : span[1]] == written


def test_half_a_sharp_s_is_shown_whole() -> None:
    assert original_span("Fuß", 2, 3) == (2, 3)
    assert normalise("Fuß")[2:3] == "s"


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (0, 99), (6, 7)])
def test_a_slice_outside_the_note_stands_nowhere(span: tuple[int, int]) -> None:
    assert original_span("Hallo ", *span) is None


@pytest.mark.parametrize(
    "piece",
    ["a\u0301\u0323" * 5 + "\u0323\u0301" * 45, "\u200b", " a", "ß", "\u1100", "`"],
)
def test_a_long_note_is_no_trap(piece: str) -> None:
    note = (piece * 20_000)[:20_000]
    before = process_time()
    original_span(note, 0, 3)
    # Some hundredths of a second; a quadratic way takes many seconds.
    assert process_time() - before < 1.0


def test_thousands_of_marks_on_one_letter_are_cut() -> None:
    before = process_time()
    normal = normalise("a" + "\u0301\u0323" * 10_000 + " b")
    assert process_time() - before < 0.2
    assert len(normal) < 50
    assert normal.endswith(" b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hallo, Frau Brandt!", ["hallo", "frau", "brandt"]),
        ("3-fach; snake_case & ÄÖ", ["3", "fach", "snake", "case", "äö"]),
        ("👋 …", []),
    ],
)
def test_words_are_folded_and_in_order(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(
    st.text(
        st.one_of(
            st.sampled_from(_TROUBLE),
            st.characters(codec="cp1252"),
            st.sampled_from(sorted(simple_forms())),
            st.sampled_from("  \n abc"),
        ),
        max_size=24,
    ),
    st.data(),
)
def test_the_quick_way_back_leads_where_the_slow_one_does(
    note: str, data: st.DataObject
) -> None:
    normal = normalise(note)
    start = data.draw(st.integers(0, len(normal)))
    end = data.draw(st.integers(start, len(normal)))
    if " " not in (normal[start : start + 1], normal[end - 1 : end]):
        quick = original_span(note, start, end)
        assert quick == _slow_span(note, start, end)


def _slow_span(note: str, start: int, end: int) -> tuple[int, int] | None:
    places = _places_by_cluster(note)
    if start >= end or places is None or end > len(places):
        return None
    return places[start][0], places[end - 1][1]


@given(
    st.text(st.sampled_from(sorted(simple_forms())), max_size=12)
    | st.text("ǰİßŉſΣ¨'`´“ a", max_size=12)
)
def test_simple_characters_have_their_form_wherever_they_stand(note: str) -> None:
    forms = simple_forms()
    if all(sign in forms for sign in note):
        assert normalise(note) == " ".join(
            "".join(forms[sign] for sign in note).split()
        )
