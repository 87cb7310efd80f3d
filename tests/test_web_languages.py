"""The page says in which language a note is, and lets the words be copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vorzimmer.desk import Desk
from web_client import client_of, line, open_desk

NOTE = "Merhaba Maren Hanım, sizinle bağlantı kurmak isterim, teşekkürler."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, [line("turkish", NOTE), line("short", "Hallo")]) as opened:
        yield opened


def page(desk: Desk, request_id: str, *, reads: str) -> str:
    desk.settings = replace(desk.settings, languages=reads)
    return client_of(desk).enter().get(f"/?id={request_id}").text


def test_a_note_in_a_language_that_one_does_not_list_can_be_copied(desk: Desk) -> None:
    shown = page(desk, "turkish", reads="de, en")
    assert "Written in Turkish, which you do not list." in shown
    assert 'data-copies="note-text"' in shown


def test_a_note_that_one_reads_only_names_its_language(desk: Desk) -> None:
    shown = page(desk, "turkish", reads="German, Türkçe")
    assert "Written in Turkish." in shown
    assert "data-copies" not in shown


def test_a_note_that_is_not_judged_by_its_words_says_so(desk: Desk) -> None:
    words = "Vorzimmer learned German and English"
    assert words in page(desk, "turkish", reads="German, Türkçe")
    assert words not in page(desk, "short", reads="de")


def test_where_nobody_listed_languages_nothing_is_said_of_reading(desk: Desk) -> None:
    assert "Written in Turkish." in page(desk, "turkish", reads="")


def test_of_a_note_too_short_to_tell_nothing_is_said(desk: Desk) -> None:
    assert "Written in" not in page(desk, "short", reads="de")


@pytest.mark.parametrize(
    ("reads", "words"),
    [("de, en", "Written in Turkish, which you do not list."), ("", "in Turkish.")],
)
def test_a_pasted_note_says_its_language_too(
    desk: Desk, reads: str, words: str
) -> None:
    desk.settings = replace(desk.settings, languages=reads)
    form = {"do": "screen", "name": "Emine Ak", "note": NOTE}
    assert words in client_of(desk).enter().post("/paste", step=False, **form).text
    assert "Written in" not in client_of(desk).enter().get("/paste").text
