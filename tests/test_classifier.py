"""The shipped text model: what it says, and what it must not learn from."""

from __future__ import annotations

import pytest

from vorzimmer.classifier import (
    hide,
    load_classifier,
    shipped_classifier,
    words_of_name,
)
from vorzimmer.kernels.plain_counting import LONG
from vorzimmer.model import Kind
from vorzimmer.text import normalise

TEXTS = {
    Kind.SOLICITATION: (
        "Wir unterstützen Mittelständler wie Sie bei der Einführung unserer Software"
        " und zeigen Ihnen gern in einer kostenlosen Demo, wie Sie Kosten sparen."
    ),
    Kind.RECRUITING: (
        "Für unseren Kunden, einen Maschinenbauer, suchen wir eine Leitung Einkauf."
        " Wäre ein Wechsel für Sie denkbar? Gern schicke ich das Stellenprofil."
    ),
    Kind.DANGER: (
        "Your account will be restricted. Verify your identity within 24 hours or"
        " your profile is deleted. I can double your crypto, write me on WhatsApp."
    ),
    Kind.ABUSE: "You are a pathetic idiot and everybody knows it, you fool.",
    Kind.COLLECTOR: (
        "I'm an open networker and accept every invitation. Let's grow our networks"
        " together, the more connections the better!"
    ),
    Kind.STANDARD: "I'd like to add you to my professional network on LinkedIn.",
    Kind.PERSONAL: (
        "Hallo Frau Brandt, wir saßen gestern auf der Tagung nebeneinander und haben"
        " über Ihre Frage zu den Ersatzteilen gesprochen. Hier ist der Name, den Sie"
        " wollten."
    ),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_clear_text_speaks_most_for_its_kind(kind: Kind) -> None:
    (likeness,) = shipped_classifier().read([normalise(TEXTS[kind])])
    assert likeness is not None
    assert max(likeness.points, key=lambda each: likeness.points[each]) is kind
    assert likeness.points[kind] > 0.7


@pytest.mark.parametrize("kind", TEXTS)
def test_the_words_that_speak_for_it_stand_in_the_text(kind: Kind) -> None:
    normal = normalise(TEXTS[kind])
    (likeness,) = shipped_classifier().read([normal])
    assert likeness is not None
    found = likeness.words_for(kind)
    assert found is not None
    assert 0 <= found[0] < found[1] <= len(normal)


@pytest.mark.parametrize("note", ["", " ", "\u200b"])
def test_nothing_is_said_of_a_note_without_words(note: str) -> None:
    assert shipped_classifier().read([normalise(note)]) == [None]


def test_long_notes_are_read_alike_by_plain_python_and_by_loops() -> None:
    texts = [
        normalise(" ".join([text] * 3) + f" nr {n}")
        for n, text in enumerate(
            [*TEXTS.values(), "Ganz gewöhnliche Prosa über den Garten. " * 30]
        )
    ]
    texts += [text[:90] for text in texts]
    plain, compiled = load_classifier(), load_classifier()
    compiled.compile()
    for some in (texts[:2], texts, texts[::-1]):
        expected = plain.read(some)
        for one, other in zip(compiled.read(some), expected, strict=True):
            assert one is not None
            assert other is not None
            assert (one.points, one.either) == (other.points, other.either)
    assert any(len(text.encode()) >= LONG for text in texts)


def test_the_model_knows_all_kinds_that_words_can_show() -> None:
    others = {Kind.KNOWN, Kind.UNVERIFIABLE}
    assert set(shipped_classifier().kinds) == set(Kind) - others


def test_known_names_are_hidden_letter_by_letter() -> None:
    names = words_of_name("Dr. Jörg Müller-Lüdenscheidt")
    note = normalise("Herr Müller und Jörg, kein Müllerei-Witz")
    hidden = hide(note, names)
    assert len(hidden) == len(note)
    assert "jörg" not in hidden
    assert "müllerei" in hidden


def test_a_name_changes_nothing() -> None:
    model = shipped_classifier()
    text = "{} war auch dabei, als wir gestern in Ulm gesprochen haben"
    read = model.read(
        [normalise(text.format(name)) for name in ("Yusuf", "Annika")],
        names=[("yusuf",), ("annika",)],
    )
    assert read[0] is not None
    assert read[1] is not None
    assert read[0].points == pytest.approx(read[1].points, abs=0.25)
