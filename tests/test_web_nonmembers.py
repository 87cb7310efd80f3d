"""The page for people who are no members: advice, letters, one click after a click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from network_mails import SERVER, raw, samples
from vorzimmer.settings import MailSettings
from vorzimmer.web import nonmember_pages
from web_client import Client, client_of, open_desk

ADDRESS = "https://www.linkedin.com/e/v2?e=SECRET&t=lun"
GUEST = raw(samples()["linkedin-guest_de"])


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with open_desk(tmp_path) as desk:
        yield client_of(desk).enter()


def asked(client: Client, content: bytes) -> httpx.Response:
    return client.send(
        "POST",
        "/non-members",
        data={"csrf": client.token},
        files={"mail": ("invitation.eml", content)},
    )


def page_of(client: Client, content: bytes) -> str:
    return client.get(asked(client, content).headers["location"]).text


def test_the_page_asks_for_a_mail(client: Client) -> None:
    page = client.get("/non-members", accept_language="de").text
    assert "Eingeladen, aber kein Mitglied?" in page


def test_a_mail_gets_advice_and_letters(client: Client) -> None:
    page = page_of(client, GUEST)
    assert "who is no member of LinkedIn" in page
    assert "Never type the password of your mailbox" in page
    assert "Art. 21" in page
    assert 'id="letter-access-de"' in page


def test_the_source_can_be_pasted(client: Client) -> None:
    location = client.post("/non-members", source=GUEST.decode("latin-1"))
    page = client.get(location.headers["location"]).text
    assert "who is no member of LinkedIn" in page


def test_no_address_of_the_mail_is_a_link(client: Client) -> None:
    targets = re.findall(r'href="([^"]*)"', page_of(client, GUEST))
    assert all(each.startswith(("/", "#")) for each in targets)


@pytest.mark.parametrize("content", [b"Hallo", b"\x00\xff" * 500, b"From: a@b\n\nx"])
def test_another_mail_is_said_to_be_none_of_a_network(
    client: Client, content: bytes
) -> None:
    assert "This is no mail of LinkedIn or XING." in page_of(client, content)


def test_nothing_at_all_is_asked_for_again(client: Client) -> None:
    answer = client.post("/non-members", source="  ")
    assert answer.status_code == 422
    assert "Please choose a mail first" in answer.text


def test_a_mail_that_is_gone_is_asked_for_again(client: Client) -> None:
    answer = client.get("/non-members?mail=long-ago")
    assert answer.status_code == 404
    assert "not kept any more" in answer.text


def test_what_is_far_too_large_is_refused(client: Client) -> None:
    answer = asked(client, b"x" * (nonmember_pages.LONGEST_FORM + 1))
    assert answer.status_code == 413


def test_one_click_is_sent_only_after_a_click_and_only_where_it_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(nonmember_pages, "unsubscribe", sent.append)
    with open_desk(tmp_path) as desk:
        client = client_of(desk).enter()
        unproven = asked(client, GUEST).headers["location"].rpartition("=")[2]
        assert client.post("/non-members/stop", mail=unproven).status_code == 400
        trusting = MailSettings(trusted_servers=SERVER)
        desk.settings = replace(desk.settings, mail=trusting)
        location = asked(client, GUEST).headers["location"]
        assert "Unsubscribe now, with one click" in client.get(location).text
        assert not sent
        done = client.post("/non-members/stop", mail=location.rpartition("=")[2])
    assert "Done: you are unsubscribed." in done.text
    assert sent == [ADDRESS]
