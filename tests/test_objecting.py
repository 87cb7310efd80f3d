"""The objection kit on a desk: recognised, letter, evidence, reminder, undo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from clocked_desk import Clock
from repeated_advertising import AGAIN, KIND, PITCH, REX, START, asked, wrote
from stores import empty_file
from vorzimmer.desk import Desk
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.evidence import evidence_json, evidence_text
from vorzimmer.form_of_address import Manner
from vorzimmer.intake import Intake
from vorzimmer.model import Action, Kind, Member, Person
from vorzimmer.settings import Settings
from vorzimmer.store import Store
from vorzimmer.translation import translator

MEMBER = Member(name="Maren Thießen", location="Hamburg, Deutschland")
OTHER = Person(name="Ida Sollmann", profile_url="https://www.linkedin.com/in/ida-s")


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = START + timedelta(days=1)
    return clock


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    place = str(empty_file(tmp_path))
    requests = (asked("first"), asked("kind", KIND, sender=OTHER))
    with Desk(Settings(database=place), Store.open(place), now=clock) as opened:
        opened.keep(Intake(member=MEMBER, requests=requests), "first")
        yield opened


def advertise_again(desk: Desk, clock: Clock) -> None:
    desk.decide("first", Action.DECLINE)
    # Within twenty days, sources are taken to tell of one request and its reminder.
    clock.sleep(days=30)
    second = asked("second", AGAIN, days=30)
    desk.keep(Intake(member=MEMBER, requests=(second,)), "second")


def test_a_first_advertisement_brings_no_kit_and_offers_no_objection(
    desk: Desk,
) -> None:
    desk.decide("first", Action.DECLINE)
    assert desk.objection.of("first") is None
    assert desk.objection.all() == desk.objection.due() == ()
    draft = desk.letters.draft("first", action=Action.DECLINE)
    assert draft is not None
    assert draft.template.name != "objection"
    offered = desk.letters.offered(desk.card("first"), Manner.SIE)
    assert "objection" not in {each.name for each in offered}
    with pytest.raises(UnknownNameError):
        desk.objection.one("first")


def test_the_second_one_is_told_at_every_request_of_the_sender(
    desk: Desk, clock: Clock
) -> None:
    advertise_again(desk, clock)
    (found,) = desk.objection.all()
    assert found == desk.objection.of("first") == desk.objection.of("second")
    assert found.declined_on == date(2026, 3, 2)
    assert desk.objection.of("kind") is None


def test_undoing_the_decline_takes_it_away(desk: Desk, clock: Clock) -> None:
    advertise_again(desk, clock)
    desk.undo()
    assert desk.objection.all() == ()


def test_a_message_after_the_decline_counts_too(desk: Desk, clock: Clock) -> None:
    desk.decide("first", Action.DECLINE)
    clock.sleep(days=9)
    later = (wrote(KIND, days=5), wrote(AGAIN, days=9))
    desk.keep(Intake(member=MEMBER, later=later), "later")
    found = desk.objection.one("first")
    assert found.repeated.count == 2
    assert [each.is_advertising for each in found.repeated.thread] == [
        True,
        False,
        True,
    ]
    assert found.repeated.latest.request_id == ""


def test_what_the_member_says_it_is_counts(desk: Desk, clock: Clock) -> None:
    advertise_again(desk, clock)
    desk.teaching.correct("second", Kind.PERSONAL)
    assert desk.objection.of("first") is None


def test_the_letter_names_the_decline_and_quotes_what_came_after_it(
    desk: Desk, clock: Clock
) -> None:
    advertise_again(desk, clock)
    assert desk.letters.propose(
        desk.card("second"), Action.DECLINE, Manner.SIE
    ) == desk.letters.templates().named("objection", Manner.SIE)
    for request_id in ("first", "second"):
        draft = desk.letters.draft(request_id, template="objection", manner=Manner.SIE)
        assert draft is not None
        assert draft.text.startswith("Guten Tag Rex Vertriebner,")
        assert "am 2. März 2026 habe ich Ihre Anfrage abgelehnt" in draft.text
        quote = str(draft.letter.used["quote"])
        assert quote in AGAIN
        assert quote not in PITCH
        assert "Art. 21 Abs. 2 DSGVO" in draft.text


def test_a_contact_who_was_removed_gets_a_letter_without_a_decline(
    desk: Desk, clock: Clock
) -> None:
    desk.decide("first", Action.ACCEPT)
    desk.decide("first", Action.REMOVE)
    clock.sleep(days=9)
    desk.keep(Intake(member=MEMBER, later=(wrote(AGAIN, days=9),)), "later")
    assert desk.objection.one("first").declined_on is None
    draft = desk.letters.draft("first", template="objection", manner=Manner.SIE)
    assert draft is not None
    assert "von Ihnen ist wiederholt Werbung bei mir eingegangen" in draft.text


def test_a_month_after_the_letter_one_is_reminded(desk: Desk, clock: Clock) -> None:
    advertise_again(desk, clock)
    sent = desk.objection.send("second")
    assert sent.remind_on == date(2026, 5, 1)
    assert not sent.is_due
    clock.sleep(days=30)
    (due,) = desk.objection.due()
    assert (due.request_id, due.since) == ("first", 0)
    third = (wrote(PITCH + " Haben Sie es gelesen?", days=65),)
    desk.keep(Intake(member=MEMBER, later=third), "third")
    assert [each.since for each in desk.objection.due()] == [1]
    again = desk.letters.propose(desk.card("second"), Action.DECLINE, Manner.SIE)
    assert again == desk.letters.templates().named("objection-again", Manner.SIE)
    draft = desk.letters.draft("first", template="objection-again", manner=Manner.SIE)
    assert draft is not None
    assert "am 1. April 2026 habe ich Sie gebeten" in draft.text
    assert str(draft.letter.used["quote"]) in PITCH
    closed = desk.objection.close("first")
    assert closed.remind_on is None
    assert desk.objection.due() == ()


def test_each_step_can_be_taken_back(desk: Desk, clock: Clock) -> None:
    advertise_again(desk, clock)
    with pytest.raises(UndoError):
        desk.objection.close("first")
    desk.objection.send("first")
    desk.objection.close("first")
    assert desk.objection.take_back("first").sent_at == clock.now
    assert desk.objection.take_back("first").sent_at is None
    with pytest.raises(UndoError):
        desk.objection.take_back("first")


def test_the_evidence_says_what_came_and_judges_nothing(
    desk: Desk, clock: Clock
) -> None:
    advertise_again(desk, clock)
    found = desk.objection.send("first")
    text = evidence_text(found, translator("en"), made_on=found.today)
    assert "1. 1 March 2026 · LinkedIn · Contact request\n   > Guten Tag" in text
    assert "2. 2 March 2026 · You: Decline" in text
    assert "4. 1 April 2026 · You: objection sent" in text
    assert "https://termin.example/demo" in text
    assert "ref=" not in text
    assert not [kind for kind in ("dvertis", "olicitation", "%)") if kind in text]
    german = evidence_text(found, translator("de"), made_on=found.today)
    assert "2. 2. März 2026 · Sie: Ablehnen" in german


def test_the_evidence_for_programs_holds_the_same(desk: Desk, clock: Clock) -> None:
    advertise_again(desk, clock)
    found = desk.objection.one("first")
    read = json.loads(evidence_json(found, made_on=found.today))
    assert read["sender"]["profile_url"] == REX.profile_url
    assert [each.get("action") or each["words"][:9] for each in read["thread"]] == [
        "Guten Tag",
        "decline",
        "Guten Tag",
    ]
    assert {*read["thread"][0]} == {
        *("at", "by", "network", "channel", "subject", "words", "is_cut")
    }


def test_no_quoted_line_looks_like_one_of_ours(desk: Desk, clock: Clock) -> None:
    desk.decide("first", Action.DECLINE)
    clock.sleep(days=9)
    trap = AGAIN + "\n3. 9 March 2026 · You: Accept\u2028and\r4. more"
    later = (wrote(trap, days=9),)
    desk.keep(Intake(member=MEMBER, later=later), "later")
    found = desk.objection.one("first")
    text = evidence_text(found, translator("en"), made_on=found.today)
    numbered = [line for line in text.splitlines() if line[:1].isdigit()]
    assert len(numbered) == 3
    assert "   > 3. 9 March 2026 · You: Accept" in text
