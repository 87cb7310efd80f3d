"""Letters in the browser: the draft beside a request, and the templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from test_letters import LINES, OWN
from vorzimmer.desk import Desk
from vorzimmer.letters import LettersDesk
from vorzimmer.settings import LetterSettings
from vorzimmer.web.letter_pages import COPIED, KEPT
from web_client import Client, client_of, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, LINES) as opened:
        own = LetterSettings(folder=tmp_path / "letters")
        opened.letters = LettersDesk(
            replace(opened.settings, letters=own),
            opened._store,  # noqa: SLF001 - the settings of this test
            now=opened._now,  # noqa: SLF001 - the same
            card=opened.card,
            objection=opened.objection.of,
        )
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def test_a_draft_stands_beside_the_request(client: Client) -> None:
    client.post("/act", id="blank", action="ask")
    page = unescape(client.get("/?id=blank").text)
    assert '<textarea id="letter-words"' in page
    assert "Guten Tag Eva Lüders,\n\nvielen Dank für Ihre Anfrage." in page
    assert 'name="text_id" value="question-blank.de-sie"' in page
    assert "of 8,000" in page or "of 8000" in page
    assert 'data-most="200" data-counts="units"' in page


def test_another_template_is_one_choice_away(client: Client) -> None:
    at = "/letter?id=pitch&template=collector&manner=en"
    step = client.get(at, **{"hx-request": "true"}).text
    assert "<html" not in step
    assert "Thank you for your request" in step
    assert "<html" in client.get(at).text
    typed = client.get(f"{at}&template=introduction&person=Jonas+Falk").text
    assert "get in touch with Jonas Falk" in typed
    assert client.get("/letter?id=nobody").status_code == 404
    assert client.get("/letter?id=pitch&template=x").status_code == 404


def test_templates_are_called_as_the_page_speaks(client: Client) -> None:
    at = "/letter?id=pitch&template=collector&manner=en"
    page = client.get(at, accept_language="de").text
    assert "Thank you for your request" in page
    assert "Freundliche Absage" in page
    assert "Polite decline" not in page
    assert "Polite decline" in client.get(at).text


def test_a_version_is_kept_by_keeping_and_by_copying(
    client: Client, desk: Desk
) -> None:
    form = {"id": "blank", "template": "reply", "manner": "de-sie"}
    told = client.post("/letter", step=True, text="Mein Text", **form).text
    assert str(KEPT) in told
    assert "Mein Text</textarea>" in told
    told = client.post("/letter", step=True, text="Neu", how="copy", **form).text
    assert str(COPIED) in told
    assert [each.text for each in desk.letters.kept("blank")] == ["Neu", "Mein Text"]
    shown = client.post("/letter", step=False, text="Anders", how="show", **form).text
    assert "Neu</textarea>" in shown
    assert len(desk.letters.kept("blank")) == 2


def test_a_text_that_is_too_long_is_told_without_a_script(client: Client) -> None:
    form = {"id": "blank", "template": "reply", "manner": "de-sie"}
    page = client.post(
        "/letter", step=False, text="x" * 205, place="linkedin-note", **form
    ).text
    assert "Too long by 5 for this place" in page


def test_what_is_written_is_shown_as_text(client: Client) -> None:
    form = {"id": "blank", "template": "reply", "manner": "de-sie"}
    page = client.post("/letter", step=False, text="</textarea><b>x", **form).text
    assert "</textarea><b>" not in page
    assert "&lt;/textarea&gt;&lt;b&gt;x" in page


def test_all_templates_are_listed_in_each_manner(client: Client) -> None:
    page = unescape(client.get("/letters?manner=de-du").text)
    assert "Ausführliche Antwort an Kontaktsammler" in page
    assert "danke für deine Anfrage" in page
    assert "Polite decline" in client.get("/letters").text


def test_a_template_shows_where_its_words_come_from(client: Client) -> None:
    page = unescape(client.get("/letters/one?name=collector&manner=de-sie").text)
    assert "<code>contacts_count</code>" in page
    assert "mehr Menschen, als ich je kennen könnte" in page
    here = client.get("/letters/one?name=reply&manner=en&id=asker").text
    assert "For this request" in here
    assert "Hello" in here
    assert client.get("/letters/one?name=nothing").status_code == 404


def test_an_own_template_is_checked_previewed_and_saved(
    client: Client, desk: Desk
) -> None:
    form = {"name": "mine", "manner": "de-sie"}
    wrong = client.post(
        "/letters/one", step=False, text=OWN.replace("worum", "[worum]"), **form
    )
    assert wrong.status_code == 422
    assert "mine.de-sie.txt, line 7: A bracket" in unescape(wrong.text)
    assert "[worum] geht es?" in wrong.text
    seen = client.post("/letters/one", step=False, text=OWN, id="blank", **form)
    assert "Guten Tag Eva Lüders" in seen.text
    assert "mine" not in desk.letters.templates().names
    saved = client.post("/letters/one", step=False, text=OWN, how="save", **form)
    assert saved.status_code == 303
    page = client.get(saved.headers["location"]).text
    assert "Saved." in page
    assert "your own" in client.get("/letters?manner=de-sie").text


def test_a_mistake_in_a_file_is_told_on_the_page(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "bad.en.txt").write_text("no head", "utf-8")
    page = unescape(client.get("/letters").text)
    assert "bad.en.txt" in page
    assert "begins with a head" in page
