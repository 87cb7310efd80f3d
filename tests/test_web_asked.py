"""Asking back, acting and whole groups, on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clocked_desk import START, Clock, bring, clocked_desk, state, wrote
from open_network import OpenNetwork
from vorzimmer import quality
from vorzimmer.desk import Desk
from vorzimmer.model import Action, Decision
from vorzimmer.reactions import State
from web_client import Client, client_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def network() -> OpenNetwork:
    return OpenNetwork()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, network: OpenNetwork) -> Iterator[Desk]:
    with clocked_desk(tmp_path, clock, network) as opened:
        opened.use_policy("three-reasons")
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def confirmed(client: Client, page: str) -> dict[str, str]:
    """Return the form by which a whole group is confirmed."""
    fields = {name: field(page, name) for name in ("group", "action", "seal")}
    return {"csrf": client.token, **fields}


def offered(page: str) -> set[str]:
    return set(re.findall(r'name="action" value="([a-z_]+)"', page))


def test_asking_shows_the_words_and_waits_for_done(client: Client, desk: Desk) -> None:
    page = client.post("/act", step=True, id="anja", action="ask").text
    assert 'data-copies="letter-words"' in page
    assert 'href="https://www.linkedin.com/in/anja"' in page
    assert desk.card("anja").is_open
    form = {"key": field(page, "key"), "text_id": field(page, "text_id")}
    assert form["text_id"].startswith("question-")
    part = client.post("/act/done", step=True, id="anja", text="Woher?\r\n", **form)
    assert "Ask back:" in part.text
    asked = desk.asking.of("anja")
    assert asked is not None
    assert (asked.ask.text, asked.ask.text_id) == ("Woher?", form["text_id"])
    page = client.get("/?id=anja").text
    assert "until 12 November 2026" in page
    assert "ask" not in offered(page)
    assert {"accept", "ignore", "block"} <= offered(page)
    back = client.post("/undo", step=True)
    assert "Undone:" in back.text
    assert desk.card("anja").is_open


def test_what_waits_for_done_is_there_again_and_can_be_cancelled(
    client: Client, desk: Desk
) -> None:
    client.post("/act", id="anja", action="decline", note="zu früh")
    page = client.get("/?id=anja").text
    assert 'name="text_id" value="decline' in page
    assert "waits for your word" in client.get("/asked").text
    part = client.post("/act/cancel", step=True, id="anja", key=field(page, "key"))
    assert 'data-request="anja"' in part.text
    assert 'action="/decide"' in part.text
    assert desk.reactions.history("anja") == []


def test_an_open_network_acts_at_once_or_says_why_not(
    client: Client, desk: Desk, network: OpenNetwork
) -> None:
    network.failures = 1
    page = client.post("/act", step=True, id="odo", action="ask").text
    assert "The network is busy" in page
    part = client.post("/act/again", step=True, id="odo", key=field(page, "key"))
    assert "Ask back:" in part.text
    assert state(desk, "odo") is State.ASKED
    network.failures = 1
    told = client.post("/decide", id="pia", action="accept")
    assert (told.status_code, "The network is busy" in told.text) == (502, True)


def test_the_impossible_is_refused_with_a_sentence(client: Client, desk: Desk) -> None:
    desk.decide("anja", Action.ACCEPT)
    told = client.post("/decide", id="anja", action="ask")
    assert told.status_code == 409
    assert "You have accepted this request." in told.text
    page = client.get("/?id=anja").text
    assert offered(page) == {"remove", "report_spam", "block"}
    client.post("/decide", id="anja", action="remove")
    assert "Removed" in client.get("/decided").text


def test_a_whole_group_is_shown_confirmed_and_undone(
    client: Client, desk: Desk
) -> None:
    (group, cards), *_ = desk.session().groups
    page = client.get(f"/?every={group.value}").text
    assert all(card.request.id.title() in page for card in cards)
    part = client.send(
        "POST", "/all", headers={"hx-request": "true"}, data=confirmed(client, page)
    ).text
    assert f"{len(cards)} requests" in part
    assert all(not desk.card(card.request.id).is_open for card in cards)
    assert "with others at once" in client.get("/decided").text
    back = client.post("/undo", step=True, batch=field(part, "batch")).text
    assert f"{len(cards)} requests" in back
    assert all(desk.card(card.request.id).is_open for card in cards)


def test_a_group_that_changed_is_looked_at_again(client: Client, desk: Desk) -> None:
    (group, cards), *_ = desk.session().groups
    page = client.get(f"/?every={group.value}").text
    form = confirmed(client, page)
    desk.decide(cards[0].request.id, Action.BLOCK)
    told = client.send("POST", "/all", data=form)
    assert (told.status_code, "has changed" in told.text) == (409, True)
    assert desk.card(cards[1].request.id).is_open


def test_of_an_empty_group_the_session_is_shown(client: Client) -> None:
    page = client.get("/?every=remove").text
    assert 'action="/all"' not in page
    assert 'action="/decide"' in page


def test_no_whole_group_is_asked(client: Client) -> None:
    told = client.post("/all", group="ask", action="ask", seal="x")
    assert told.status_code == 404


def test_what_was_asked_is_listed_with_rates(
    client: Client, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nothing asked yet" in client.get("/asked").text
    for name in ("anja", "bodo", "cleo"):
        desk.decide(name, Action.ASK)
    assert "No question has come to its date" in client.get("/asked").text
    clock.sleep(10)
    bring(desk, wrote("cleo", START + timedelta(days=2)))
    page = client.get("/asked").text
    assert "Ignore all 2" in page
    assert "<dt>answer rate</dt><dd>1 of 3</dd>" in page
    assert "3 cases are too few to tell. From 10 on, there is a percentage." in page
    assert "33%" not in page
    monkeypatch.setattr(quality, "FEWEST_TELLING", 3)
    assert "33%" in client.get("/asked").text
    assert "Others: 1%–5%, articles" in page
    assert "Others: 10%, a contractor" in page
    assert "news.ycombinator.com/item?id=16985110" in page
    assert all(each in page for each in ("own words", "By kind", "By network"))
    assert "2 questions stayed without an answer" in client.get("/").text
    decisions = re.findall(r'name="decision" value="(\d+)"', page)
    form = {"csrf": client.token, "decision": sorted(set(decisions))}
    answer = client.send("POST", "/asked/ignore", data=form)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert state(desk, "anja") is State.IGNORED
    client.post("/asked/undo", batch=field(page, "batch"))
    assert state(desk, "anja") is State.ASKED


def test_a_date_is_moved_and_an_answer_taken_back(
    client: Client, desk: Desk, clock: Clock
) -> None:
    made = desk.decide("anja", Action.ASK)
    moved = client.post("/asked/due", decision=str(made.id), due_on="2026-12-01")
    assert moved.status_code == 303
    assert 'value="2026-12-01"' in client.get("/asked").text
    assert (
        client.post("/asked/due", decision="1", due_on="1999-01-01").status_code == 409
    )
    clock.sleep(1)
    bring(desk, wrote("anja", clock.now))
    shown = client.get("/?id=anja").text
    assert ">answered</span>" in shown
    page = client.get("/asked").text
    client.post("/asked/no-answer", event=field(page, "event"))
    assert state(desk, "anja") is State.ASKED


def test_a_request_that_is_gone_waits_no_more(client: Client, desk: Desk) -> None:
    part = client.post("/withdrawn", step=True, id="anja")
    assert "Taken back by the sender" in part.text
    assert state(desk, "anja") is State.WITHDRAWN


def test_that_a_request_is_gone_can_be_taken_back_where_it_is_told(
    client: Client, desk: Desk
) -> None:
    desk.decide("bodo", Action.IGNORE)
    part = client.post("/withdrawn", step=True, id="anja").text
    event = field(part, "event")
    # One step back is the newest thing done, not the decision before it.
    assert part.count('action="/undo"') == 0
    assert 'action="/event/undo"' in client.get("/?id=anja").text
    assert "as you noted" in client.get("/decided").text
    back = client.post("/event/undo", step=True, id="anja", event=event)
    assert "Undone:" in back.text
    assert 'data-request="anja"' in back.text
    assert desk.card("anja").is_open
    assert state(desk, "bodo") is State.IGNORED
    assert 'action="/undo"' in client.get("/?id=anja").text
    assert client.post("/event/undo", id="nobody", event=event).status_code == 404
    again = client.post("/event/undo", id="anja", event=event)
    assert (again.status_code, "take back" in again.text) == (409, True)


def test_what_is_over_cannot_be_gone(client: Client, desk: Desk) -> None:
    desk.decide("anja", Action.ACCEPT)
    told = client.post("/withdrawn", id="anja")
    assert (told.status_code, "decided about this" in told.text) == (409, True)
    client.post("/withdrawn", id="bodo")
    told = client.post("/withdrawn", id="bodo")
    assert (told.status_code, "noted already" in told.text) == (409, True)
    assert len(desk.reactions.history("bodo")) == 1


def test_a_question_whose_sender_is_gone_waits_again_when_that_is_undone(
    client: Client, desk: Desk
) -> None:
    desk.decide("anja", Action.ASK)
    part = client.post("/withdrawn", step=True, id="anja").text
    assert state(desk, "anja") is State.WITHDRAWN
    listed = client.get("/decided").text
    assert ("Ask back" in listed, "as you noted" in listed) == (True, True)
    assert field(listed, "event") == field(part, "event")
    assert 'name="decision"' not in listed
    client.post("/event/undo", id="anja", event=field(part, "event"))
    assert state(desk, "anja") is State.ASKED


def test_what_another_window_took_back_meanwhile_is_not_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Desk.decide

    def decide(desk: Desk, request_id: str, action: Action, *, note: str) -> Decision:
        made = usual(desk, request_id, action, note=note)
        desk.undo(made.id)
        return made

    monkeypatch.setattr(Desk, "decide", decide)
    answer = client.post("/decide", step=True, id="anja", action="decline")
    assert answer.status_code == 200
    assert 'class="toast' not in answer.text
