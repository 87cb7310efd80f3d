"""The sources in the browser: what was read, where facts are from, forgetting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contributions import MIRA, NOTE
from handed_in import keep_mail, mailed, open_desk, open_requests, write_archive
from vorzimmer.desk import Desk
from vorzimmer.importers import all_sources
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import Action, Skipped, say
from web_client import Client, client_of

NASTY = '<img src=x onerror="x">'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        reason = say("The line is longer than {most} bytes.", most=9)
        row = Skipped(f"{NASTY}.eml", 3, reason)
        mail = mailed(headline="Azubi", profile_url=MIRA)
        keep_mail(opened, replace(mail, skipped=(row,)), f"home {NASTY}")
        opened.import_from(write_archive(tmp_path / "archive", note=NOTE))
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def number(desk: Desk, kind: str) -> str:
    return str(next(e.id for e in desk.sources.read() if e.kinds == (kind,)))


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_source_says_what_it_brings_and_how_to_get_it(
    client: Client, language: str
) -> None:
    page = client.get("/sources", **{"accept-language": language}).text
    used, unused = page.split('<section class="card source more"')
    read = {"linkedin_archive", "imap"}
    for name in all_sources():
        if name in read:
            assert f'<section class="card source" id="{name}"' in used
        else:
            assert f'<details class="way" id="{name}"' in unused
    assert page.count("<ol>") == len(all_sources())
    assert ("Zuletzt gelesen am" if language == "de" else "Last read on") in page
    assert "<code>vorzimmer import archive.zip</code>" in page
    assert NASTY not in page
    assert "&lt;img" in page


def test_what_was_skipped_and_why_stands_with_its_source(client: Client) -> None:
    page = client.get("/sources").text
    of_mailbox = page[page.index('id="imap"') :].partition("</section>")[0]
    assert "1 row skipped" in of_mailbox or "one row skipped" in of_mailbox
    assert "The line is longer than" in of_mailbox


def test_what_goes_is_said_before_it_goes(client: Client, desk: Desk) -> None:
    desk.decide(open_requests(desk)["Ole Kruse-Tietz"].id, Action.ACCEPT)
    archive = number(desk, "linkedin_archive")
    page = client.get(f"/sources/forget?number={archive}").text
    assert "0 requests that no other source tells of" in page
    assert "one request with these, though no other source tells of it" in page
    assert "one request that others tell of, too" in page
    assert len(desk.sources.read()) == 2
    answer = client.post("/sources/forget", number=archive)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources")
    shown = client.get("/sources").text
    assert "These requests stay, because you decided" in shown
    assert len(desk.decided()) == 1


@pytest.mark.parametrize("path", ["/sources/forget?number=99", "/sources/forget"])
def test_a_source_that_there_is_not_cannot_be_forgotten(
    client: Client, path: str
) -> None:
    assert client.get(path).status_code in {404, 422}
    assert client.post("/sources/forget", number="99").status_code == 404


def test_forgetting_needs_the_token(client: Client, desk: Desk) -> None:
    archive = number(desk, "linkedin_archive")
    answer = client.post("/sources/forget", csrf="no", number=archive)
    assert answer.status_code == 403
    assert len(desk.sources.read()) == 2


def test_a_request_says_where_its_facts_come_from(client: Client, desk: Desk) -> None:
    keep_mail(desk, mailed("m2", profile_url=MIRA), "work")
    mira = open_requests(desk)["Mira Sondermann"].id
    page = client.get(f"/?id={mira}").text
    folded = page[page.index('<details class="origins"') :].partition("</details>")[0]
    assert "Where this comes from" in folded
    assert "sources differ" in folded
    assert "does not count" in folded
    assert "LinkedIn: your data archive" in folded
    assert NASTY not in page
    client.post("/fact", id=mira, fact="contacts_count", value="312")
    page = client.get(f"/?id={mira}", **{"accept-language": "de"}).text
    assert "von Ihnen eingetragen" in page
    assert "Woher das kommt" in page


def test_a_mailbox_can_be_read_again_from_the_page(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Mailbox(name="home", host="127.0.0.1", user="ida", port=9)
    desk.settings = replace(desk.settings, mailboxes={"home": box})
    page = client.get("/sources").text
    assert '<details class="way" id="imap_sent"' in page
    assert "Read now: home (INBOX)" in page.partition("More ways in")[0]
    monkeypatch.setenv(box.variable, "a password")
    answer = client.post("/sources/again", kind="imap", name="home")
    assert (answer.status_code, answer.headers["location"]) == (303, "/import")
    client.app.state.office.imports.wait(20)
    page = client.get("/import").text
    told = re.sub(r"<[^>]+>", "", page)
    assert "Not read: home (INBOX)" in told
    assert "127.0.0.1" in told
    assert "a password" not in told
    assert ('type="file"' in page, 'href="/sources"' in page) == (False, True)
    client.post("/import/again")
    assert 'type="file"' in client.get("/import").text


def test_a_reading_without_news_says_so(client: Client) -> None:
    imports = client.app.state.office.imports
    assert imports.start_reading(lambda **_: None, name="home")
    imports.wait(5)
    assert "Nothing new there" in client.get("/import").text


def test_what_there_is_not_cannot_be_read_again(client: Client) -> None:
    answer = client.post("/sources/again", kind="imap", name="gone")
    assert answer.status_code == 404
