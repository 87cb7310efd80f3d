"""Questions and their answers, on a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clocked_desk import (
    REQUESTS,
    START,
    WORDS,
    Clock,
    address,
    bring,
    clocked_desk,
    state,
    wrote,
)
from network_mails import raw, samples
from open_network import OpenNetwork
from vorzimmer.asking import HAS_ANSWERED, SILENT
from vorzimmer.desk import Desk
from vorzimmer.errors import (
    ReactionError,
    UndoError,
)
from vorzimmer.intake import PastDecision
from vorzimmer.model import Action, Channel, ContactRequest, Kind, Person, Proposal
from vorzimmer.pasting import entry_of
from vorzimmer.reactions import State


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def network() -> OpenNetwork:
    return OpenNetwork()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, network: OpenNetwork) -> Iterator[Desk]:
    with clocked_desk(tmp_path, clock, network) as opened:
        yield opened


def test_an_answer_brings_the_request_back(desk: Desk, clock: Clock) -> None:
    desk.reactions.decide("anja", Action.ASK, sent=WORDS)
    desk.decide("bodo", Action.ASK)
    assert state(desk, "anja") is State.ASKED
    assert not desk.card("anja").is_open
    assert bring(desk, wrote("anja", START - timedelta(hours=1))) == 0
    clock.sleep(3)
    answered_at = START + timedelta(days=2)
    assert bring(desk, wrote("anja", answered_at), wrote("cleo", answered_at)) == 1
    assert state(desk, "anja") is State.ANSWERED
    assert desk.card("anja").is_open
    assert desk.card("anja").proposal == Proposal(Action.HOLD, HAS_ANSWERED)
    (answered,) = desk.asking.report().answered
    assert answered.answered_at == answered_at
    assert (answered.ask.language, answered.ask.address) == ("de", "sie")
    assert answered.ask.kind is desk.card("anja").assessment.leading_kind
    assert bring(desk, wrote("anja", answered_at)) == 0


def test_a_request_with_words_answers_as_well(desk: Desk, clock: Clock) -> None:
    desk.decide("anja", Action.ASK)
    clock.sleep(1)
    again = ContactRequest(
        id="anja-2",
        sender=REQUESTS[0].sender,
        network="linkedin",
        channel=Channel.MESSAGE,
        note="Wir waren beide in Ulm.",
        sent_at=clock.now,
    )
    assert bring(desk, requests=(again, REQUESTS[0])) == 1
    assert state(desk, "anja") is State.ANSWERED


CHAT = """\
Conversation with Anja
Anja
· 2nd
{heading}Anja sent the following message at 2:14 PM
View Anja's profile
Anja
2:14 PM
We met at the fair in Ulm, at the stand with the blue crates.
Write a message…
"""


@pytest.mark.parametrize("heading", ["TODAY\n", ""])
def test_an_answer_that_is_pasted_is_heard(
    desk: Desk, clock: Clock, heading: str
) -> None:
    desk.decide("anja", Action.ASK)
    desk.decide("bodo", Action.ASK)
    clock.sleep(0.1)
    pasted = desk.pasting.read(CHAT.format(heading=heading))
    desk.pasting.keep(entry_of(pasted))
    assert state(desk, "anja") is State.ANSWERED
    assert state(desk, "bodo") is State.ASKED


def test_what_was_pasted_of_another_day_is_no_answer(desk: Desk) -> None:
    desk.decide("anja", Action.ASK)
    pasted = desk.pasting.read(CHAT.format(heading="YESTERDAY\n"))
    desk.pasting.keep(entry_of(pasted))
    assert state(desk, "anja") is State.ASKED


def test_an_answer_that_is_mailed_is_heard(desk: Desk, tmp_path: Path) -> None:
    sample = samples()["linkedin-message_en"]
    (name,) = (each["name"] for each in sample["people"])
    nils = replace(REQUESTS[0], id="nils", sender=Person(name=name))
    bring(desk, requests=(nils,))
    desk.decide("nils", Action.ASK)
    file = tmp_path / "message.eml"
    file.write_bytes(raw(sample))
    assert desk.import_from(file).answers == 1
    assert state(desk, "nils") is State.ANSWERED


def test_an_answer_can_be_taken_back_and_does_not_come_again(
    desk: Desk, clock: Clock
) -> None:
    desk.decide("anja", Action.ASK)
    clock.sleep(1)
    bring(desk, wrote("anja", clock.now))
    (answered,) = desk.asking.report().answered
    assert answered.event_id is not None
    desk.reactions.take_event_back(answered.event_id)
    assert state(desk, "anja") is State.ASKED
    assert bring(desk, wrote("anja", clock.now)) == 0
    with pytest.raises(UndoError, match="take back"):
        desk.reactions.take_event_back(answered.event_id)


def test_undoing_the_asking_forgets_the_question(desk: Desk, clock: Clock) -> None:
    desk.decide("anja", Action.ASK)
    desk.undo()
    clock.sleep(30)
    assert bring(desk, wrote("anja", clock.now)) == 0
    assert desk.asking.report().count == 0


def test_the_silent_are_proposed_and_ignored_at_once(desk: Desk, clock: Clock) -> None:
    for name in ("anja", "bodo", "cleo"):
        desk.decide(name, Action.ASK)
    clock.sleep(9)
    assert desk.asking.silent_count() == 0
    bring(desk, wrote("cleo", clock.now))
    clock.sleep(1)
    report = desk.asking.report()
    assert [each.request.id for each in report.silent] == ["anja", "bodo"]
    assert (report.rates.all.hits, report.rates.all.count) == (1, 3)
    made = desk.asking.ignore_silent(e.ask.decision_id for e in report.silent)
    assert {each.clause for each in made} == {SILENT}
    assert desk.asking.silent_count() == 0
    assert [each.request.id for each in desk.asking.report().ended] == ["bodo", "anja"]
    after = desk.asking.report().rates.all
    assert (after.hits, after.count) == (1, 3)
    desk.undo()
    assert desk.asking.silent_count() == 2


def test_who_is_not_silent_any_more_is_not_ignored(desk: Desk, clock: Clock) -> None:
    asked = [desk.decide(name, Action.ASK).id for name in ("anja", "bodo")]
    clock.sleep(10)
    bring(desk, wrote("anja", clock.now))
    for shown in (asked, [], [999]):
        with pytest.raises(ReactionError, match="changed meanwhile"):
            desk.asking.ignore_silent(shown)
    assert state(desk, "bodo") is State.ASKED


def test_the_date_of_a_question_can_be_moved(desk: Desk, clock: Clock) -> None:
    made = desk.reactions.decide("anja", Action.ASK, days=3)
    clock.sleep(3)
    assert desk.asking.silent_count() == 1
    desk.asking.move_due(made.id, date(2026, 11, 20))
    assert desk.asking.silent_count() == 0
    for day in (date(2026, 11, 1), date(2028, 1, 1)):
        with pytest.raises(ReactionError, match="within a year"):
            desk.asking.move_due(made.id, day)
    for number in (999, 10**20):
        with pytest.raises(ReactionError, match="no such question"):
            desk.asking.move_due(number, date(2026, 11, 20))


def test_a_second_question_counts_for_itself(desk: Desk, clock: Clock) -> None:
    desk.decide("anja", Action.ASK)
    clock.sleep(1)
    bring(desk, wrote("anja", clock.now))
    clock.sleep(1)
    desk.decide("anja", Action.ASK)
    assert state(desk, "anja") is State.ASKED
    clock.sleep(1)
    assert bring(desk, wrote("anja", clock.now)) == 1
    assert [each.answered_at for each in desk.asking.report().answered] == [
        START + timedelta(days=3),
        START + timedelta(days=1),
    ]


def test_what_the_network_shows_accepted_is_so_here(desk: Desk, clock: Clock) -> None:
    desk.decide("anja", Action.ASK)
    desk.decide("bodo", Action.BLOCK)
    clock.sleep(1)
    past = tuple(PastDecision(each, Action.ACCEPT, START) for each in ("anja", "bodo"))
    bring(desk, past=past)
    assert (state(desk, "anja"), state(desk, "bodo")) == (
        State.ACCEPTED,
        State.BLOCKED,
    )
    was_let_in = {
        each.request.id: each.was_let_in for each in desk.rehearsal.past().items
    }
    assert was_let_in == {"anja": True, "bodo": False}
    desk.undo()
    assert state(desk, "bodo") is State.ACCEPTED


def test_a_message_in_an_archive_is_heard(desk: Desk, tmp_path: Path) -> None:
    desk.decide("anja", Action.ASK)
    row = {
        "id": "m",
        "network": "linkedin",
        "kind": "message",
        "note": "Wir kennen uns aus Ulm.",
        "sent_at": "2026-11-05T10:00:00Z",
        "sender": {"name": "Anja", "profile_url": address("anja")},
    }
    file = tmp_path / "later.jsonl"
    file.write_text(json.dumps(row), "utf-8")
    assert desk.import_from(file).answers == 1


def test_the_kind_of_a_question_is_that_of_its_day(desk: Desk) -> None:
    made = desk.decide("anja", Action.ASK)
    asked = desk.asking.of("anja")
    assert asked is not None
    assert asked.ask.kind is made.looked_like
    assert asked.ask.kind is None or isinstance(asked.ask.kind, Kind)
