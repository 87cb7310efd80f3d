"""Notes cut into pieces: nothing is lost, nothing is live."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.links import find_links
from vorzimmer.model import Evidence, Kind
from vorzimmer.web.marked_note import (
    Exhibit,
    Piece,
    bare,
    cut,
    number_exhibits,
    visible,
)

NOTE = "Guten Tag! Mehr Leads in 90 Tagen: https://ads.example/neu?x=1 Gruß"


def found(
    start: int, end: int, kind: Kind = Kind.SOLICITATION, points: float = 1.0
) -> tuple[Kind, Evidence]:
    return kind, Evidence("a_signal", points, NOTE[start:end], (start, end))


def pieces(*evidence: tuple[Kind, Evidence], note: str = NOTE) -> tuple[Piece, ...]:
    return cut(note, number_exhibits(evidence, note))


marks = st.lists(
    st.builds(found, st.integers(-5, 80), st.integers(-5, 80), st.sampled_from(Kind))
)


# The first note of a run loads the list of public domains.
@settings(deadline=None)
@given(marks)
def test_no_letter_of_the_note_is_lost_however_marks_overlap(
    evidence: list[tuple[Kind, Evidence]],
) -> None:
    shown = "".join(piece.text for piece in pieces(*evidence))
    assert shown == NOTE.replace("?x=1", "…")


@settings(deadline=None)
@given(marks)
def test_each_number_in_the_note_ends_at_exactly_one_piece(
    evidence: list[tuple[Kind, Evidence]],
) -> None:
    exhibits = number_exhibits(evidence, NOTE)
    numbers = sorted(each.number for each in exhibits if each.number is not None)
    ends = sorted(
        each.number or 0 for piece in cut(NOTE, exhibits) for each in piece.ends
    )
    assert numbers == ends == list(range(1, len(numbers) + 1))


@given(st.text())
def test_what_is_shown_has_the_length_of_what_was_written(text: str) -> None:
    assert len(visible(text)) == len(text)


def test_evidence_is_numbered_in_the_order_of_reading() -> None:
    late, early = found(30, 33), found(0, 9, Kind.PERSONAL)
    assert [each.number for each in number_exhibits([late, early], NOTE)] == [2, 1]


def test_evidence_outside_the_note_has_no_number() -> None:
    fact = (Kind.COLLECTOR, Evidence("many", 1.0, "999 contacts"))
    beyond = found(60, 999)
    assert [each.number for each in number_exhibits([fact, beyond], NOTE)] == [
        None,
        None,
    ]


def test_where_findings_meet_the_gravest_gives_the_tone() -> None:
    shown = pieces(found(0, 20, Kind.PERSONAL), found(11, 20, Kind.DANGER))
    assert [(piece.text, piece.tone) for piece in shown[:2]] == [
        ("Guten Tag! ", "good"),
        ("Mehr Lead", "caution"),
    ]


def test_what_speaks_against_a_kind_is_told_apart() -> None:
    assert Exhibit(*found(0, 5, points=-1.0)).tone == "against"


def test_the_host_of_a_link_is_told_from_the_rest() -> None:
    parts = {(piece.link, piece.text) for piece in pieces() if piece.link}
    assert ("host", "ads.example") in parts
    assert ("link", "https://") in parts


def test_marks_that_turn_the_direction_of_writing_are_made_visible() -> None:
    assert visible("invoice\u202efdp.exe\x00") == "invoice␣fdp.exe␣"
    assert visible("Zeile\nZeile\tSpalte") == "Zeile\nZeile\tSpalte"


def test_an_empty_note_has_no_pieces() -> None:
    assert pieces(note="") == ()


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("https://a.example/b?c=d#e.", "https://a.example/b…."),
        ("www.a.example/b#e", "www.a.example/b…"),
        ("https://mia:geheim@a.example/b", "https://…@a.example/b"),
        ("https://linkedin.com@a.example/b", "https://linkedin.com@a.example/b"),
        ("Geht das? Ja, #eins!", "Geht das? Ja, #eins!"),
        ("a.example?x und b.example?y", "a.example… und b.example…"),
    ],
)
def test_what_may_log_somebody_in_is_not_shown(note: str, shown: str) -> None:
    assert "".join(piece.text for piece in pieces(note=note)) == shown


@given(st.text())
def test_a_text_without_links_is_shown_as_it_is(text: str) -> None:
    if not find_links(text):
        assert "".join(piece.text for piece in pieces(note=text)) == visible(text)


def test_of_a_quoted_link_the_password_goes_and_of_no_other_words() -> None:
    assert bare("mia:geheim@a.example") == "…@a.example"
    for words in ("E-Mail:mia@a.example, bitte", "um 12:30 @ Ulm", "mia@a.example"):
        assert bare(words) == words
