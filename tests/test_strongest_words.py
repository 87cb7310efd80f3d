"""Words of many notes, found at once, are those of each note."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vorzimmer import strongest_words
from vorzimmer.classifier import load_classifier
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.kernels import aligning
from vorzimmer.kernels.ngrams import joined
from vorzimmer.model import Hit, Kind
from vorzimmer.note import NoteFacts, read_notes
from vorzimmer.strongest_words import spoken
from vorzimmer.text import normalise, original_span, simple_forms

PIECES = st.sampled_from(
    [
        "Hallo Katrin,", "wir steigern Ihren Umsatz", " ", "\n\n", "ß", "…", "ﬁ", "ñ",
        "u\u0308", "\u00ad", "“", "👍🏽", "Привет", "漢字", "Zum Treffen  am Montag",
        "Bitcoin", "https://bit.ly/x", "\ud800", "İ", "Wo wohnen Sie?", "Du Trottel!",
    ]
)  # fmt: skip
NOTES = st.lists(PIECES | st.text(max_size=3), max_size=8).map(" ".join)
LENGTHS = aligning.length_table(simple_forms())
CLASSIFIER = load_classifier()
CLASSIFIER.compile()


def read(texts: Sequence[str]) -> list[NoteFacts]:
    names = [("katrin",)] * len(texts)
    return read_notes(texts, shipped_phrasebook(), classifier=CLASSIFIER, names=names)


def said_of_each(notes: Sequence[NoteFacts], kind: Kind) -> list[tuple[int, Hit]]:
    hits = ((row, note.reads_like(kind)) for row, note in enumerate(notes))
    return [(row, hit) for row, hit in hits if hit is not None]


@settings(max_examples=150)
@given(st.lists(NOTES, max_size=5))
def test_what_many_notes_say_is_what_each_says(texts: list[str]) -> None:
    notes = read(texts)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(strongest_words, "_AT_ONCE", 2)
        found = spoken(notes)
        for kind in found:
            rows, hits = found[kind]
            assert list(zip(rows, hits, strict=True)) == said_of_each(notes, kind)
    assert found or all(note.likeness is None for note in notes)


@settings(max_examples=100)
@given(st.lists(NOTES, min_size=1, max_size=5))
def test_words_found_while_reading_are_those_found_later(texts: list[str]) -> None:
    later, at_once = (
        spoken(
            read_notes(texts, shipped_phrasebook(), classifier=reader, is_compiled=True)
        )
        for reader in (CLASSIFIER, CLASSIFIER.that_quotes)
    )
    assert later == at_once


def test_words_found_while_reading_are_not_looked_up_later() -> None:
    texts = ["Wir steigern Ihren Umsatz mit Software", "Jetzt Termin buchen!"]
    reader = CLASSIFIER.that_quotes
    notes = read_notes(texts, shipped_phrasebook(), classifier=reader, is_compiled=True)
    _, (first, second) = spoken(notes)[Kind.SOLICITATION]

    def strongest_in(_: Sequence[bytes], __: object) -> NDArray[np.int64]:
        pytest.fail("read once more")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reader, "strongest_in", strongest_in)
        assert first.quote
        assert second.quote


def test_the_notes_of_the_test_above_say_something() -> None:
    notes = read(["Wir steigern Ihren  Umsatz – jetzt Termin buchen!"])
    rows, (hit,) = spoken(notes)[Kind.SOLICITATION]
    assert rows == [0]
    assert hit.span is not None
    assert hit.quote == notes[0].text[slice(*hit.span)]


def test_nobody_waits_for_the_words_of_notes_far_away() -> None:
    notes = read(["Wir steigern Ihren Umsatz mit Software"] * 200)
    _, hits = spoken(notes)[Kind.SOLICITATION]
    asked: list[int] = []

    def strongest_in(lines: Sequence[bytes], _: object) -> NDArray[np.int64]:
        asked.append(len(lines))
        return np.array([[[0, 3]] * 16 for _ in lines])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CLASSIFIER, "strongest_in", strongest_in)
        assert [hits[number].quote for number in (150, 199)] == ["Wir", "Wir"]
    assert asked == [72]


@settings(max_examples=300)
@given(NOTES, st.data())
def test_words_stand_where_the_reference_finds_them(
    text: str, data: st.DataObject
) -> None:
    form = normalise(text)
    line = form.encode("utf-8", "surrogatepass")
    if not form:
        return
    start = data.draw(st.integers(0, len(form) - 1))
    end = data.draw(st.integers(start + 1, len(form)))
    span = [len(form[:at].encode("utf-8", "surrogatepass")) for at in (start, end)]
    found = aligning.original_spans(
        *joined([text.encode("utf-8", "surrogatepass")]),
        *joined([line]),
        np.array([[span]]),
        LENGTHS,
    ).tolist()
    # Nothing is left to the reference.
    if found != [[[0, 0]]]:
        assert tuple(found[0][0]) == original_span(text, start, end)
    elif "  " not in text and text.isascii() and text.isprintable():
        assert " " in (form[start], form[end - 1])
