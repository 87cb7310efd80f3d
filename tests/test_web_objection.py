"""The page of the objection kit, and where it is told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from clocked_desk import Clock
from repeated_advertising import AGAIN, PITCH, START, asked
from stores import empty_file
from vorzimmer.desk import Desk
from vorzimmer.intake import Intake
from vorzimmer.model import Action, Member
from vorzimmer.settings import Settings
from vorzimmer.store import Store
from vorzimmer.web.navigation import group_of
from web_client import Client, client_of

MEMBER = Member(name="Maren Thießen", location="Hamburg, Deutschland")


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = START + timedelta(days=1)
    return clock


@pytest.fixture
def client(tmp_path: Path, clock: Clock) -> Iterator[Client]:
    place = str(empty_file(tmp_path))
    with Desk(Settings(database=place), Store.open(place), now=clock) as desk:
        first = asked("first", PITCH + " <b>fett</b>")
        desk.keep(Intake(member=MEMBER, requests=(first,)), "first")
        desk.decide("first", Action.DECLINE)
        clock.sleep(days=30)
        second = asked("second", AGAIN, days=30)
        desk.keep(Intake(member=MEMBER, requests=(second,)), "second")
        yield client_of(desk).enter()


def page_of(client: Client, path: str, language: str = "en") -> str:
    answer = client.get(path, accept_language=language)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_the_request_and_the_page_afterwards_lead_to_the_kit(client: Client) -> None:
    told = "Second advertisement, after your decline on 2 March 2026."
    link = 'href="/objection?id=first"'
    for path in ("/?id=second", "/?id=first", "/afterwards"):
        page = page_of(client, path)
        assert told in page
        assert link in page


def test_the_kit_holds_thread_letter_and_next_step(client: Client) -> None:
    page = page_of(client, "/objection?id=second")
    assert "2 March 2026 · You: Decline" in page
    assert "am 2. März 2026 habe ich Ihre Anfrage abgelehnt" in page
    assert "Wait 30 days." in page
    assert "nothing of this is legal advice" in page
    assert 'href="https://termin.example' not in page
    assert "ref=k7Q" not in page
    assert "<b>fett</b>" not in client.get("/objection?id=second").text


def test_it_does_so_in_german(client: Client) -> None:
    page = page_of(client, "/objection?id=first", "de")
    assert "Zweite Werbung, nach Ihrer Ablehnung am 2. März 2026." in page
    assert "nichts davon ist Rechtsberatung" in page
    assert "Warten Sie 30 Tage." in page


def test_the_evidence_is_given_as_a_file(client: Client) -> None:
    text = client.get("/objection/evidence.txt?id=first", accept_language="de")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    name = 'attachment; filename="evidence-2026-04-01.txt"'
    assert text.headers["content-disposition"] == name
    assert "Nachrichten von Rex Vertriebner" in text.text
    read = client.get("/objection/evidence.json?id=first").json()
    assert [each["by"] for each in read["thread"]] == ["sender", "recipient", "sender"]


def test_the_letter_is_sent_waited_for_settled_and_each_undone(
    client: Client, clock: Clock
) -> None:
    answer = client.post("/objection", id="second", how="sent")
    assert answer.headers["location"] == "/objection?id=first"
    assert "Wait until 1 May 2026." in page_of(client, "/objection?id=first")
    assert "A month after your objection" not in page_of(client, "/asked")
    clock.sleep(days=30)
    assert "Since your letter, nothing more" in page_of(client, "/objection?id=first")
    asked_page = page_of(client, "/asked")
    assert "A month after your objection" in asked_page
    assert "nothing more has come" in asked_page
    client.post("/objection", id="first", how="close")
    assert "A month after your objection" not in page_of(client, "/asked")
    assert "the matter is settled" in page_of(client, "/objection?id=first")
    client.post("/objection", id="first", how="back")
    client.post("/objection", id="first", how="back")
    assert "I have sent the letter" in page_of(client, "/objection?id=first")
    assert client.post("/objection", id="first", how="back").status_code == 409


def test_there_is_no_kit_for_a_first_advertisement(client: Client) -> None:
    client.post("/undo")
    assert client.get("/objection?id=first").status_code == 404
    assert client.get("/objection/evidence.txt?id=nobody").status_code == 404
    assert "Objection kit" not in page_of(client, "/?id=first")
    assert 'value="objection"' not in page_of(client, "/letter?id=first")


def test_a_write_without_the_token_is_refused(client: Client) -> None:
    bare = client.send("POST", "/objection", data={"id": "first", "how": "sent"})
    assert bare.status_code == 403


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/", "/"),
        ("/afterwards", "/"),
        ("/objection", "/"),
        ("/letter", "/draft"),
        ("/letters/one", "/draft"),
        ("/draft/sent", "/draft"),
        ("/draft/check", "/draft"),
        ("/policies/my-own", "/policies"),
        ("/policies/my-own/clause/1", "/policies"),
        ("/learned/one", "/policies"),
        ("/sources/forget", "/sources"),
        ("/contact-card", "/network-settings"),
        ("/non-members/stop", "/network-settings"),
    ],
)
def test_a_page_lights_the_group_that_it_belongs_to(path: str, first: str) -> None:
    group = group_of(path)
    assert group is not None
    assert group.path == first


def test_a_page_of_no_group_lights_none() -> None:
    assert group_of("/policy") is None
    assert group_of("/elsewhere/letters") is None
