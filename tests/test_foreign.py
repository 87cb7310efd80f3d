"""Of a note in a language that it never learned the text model says nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import WORDINGS, request, screening
from foreign_notes import FOREIGN_NOTES
from vorzimmer.classifier import Classifier, load_classifier, shipped_classifier
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.foreign import foreign
from vorzimmer.kernels import masking, ngrams
from vorzimmer.kernels.plain_familiar import is_strange
from vorzimmer.kernels.plain_ngrams import BUCKETS, COLUMNS
from vorzimmer.note import NoteFacts, read_notes

if TYPE_CHECKING:
    from vorzimmer.kernels.store import Store

LETTER = (
    "Guten Tag Frau Brandt, wir haben uns gestern auf der Tagung über Ihre Frage zu den"
    " Ersatzteilen unterhalten, und ich wollte Ihnen den Namen noch schicken."
)


@cache
def compiled() -> Classifier:
    return load_classifier()


@cache
def model() -> ngrams.Model:
    table = masking.role_table(shipped_classifier().roles)
    return ngrams.model_of(memoryview(bytes(BUCKETS * COLUMNS)), table)


@cache
def store() -> Store:
    return ngrams.store_for(np.array([0, 10_000]))


def strange(lines: list[bytes]) -> list[int]:
    found: list[int] = np.flatnonzero(
        ngrams.read(*ngrams.joined(lines), model(), store())[1]
    ).tolist()
    return found


def read(*notes: str) -> list[NoteFacts]:
    return read_notes(notes, shipped_phrasebook(), classifier=shipped_classifier())


@pytest.mark.parametrize("code", FOREIGN_NOTES)
def test_a_note_in_another_language_is_not_judged_by_its_words(code: str) -> None:
    notes = read(*FOREIGN_NOTES[code])
    assert [each.likeness for each in notes] == [None] * 10
    assert all(each.likeness_in_any_language for each in notes)


def test_many_notes_in_other_languages_are_not_judged_either() -> None:
    notes = [*sum(FOREIGN_NOTES.values(), ()), LETTER, "See you at the fair!", ""]
    facts = read_notes(
        notes, shipped_phrasebook(), classifier=compiled(), is_compiled=True
    )
    assert [each.text for each in facts if each.likeness] == notes[-3:-1]


@pytest.mark.parametrize(
    "note",
    [
        LETTER,
        "Moin! Klönschnack bi de Schüür, kümmst du ook?",
        "Grüezi Frau Brandt, händ Sie am Zyschtig Ziit für es Kafi?",
        "Servus, host du am Freitag Zeit für a Bier?",
        "hi, u free 4 call tmrw? cheers",
        "Hallo, ik wil graag Deutsch lernen, können Sie mir bitte dabei helfen?",
        "Zdravko",
        f"{LETTER} {FOREIGN_NOTES['fr'][0]}",
        f"{FOREIGN_NOTES['es'][0]} {LETTER}",
    ],
)
def test_dialect_slang_and_mixtures_are_judged(note: str) -> None:
    (facts,) = read(note)
    assert facts.likeness is not None


def test_only_strange_notes_are_asked_for_their_language() -> None:
    notes = [LETTER, *FOREIGN_NOTES["fr"]]
    assert foreign(notes, []) == []
    assert foreign(notes, [0, 3, 5]) == [3, 5]
    assert foreign(notes * 3, range(33)) == [
        *range(1, 11),
        *range(12, 22),
        *range(23, 33),
    ]


def test_a_harmless_french_note_has_no_evidence_of_the_text_model() -> None:
    asked = [request(note) for note in FOREIGN_NOTES["fr"]]
    for screened in screening().screen(asked):
        names = [signal.name for signal, _ in screened.found]
        assert not [name for name in names if name.startswith("note_reads_like")]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    *WORDINGS,
                    "bonjour",
                    "12",
                    "3d",
                    "ünï",
                    "\x01\x01",
                    "a.",
                    "de",
                    "12a",
                    "haben/und/wir/sind/qwx",
                    "qwx-und-qwx",
                ]
            )
            | st.text(max_size=6),
            max_size=12,
        ).map(" ".join),
        max_size=5,
    )
)
def test_the_loop_finds_what_the_reference_finds(notes: list[str]) -> None:
    lines = [note.lower().encode("utf-8", "replace") for note in notes]
    plain = [
        number
        for number, line in enumerate(lines)
        if is_strange(line, shipped_classifier().roles)
    ]
    assert strange(lines) == plain


def test_much_that_is_known_is_read_no_further() -> None:
    known = "haben Sie am Freitag um neun Uhr Zeit für mich".lower().encode()
    line = known + b" qwxyz" * 90
    assert not is_strange(line, shipped_classifier().roles)
    assert is_strange(line[len(known) // 2 :], shipped_classifier().roles)
    assert strange([line, b""]) == []
    assert strange([b"qwxyz", line]) == [0]
