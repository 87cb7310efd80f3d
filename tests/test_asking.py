"""Who answered a question, and how many do; no store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.asking import Ask, Asked, answer_rates, answers_in, due_on
from vorzimmer.intake.heard import Heard
from vorzimmer.model import ContactRequest, Kind, Person
from vorzimmer.reactions import State

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
LATER = NOON + timedelta(days=2)
ODA = Person(name="Oda Lund", profile_url="https://www.linkedin.com/in/oda-lund")


def ask(number: int = 1, *, due: date = TODAY, **more: str) -> Ask:
    facts = {"text_id": "short", **more}
    return Ask(
        decision_id=number,
        request_id=f"r{number}",
        asked_at=NOON,
        due_on=due,
        kind=Kind.STANDARD,
        **facts,
    )


def request(number: int, sender: Person, network: str = "linkedin") -> ContactRequest:
    return ContactRequest(id=f"r{number}", sender=sender, network=network)


def answered(*pairs: tuple[int, Person], heard: Heard) -> list[int]:
    asks = [(ask(number), request(number, sender)) for number, sender in pairs]
    return [each.ask.decision_id for each in answers_in([heard], asks)]


def test_the_sender_is_known_by_the_address_in_any_spelling() -> None:
    other = Person(name="O. Lund", profile_url="http://de.linkedin.com/in/Oda-Lund/")
    assert answered((1, ODA), heard=Heard(other, "linkedin", LATER)) == [1]


@pytest.mark.parametrize(
    ("person", "network", "expected"),
    [
        (Person(name="oda LUND"), "linkedin", [1]),
        (Person(name="Oda Lund"), "xing", []),
        (Person(name="Oda Lunde"), "linkedin", []),
        (Person(), "linkedin", []),
        (
            Person(name="Oda Lund", profile_url="https://linkedin.com/in/oda-2"),
            "linkedin",
            [],
        ),
        (
            Person(name="Oda Lund", profile_url="https://linkedin.com/in/ACoAAB12x"),
            "linkedin",
            [1],
        ),
    ],
)
def test_without_an_address_name_and_network_tell(
    person: Person, network: str, expected: list[int]
) -> None:
    assert answered((1, ODA), heard=Heard(person, network, LATER)) == expected


def test_two_people_of_one_name_are_not_guessed_at() -> None:
    other = Person(name="Oda Lund", profile_url="https://www.linkedin.com/in/oda-7")
    named = Heard(Person(name="Oda Lund"), "linkedin", LATER)
    assert answered((1, ODA), (2, other), heard=named) == []
    addressed = Heard(other, "linkedin", LATER)
    assert answered((1, ODA), (2, other), heard=addressed) == [2]


def test_only_what_comes_after_the_asking_is_an_answer() -> None:
    for at in (NOON - timedelta(days=1), NOON):
        assert answered((1, ODA), heard=Heard(ODA, "linkedin", at)) == []


def test_the_first_message_after_the_asking_counts() -> None:
    heard = [Heard(ODA, "linkedin", NOON + timedelta(days=n)) for n in (9, 3, -2, 5)]
    (answered,) = answers_in(heard, [(ask(), request(1, ODA))])
    assert answered.at == NOON + timedelta(days=3)


def asked(
    number: int,
    *,
    is_answered: bool = False,
    due: date = TODAY,
    ended: datetime | None = None,
    text_id: str = "short",
) -> Asked:
    return Asked(
        ask=ask(number, due=due, text_id=text_id),
        request=request(number, ODA),
        state=State.ANSWERED if is_answered else State.ASKED,
        answered_at=LATER if is_answered else None,
        ended_at=ended,
    )


def test_only_questions_whose_date_has_come_count() -> None:
    tomorrow = TODAY + timedelta(days=1)
    rates = answer_rates(
        [
            asked(1, is_answered=True),
            asked(2),
            asked(3, is_answered=True, due=tomorrow),
            asked(4, due=tomorrow),
            asked(5, ended=LATER),
            asked(6, is_answered=True, ended=LATER, text_id="long"),
        ],
        TODAY,
    )
    assert (rates.all.hits, rates.all.count) == (2, 3)
    assert [(word, each.hits, each.count) for word, each in rates.by_text] == [
        ("short", 1, 2),
        ("long", 1, 1),
    ]
    assert [(kind, each.count) for kind, each in rates.by_kind] == [(Kind.STANDARD, 3)]
    low, high = rates.all.interval
    assert 0 < low < 2 / 3 < high < 1


@given(st.lists(st.tuples(st.booleans(), st.integers(-9, 9)), max_size=12))
def test_each_division_adds_up_to_the_whole(rows: list[tuple[bool, int]]) -> None:
    every = [
        asked(n, is_answered=yes, due=TODAY + timedelta(days=days), text_id=str(n % 3))
        for n, (yes, days) in enumerate(rows)
    ]
    rates = answer_rates(every, TODAY)
    for parts in (rates.by_text, rates.by_kind, rates.by_network):
        assert sum(each.count for _, each in parts) == rates.all.count
        assert sum(each.hits for _, each in parts) == rates.all.hits


def test_silence_counts_from_the_day_itself() -> None:
    due = due_on(date(2026, 11, 6), 14)
    each = asked(1, due=due)
    assert not each.is_silent(due - timedelta(days=1))
    assert each.is_silent(due)
    assert not asked(1, is_answered=True, due=due).is_silent(due)
