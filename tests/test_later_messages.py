"""What is kept of messages: what came after a request, or is unlike its writer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_habits import FRIEND, GERMAN_DU
from vorzimmer.intake import gather
from vorzimmer.intake.voices import (
    LONGEST_KEPT,
    MOST_KEPT,
    LaterMessage,
    Voice,
    with_id,
)
from vorzimmer.items import Account, Connection, Invitation, Message
from vorzimmer.later_messages import Askers, from_mails, worth_keeping
from vorzimmer.model import Channel, ContactRequest, Person

MEMBER = Person(name="Katrin Brandt", profile_url="https://www.linkedin.com/in/katrin")
LUTZ = Person(name="Lutz Werber", profile_url="https://www.linkedin.com/in/lutz-w")
ASKED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ODD = (
    "Dear friend, could you please send me 300 euros? See https://help.example/pay and"
    " do not tell anybody."
)
REQUEST = ContactRequest(id="r", sender=LUTZ, note="Kennen wir uns?", sent_at=ASKED_AT)


def said(text: str, *, days: float = 1, person: Person = LUTZ) -> LaterMessage:
    at = ASKED_AT + timedelta(days=days)
    return with_id(
        LaterMessage(
            writer="p:lutz", person=person, text=text, sent_at=at, network="linkedin"
        )
    )


def kept(*messages: LaterMessage, known: bool = False) -> list[str]:
    habits = {"p:lutz": FRIEND} if known else {}
    requests = [] if known else [REQUEST]
    return [
        each.text
        for each in worth_keeping(messages, askers=Askers(requests), habits=habits)
    ]


def test_what_somebody_wrote_after_asking_is_kept() -> None:
    assert kept(said("Hätten Sie 15 Minuten?")) == ["Hätten Sie 15 Minuten?"]


def test_neither_what_came_before_nor_the_note_itself_is() -> None:
    assert kept(said("Moin", days=-3), said("Kennen  wir uns?", days=0)) == []


def test_of_others_nothing_is_kept() -> None:
    assert kept(said("Moin", person=Person(name="Tomke Harms"))) == []


def test_of_friends_only_what_is_unlike_them_is_kept() -> None:
    (found,) = worth_keeping(
        [said(GERMAN_DU[0]), said(ODD), said("ok!")],
        askers=Askers([]),
        habits={"p:lutz": FRIEND},
    )
    assert found == said(ODD)._replace(is_unlike=True)


def test_the_address_tells_people_of_one_name_apart() -> None:
    namesake = Person(
        name="Lutz Werber", profile_url="https://www.linkedin.com/in/lw-2"
    )
    assert kept(said("Moin", person=namesake)) == []


def test_a_rare_name_is_enough_where_nobody_has_an_address() -> None:
    asked = replace(REQUEST, sender=Person(name="Lutz Werber"))
    found = worth_keeping(
        [said("Moin", person=Person(name="Lutz Werber"))],
        askers=Askers([asked]),
        habits={},
    )
    assert len(found) == 1


def test_a_message_has_one_id_whether_it_comes_by_mail_or_archive() -> None:
    at = ASKED_AT.replace(second=14)
    other = with_id(said("Moin ")._replace(sent_at=at))
    assert other.id == said("Moin", days=0).id


def test_long_messages_are_cut() -> None:
    voice = Voice()
    voice.add(
        Message(conversation_id="c", sender=LUTZ, sent_at=ASKED_AT, text="x" * 9_000)
    )
    assert [len(each.text) for each in voice.spoken()] == [LONGEST_KEPT]


@given(st.permutations(range(40)))
def test_the_first_and_the_last_messages_are_kept_in_whatever_order(
    order: list[int],
) -> None:
    voice = Voice()
    for at in [*order, *(number + 40 for number in order)]:
        moment = ASKED_AT + timedelta(days=at)
        voice.add(
            Message(conversation_id="c", sender=LUTZ, sent_at=moment, text=str(at))
        )
    numbers = [int(each.text) for each in voice.spoken()]
    assert numbers == [*range(MOST_KEPT), *range(80 - MOST_KEPT, 80)]


def test_a_habit_is_of_what_came_before_the_last_two_days() -> None:
    voice = Voice()
    for at, text in enumerate([*GERMAN_DU, ODD]):
        moment = ASKED_AT + timedelta(days=10 * at)
        voice.add(Message(conversation_id="c", sender=LUTZ, sent_at=moment, text=text))
    habit = voice.habit()
    assert habit is not None
    assert habit.count == len(GERMAN_DU)
    assert habit.english == 0


def _message(sender: Person, to: Person, text: str, days: int) -> Message:
    return Message(
        conversation_id="c1",
        sender=sender,
        recipients=(to,),
        sent_at=ASKED_AT + timedelta(days=days),
        text=text,
    )


def test_an_archive_brings_messages_of_others_and_habits_never_the_members() -> None:
    intake = gather(
        [
            Account(first_name="Katrin", last_name="Brandt"),
            Connection(person=LUTZ, connected_on=date(2020, 1, 1)),
            Invitation(sender=MEMBER, recipient=LUTZ, is_incoming=False),
            *(_message(LUTZ, MEMBER, text, 5 * n) for n, text in enumerate(GERMAN_DU)),
            *(_message(MEMBER, LUTZ, f"Ja {n}", 5 * n) for n in range(7)),
        ]
    )
    assert {each.person.name for each in intake.later} == {"Lutz Werber"}
    assert [habit.count for habit in intake.habits.values()] == [len(GERMAN_DU) - 1]


@pytest.mark.parametrize(
    ("is_proven", "note", "count"),
    [(True, "Moin", 1), (False, "Moin", 0), (True, None, 0)],
)
def test_a_mailed_message_counts_only_if_the_network_sent_it(
    is_proven: bool,  # noqa: FBT001 - a parameter of the test
    note: str | None,
    count: int,
) -> None:
    mailed = replace(
        REQUEST, channel=Channel.MESSAGE, note=note, is_origin_proven=is_proven
    )
    assert len(list(from_mails([mailed], []))) == count
    assert list(from_mails([mailed], [mailed])) == []
