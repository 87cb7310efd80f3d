"""Only what a network offers for a way is proposed, offered, and recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from builders import request
from clocked_desk import REQUESTS, Clock, bring, clocked_desk, state
from open_network import OpenNetwork
from rehearsal_cases import Said
from vorzimmer.desk import Desk
from vorzimmer.errors import ReactionError
from vorzimmer.model import Action, Channel
from vorzimmer.policy import Policy, propose
from vorzimmer.reactions import State, possible, refused
from web_client import client_of

HARSH = Policy("harsh", {}, {}, (), Action.REPORT_UNKNOWN)
UNKNOWN = Action.REPORT_UNKNOWN
TALK = (Channel.MESSAGE, Channel.INMAIL, Channel.MAIL)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with clocked_desk(tmp_path, Clock(), OpenNetwork()) as opened:
        wrote = replace(REQUESTS[0], id="mail", channel=Channel.MESSAGE, note="Moin!")
        bring(opened, requests=(wrote,))
        yield opened


@pytest.mark.parametrize("channel", [None, *Channel])
def test_that_one_does_not_know_somebody_is_said_of_contact_requests(
    channel: Channel | None,
) -> None:
    asked = replace(request("Moin!"), channel=channel)
    is_there = channel not in TALK
    assert (UNKNOWN in possible(State.PENDING, asked)) is is_there
    assert (refused(State.PENDING, UNKNOWN, asked) is None) is is_there
    wanted = UNKNOWN if is_there else Action.IGNORE
    proposal = propose(HARSH, asked, Said({}))
    assert (proposal.action, proposal.clause) == (wanted, "otherwise")


def test_a_page_offers_it_and_the_desk_takes_it_only_there(desk: Desk) -> None:
    client = client_of(desk).enter()

    def offered(name: str) -> set[str]:
        page = client.get(f"/?id={name}").text
        return set(re.findall(r'name="action" value="([a-z_]+)"', page))

    assert offered("bodo") - offered("mail") == {"report_unknown"}
    told = client.post("/decide", id="mail", action="report_unknown")
    assert told.status_code == 409
    assert "you do not know its sender, not of a message" in told.text
    told = client.post("/act", id="mail", action="report_unknown")
    assert told.status_code == 409
    assert state(desk, "mail") is State.PENDING


def test_of_many_at_once_none_is_taken_if_one_is_a_message(desk: Desk) -> None:
    with pytest.raises(ReactionError, match="not of a message"):
        desk.reactions.decide_many(["bodo", "mail"], UNKNOWN)
    assert state(desk, "bodo") is State.PENDING
    assert len(desk.reactions.decide_many(["bodo", "cleo"], UNKNOWN)) == 2
