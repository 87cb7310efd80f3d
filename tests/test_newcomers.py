"""Contacts without a request in the data: who pitches soon after is proposed too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from builders import screening
from clocked_desk import Clock
from stores import empty_file
from vorzimmer.afterwards import Afterwards
from vorzimmer.cli.after_commands import answers
from vorzimmer.desk import Desk
from vorzimmer.errors import UnknownNameError
from vorzimmer.intake import Intake
from vorzimmer.intake.voices import LaterMessage
from vorzimmer.model import (
    Action,
    Channel,
    ContactRequest,
    Kind,
    Member,
    Person,
    Tie,
    TieKind,
)
from vorzimmer.past import is_of_contact
from vorzimmer.people import identity
from vorzimmer.sequels import SURELY_OF_CONTACT
from vorzimmer.settings import Settings
from vorzimmer.store import Store
from vorzimmer.web.office import address
from web_client import client_of

SINCE = date(2026, 3, 3)
REX = Person(
    name="Rex Ödegaard", profile_url="https://www.linkedin.com/in/rex-oedegaard"
)
PITCH = (
    "Danke fürs Vernetzen! Wir steigern mit unserer Software Ihren Umsatz garantiert um"
    " 30 %. Buchen Sie gleich ein kostenloses Erstgespräch:"
    " https://calendly.com/rex/15min"
)
KIND = "Wie schön, Sie nach der Tagung hier zu finden. Grüße auch an Ihre Tochter!"


def message(text: str, day: date = SINCE, person: Person = REX) -> LaterMessage:
    return LaterMessage(
        writer=identity(person),
        person=person,
        text=text,
        sent_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        network="linkedin",
        channel=Channel.MESSAGE,
    )


def tie(
    kind: TieKind = TieKind.CONNECTION, since: date = SINCE, person: Person = REX
) -> Tie:
    return Tie(person=person, kind=kind, since=since)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    place = str(empty_file(tmp_path))
    with Desk(Settings(database=place), Store.open(place), now=Clock()) as opened:
        yield opened


def view_of(desk: Desk, *messages: LaterMessage, ties: tuple[Tie, ...]) -> Afterwards:
    member = Member(name="Mia Roth")
    desk.keep(Intake(member=member, ties=ties, later=messages), "archive")
    return desk.after.view()


def test_a_contact_without_a_request_who_pitches_is_proposed(desk: Desk) -> None:
    (found,) = view_of(
        desk, message(PITCH, SINCE + timedelta(days=1)), ties=(tie(),)
    ).proposals
    assert found.is_of_contact
    assert (found.request.sender.name, found.request.note) == (REX.name, None)
    assert (found.decision.at.date(), found.days) == (SINCE, 1)
    assert found.unwanted is not None
    assert found.unwanted.kind is Kind.SOLICITATION
    assert found.unwanted.evidence


def test_what_is_no_pitch_is_not_even_kept(desk: Desk) -> None:
    assert view_of(desk, message(KIND), ties=(tie(),)).is_quiet
    with desk._store.reading() as store:  # noqa: SLF001 - what no page shows
        assert store.later_messages() == []


def test_nobody_is_proposed_on_the_word_of_the_text_model_alone(desk: Desk) -> None:
    asked_for = (
        "Unser Angebot mit allen Preisen liegt in Ihrem Postfach, gültig bis Ende der"
        " Woche 39."
    )
    (screened,) = screening().screen([ContactRequest(id="r", note=asked_for)])
    assert screened.assessment.probability(Kind.SOLICITATION) > SURELY_OF_CONTACT
    assert view_of(desk, message(asked_for), ties=(tie(),)).proposals == ()


@pytest.mark.parametrize(
    ("day", "ties"),
    [
        (SINCE + timedelta(days=181), (tie(),)),
        (SINCE - timedelta(days=1), (tie(),)),
        (SINCE, ()),
        (SINCE, (tie(TieKind.ENDORSED),)),
        (SINCE, (tie(), tie(TieKind.WROTE, SINCE - timedelta(days=9)))),
        (SINCE + timedelta(days=9), (tie(), tie(TieKind.MAILED, SINCE))),
        (SINCE, (tie(), tie(TieKind.MET, date(2019, 5, 1)))),
    ],
)
def test_nobody_is_proposed_for_what_came_late_or_amid_a_talk(
    desk: Desk, day: date, ties: tuple[Tie, ...]
) -> None:
    assert view_of(desk, message(PITCH, day), ties=ties).is_quiet


def test_a_refusal_on_the_same_day_is_no_talk(desk: Desk) -> None:
    ties = (tie(), tie(TieKind.WROTE, SINCE))
    assert view_of(desk, message(PITCH), ties=ties).proposals


def test_a_common_name_alone_is_nobody(desk: Desk) -> None:
    person = Person(name="Thomas Müller")
    ties = (tie(person=person),)
    assert view_of(desk, message(PITCH, person=person), ties=ties).is_quiet


def test_where_there_is_a_request_it_is_that_which_counts(desk: Desk) -> None:
    asked = ContactRequest(
        id="rex",
        sender=REX,
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note="",
        sent_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    desk.keep(Intake(member=Member(name="Mia Roth"), requests=(asked,)), "first")
    desk.decide("rex", Action.ACCEPT)
    (found,) = view_of(desk, message(PITCH), ties=(tie(),)).proposals
    assert (found.request.id, found.is_of_contact) == ("rex", False)


def test_removing_is_a_decision_a_lesson_and_can_be_taken_back(desk: Desk) -> None:
    (found,) = view_of(desk, message(PITCH), ties=(tie(),)).proposals
    key = found.request.id
    with pytest.raises(UnknownNameError):
        desk.card(key)  # nothing was decided, so nothing was kept
    assert desk.after.remove(key).action is Action.REMOVE
    view = desk.after.view()
    assert [each.request.id for each in view.removed] == [key]
    assert view.proposals == ()
    (taught,) = [each for each, _ in desk.teaching.report().taught]
    assert (taught.request_id, taught.later) == (key, Kind.SOLICITATION)
    desk.after.take_back(key)
    (again,) = desk.after.view().proposals
    assert (again.request.id, again.decision.action) == (key, Action.ACCEPT)
    assert desk.session().open_count == 0
    assert [chart.name for chart in desk.overview.charts()] == ["growth"]


def test_the_page_shows_it_without_a_way_to_a_request_that_is_not_there(
    desk: Desk,
) -> None:
    (found,) = view_of(desk, message(PITCH), ties=(tie(),)).proposals
    client = client_of(desk).enter()
    page = client.get("/afterwards").text
    assert "Your contact since 3 March 2026; on 3 March 2026: Advertising" in page
    assert f"?id={found.request.id}" not in page.replace("%3A", ":")
    done = client.post("/afterwards", id=found.request.id, how="remove")
    assert done.status_code == 303
    page = client.get("/afterwards").text
    assert "removed" in page
    assert client.get(address(found.request.id)).status_code == 200
    (answer,) = answers(replace(desk.after.view(), removed=(found,)))
    assert (answer["request"], answer["name"]) == (None, REX.name)


def test_keeping_and_taking_back_needs_no_request(desk: Desk) -> None:
    (found,) = view_of(desk, message(PITCH), ties=(tie(),)).proposals
    desk.after.keep(found.request.id)
    assert [each.request.id for each in desk.after.view().kept] == [found.request.id]
    desk.after.take_back(found.request.id)
    assert desk.after.view().proposals


def test_one_who_was_removed_can_be_forgotten(desk: Desk) -> None:
    (found,) = view_of(desk, message(PITCH), ties=(tie(),)).proposals
    desk.after.remove(found.request.id)
    ids = {each.id for each in desk.privacy.find(str(REX.name))}
    assert desk.privacy.forget_person(str(REX.name), ids).requests == 1
    assert desk.after.view().is_quiet
    with desk._store.reading() as store:  # noqa: SLF001 - what no page shows
        assert store.requests() == []
        assert store.later_messages() == []


def test_slow_threads_of_contacts_raise_an_alarm_too(desk: Desk) -> None:
    texts = (
        "Ihr Profil ist sehr beeindruckend, Ihre Expertise ist außergewöhnlich.",
        "Wollen wir lieber über WhatsApp weiterschreiben?",
        "Wir bezahlen Ihnen 400 Euro für einen kurzen Bericht über Ihre Branche.",
        "Gern laden wir Sie auf unsere Kosten ein, Flug und Hotel bezahlen wir.",
    )
    told = [
        message(text, SINCE + timedelta(days=9 * place))
        for place, text in enumerate(texts)
    ]
    (alarm,) = view_of(desk, *told, ties=(tie(),)).alarms
    assert is_of_contact(alarm.sequel.request.id)
    assert alarm.points


def test_another_reading_changes_nothing(desk: Desk) -> None:
    before = view_of(desk, message(PITCH), ties=(tie(),))
    after = view_of(desk, message(PITCH), message(KIND), ties=(tie(),))
    assert [each.request.id for each in before.proposals] == [
        each.request.id for each in after.proposals
    ]
