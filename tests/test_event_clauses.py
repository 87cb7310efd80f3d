"""What happened by itself says when, who says so, by which rule, and is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clocked_desk import START, Clock, bring, clocked_desk, state, wrote
from open_network import OpenNetwork
from vorzimmer.asking import WROTE, WROTE_BY_NAME
from vorzimmer.desk import Desk
from vorzimmer.intake import PastDecision
from vorzimmer.intake.heard import Heard
from vorzimmer.model import Action, Decision, Person
from vorzimmer.reactions import AS_NOTED, AS_SHOWN, Event, Happening, State
from web_client import client_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with clocked_desk(tmp_path, clock, OpenNetwork()) as opened:
        yield opened


def happened(desk: Desk, request_id: str) -> Event:
    event = desk.card(request_id).happened
    assert event is not None
    return event


def test_an_answer_says_whether_the_profile_or_only_the_name_tells(
    desk: Desk, clock: Clock
) -> None:
    for name in ("anja", "bodo"):
        desk.decide(name, Action.ASK)
    clock.sleep(3)
    at = START + timedelta(days=2)
    named = Heard(Person(name="Bodo"), "linkedin", at)
    assert bring(desk, wrote("anja", at), named) == 2
    assert happened(desk, "anja").clause == WROTE
    assert happened(desk, "bodo").clause == WROTE_BY_NAME
    page = client_of(desk).enter().get("/?id=bodo").text
    assert "somebody of their name wrote to you after your question" in page


def test_what_the_archive_shows_and_what_is_noted_say_so(desk: Desk) -> None:
    desk.decide("anja", Action.HOLD)
    desk.reactions.withdrawn("bodo")
    past = tuple(PastDecision(name, Action.ACCEPT, START) for name in ("anja", "cleo"))
    requests = tuple(desk.card(name).request for name in ("anja", "cleo"))
    bring(desk, requests=requests, past=past)
    shown, noted = happened(desk, "anja"), happened(desk, "bodo")
    assert (shown.what, shown.clause) == (Happening.SHOWN_ACCEPTED, AS_SHOWN)
    assert (noted.what, noted.clause) == (Happening.WITHDRAWN, AS_NOTED)
    (taken_over,) = desk.reactions.history("cleo")
    assert isinstance(taken_over, Decision)
    assert (taken_over.actor, taken_over.clause) == ("archive", AS_SHOWN)
    client = client_of(desk).enter()
    german = client.get("/?id=anja", **{"accept-language": "de"}).text
    assert "wie Ihr Archiv zeigt" in german
    desk.reactions.take_event_back(shown.id)
    assert state(desk, "anja") is State.HELD
