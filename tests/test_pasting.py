"""Pasting on the desk, on its page, and by command."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyperclip
import pytest

from command_line import CommandLine
from vorzimmer.desk import Desk
from vorzimmer.errors import PasteError
from vorzimmer.importers.paste import read as read_words
from vorzimmer.model import Channel, ContactRequest, Kind, Skipped
from vorzimmer.pasted.lines import MAX_CHARS
from vorzimmer.pasting import (
    Entry,
    PastingDesk,
    clean_profile,
    entry_of,
    request_of,
)
from web_client import Client, client_of, line, open_desk

CARD = """\
Ben Krull
Ben Krull
· 2nd
Helping founders book 20 calls | Outbound
Ida Holm and 3 others
5 Nov 2026
Hi Katrin, would you be open to a quick 15 minute call? https://rex.example.org/a?key=SECRET
Ignore
Accept
"""
KNOWN = line("anna", "Hallo Katrin, danke für das Gespräch!")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), [KNOWN]) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def count(desk: Desk) -> int:
    return desk.session().open_count


def test_what_is_only_screened_is_not_kept(desk: Desk) -> None:
    before = (count(desk), len(desk.imports()))
    card = desk.pasting.screen(entry_of(desk.pasting.read(CARD)))
    assert card.assessment.leading_kind is Kind.SOLICITATION
    assert (count(desk), len(desk.imports())) == before


def test_the_same_paste_twice_is_one_request(desk: Desk) -> None:
    entry = entry_of(desk.pasting.read(CARD))
    first = desk.pasting.keep(entry)
    now = count(desk)
    again = desk.pasting.keep(entry_of(desk.pasting.read(f"Home\nMe\n{CARD}")))
    assert (again.id, count(desk)) == (first.id, now)
    card = desk.card(first.id)
    assert card.request.sender.mutual_contacts_count == 4
    assert card.request.sent_at is not None
    assert card.request.sent_at.date() == date(2026, 11, 5)
    assert "SECRET" not in repr(card.request)
    assert desk.imports()[0].source == "paste"


def test_its_id_comes_from_network_person_and_note_alone() -> None:
    entry = Entry(name="Jana Ostermann", network="xing", note="Guten Tag")
    same = Entry(
        name="Dr. jana  ostermann",
        network="xing",
        note="guten  TAG",
        headline="Buyer",
        contacts_count=3,
        sent_on=date(2026, 1, 1),
    )
    others = [
        Entry(name="Jana Oster", network="xing", note="Guten Tag"),
        Entry(name="Jana Ostermann", network="linkedin", note="Guten Tag"),
        Entry(name="Jana Ostermann", network="xing", note="Guten Abend"),
    ]
    assert request_of(entry).id == request_of(same).id
    assert len({request_of(each).id for each in (entry, *others)}) == 4


def test_an_unknown_field_stays_unknown_and_no_word_is_no_word() -> None:
    request = request_of(Entry(name="Jana Ostermann"))
    assert request.note is None
    assert request.sender.headline is None
    assert request.channel is Channel.INVITATION_NOTE
    assert request_of(Entry(name="Jana Ostermann", note="")).note == ""


def test_no_token_in_a_headline_is_kept() -> None:
    headline = "Buyer, see https://shop.example.org/a?key=SECRET"
    request = request_of(Entry(name="Jana Ostermann", headline=headline))
    assert request.sender.headline == "Buyer, see https://shop.example.org/a"


def test_an_entry_without_name_and_note_is_refused() -> None:
    with pytest.raises(PasteError, match="neither a name nor a note"):
        request_of(Entry(headline="Buyer"))


def test_a_profile_address_is_kept_without_tokens() -> None:
    assert (
        clean_profile("de.linkedin.com/in/Jana-O?trk=SECRET#x")
        == "https://www.linkedin.com/in/jana-o"
    )
    with pytest.raises(PasteError, match="no address of a profile"):
        clean_profile("https://linkedin.com.example.org/in/jana")


def test_the_page_shows_what_it_understood_in_words(client: Client) -> None:
    page = client.post("/paste", do="read", text=CARD).text
    assert 'value="Ben Krull"' in page
    assert 'value="2026-11-05"' in page
    assert '<span id="s-name" class="sureness sure">clearly shown</span>' in page
    assert '<span id="s-company" class="sureness none">not shown</span>' in page
    assert "Shared contacts by name: Ida Holm" in page
    assert "SECRET" not in page


def test_the_form_screens_and_keeps_what_was_corrected(
    client: Client, desk: Desk
) -> None:
    form = {"name": "Bea Kroll", "contacts_count": "1.204", "note": "Moin!\r\nBea"}
    before = count(desk)
    shown = client.post("/paste", step=False, do="screen", **form)
    assert "nothing was kept" in shown.text
    assert 'value="Bea Kroll"' in shown.text
    assert count(desk) == before
    kept = client.post("/paste", step=False, do="keep", **form)
    assert (kept.status_code, count(desk)) == (303, before + 1)
    assert "Bea Kroll" in client.get(kept.headers["location"]).text
    request = desk.card(kept.headers["location"].partition("id=")[2]).request
    assert request.note == "Moin!\nBea"
    assert request.sender.contacts_count == 1204


def test_other_pages_go_on_while_a_paste_waits_for_the_desk(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store may be busy; only what runs beside the server may wait for it."""
    usual = PastingDesk.keep

    def keep(pasting: PastingDesk, entry: Entry) -> ContactRequest:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        return usual(pasting, entry)

    monkeypatch.setattr(PastingDesk, "keep", keep)
    assert client.post("/paste", do="keep", name="Ole Hansen").status_code == 303


def test_a_request_without_a_word_can_be_told(client: Client, desk: Desk) -> None:
    kept = client.post("/paste", do="keep", name="Ole Hansen", blank="on")
    assert desk.card(kept.headers["location"].partition("id=")[2]).request.note == ""


def test_by_hand_the_form_is_empty(client: Client) -> None:
    page = client.get("/paste?by=hand").text
    assert 'id="f-name" name="name" value=""' in page
    assert "sureness" not in page.partition("<main")[2]


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"do": "screen", "name": "A B", "contacts_count": "many"}, "whole number"),
        ({"do": "keep", "name": "A B", "sent_on": "soon"}, "choose a day"),
        ({"do": "keep", "headline": "Buyer"}, "neither a name nor a note"),
        ({"do": "keep", "name": "A", "profile_url": "x.example"}, "no address"),
        ({"do": "read", "text": "2\n3"}, "Nothing in it looks like"),
        ({"do": "read", "text": "a" * (MAX_CHARS + 1)}, "more than the 100"),
    ],
)
def test_what_cannot_be_is_told_beside_what_was_typed(
    client: Client, form: dict[str, str], why: str
) -> None:
    answer = client.post("/paste", step=False, **form)
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{form.get("name", "")}"' in answer.text or form["do"] == "read"


def test_a_megabyte_is_refused_before_it_is_read(client: Client) -> None:
    assert client.post("/paste", do="read", text="ü" * 1_000_000).status_code == 413


def test_marks_in_a_paste_are_no_marks_of_the_page(client: Client) -> None:
    text = 'Jana <script>alert(1)</script>\n• 2nd\n"><img src=x>\nAccept'
    page = client.post("/paste", do="read", text=text).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def test_the_command_prints_what_it_understood(run: CommandLine) -> None:
    shown = run("paste", "-", given=CARD)
    assert shown.exit_code == 0
    assert "Ben Krull" in shown.stdout
    assert "clearly shown" in shown.stdout
    assert "1 request" in shown.stdout
    assert not run.database.exists()


def test_the_command_keeps_only_if_wished(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "pasted.txt"
    file.write_text(CARD, "utf-8")
    kept = json.loads(run("paste", str(file), "--json", "--keep").stdout)
    assert kept["understood"]["name"] == {
        "value": "Ben Krull",
        "sure": 0.98,
        "sureness": "sure",
    }
    assert kept["understood"]["company"] is None
    again = run("paste", str(file), "--keep").stdout
    assert f"Kept as request {kept['answer']['id']}" in again
    assert "SECRET" not in run.database.read_bytes().decode("latin-1")


def test_without_a_file_it_is_the_clipboard(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyperclip, "paste", lambda: CARD)
    assert "Ben Krull" in run("paste").stdout


def refuses() -> str:
    raise pyperclip.PyperclipException


@pytest.mark.parametrize(
    ("clipboard", "why"),
    [(refuses, "cannot be read"), (lambda: " \n", "no text on the clipboard")],
)
def test_a_clipboard_without_text_is_told(
    run: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    clipboard: Callable[[], str],
    why: str,
) -> None:
    monkeypatch.setattr(pyperclip, "paste", clipboard)
    ended = run("paste")
    assert ended.exit_code == 1
    assert why in ended.stderr


def test_what_is_no_request_is_told(run: CommandLine) -> None:
    ended = run("paste", "-", given="12\n34\n")
    assert ended.exit_code == 1
    assert "neither a name nor a note" in ended.stderr
    assert run("paste", "missing.txt").exit_code == 1


def test_the_importer_yields_the_request_or_says_why_there_is_none() -> None:
    (found,) = read_words(CARD)
    assert isinstance(found, ContactRequest)
    assert found.sender.name == "Ben Krull"
    (skipped,) = read_words(" \n ")
    assert isinstance(skipped, Skipped)
    assert str(skipped.reason) == "There is neither a name nor a note in it."


def test_what_is_pasted_stands_among_the_sources(desk: Desk) -> None:
    desk.pasting.keep(Entry(name="Ida Holm", note="Moin", network="xing"))
    (source,) = [each for each in desk.sources.read() if each.kinds == ("paste",)]
    assert source.requests > 0
    page = client_of(desk).enter().get("/sources").text
    assert "Words that you copy or type" in page
    assert 'href="/paste"' in page
