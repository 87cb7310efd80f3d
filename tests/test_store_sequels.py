"""What the store promises about later messages, habits and what was settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stores import KINDS, LENA, NOON, stores
from test_habits import FRIEND
from vorzimmer.intake.voices import MOST_KEPT, LaterMessage, with_id
from vorzimmer.store import Store


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from stores(request.param, tmp_path)


def said(number: int, writer: str = "p:lena") -> LaterMessage:
    at = NOON + timedelta(days=number)
    text = f"Nachricht {number} 🙂"
    return with_id(
        LaterMessage(
            writer=writer, person=LENA, text=text, sent_at=at, network="linkedin"
        )
    )


def test_a_message_comes_back_as_it_was(store: Store) -> None:
    with store.transaction() as t:
        assert t.put_later_messages([said(1)]) == 1
        (kept,) = t.later_messages()
    assert kept.text == said(1).text
    assert kept.sent_at == said(1).sent_at
    assert kept.person.profile_url == LENA.profile_url
    assert kept.person.contacts_count is None


def test_a_message_that_comes_again_is_kept_once(store: Store) -> None:
    with store.transaction() as t:
        t.put_later_messages([said(1), said(1)])
        assert t.put_later_messages([said(1)]) == 0
        assert len(t.later_messages()) == 1


def test_of_each_person_the_first_and_the_last_stay(store: Store) -> None:
    with store.transaction() as t:
        t.put_later_messages(said(number) for number in range(30))
        t.put_later_messages([said(99, "p:other")])
        days = [(each.sent_at - NOON).days for each in t.later_messages()]
    assert days == [*range(MOST_KEPT), *range(30 - MOST_KEPT, 30), 99]


def test_the_habit_that_rests_on_more_messages_wins(store: Store) -> None:
    more = replace(FRIEND, count=40)
    with store.transaction() as t:
        t.put_habits({"p:lena": more})
        t.put_habits({"p:lena": FRIEND})
        assert t.habits() == {"p:lena": more}


def test_what_was_settled_can_be_taken_back_once(store: Store) -> None:
    with store.transaction() as t:
        t.settle("request r1", at=NOON)
        t.settle("request r1", at=NOON + timedelta(days=1))
        assert t.settled() == {"request r1": NOON + timedelta(days=1)}
        assert t.unsettle("request r1")
        assert not t.unsettle("request r1")
        assert t.settled() == {}


def test_another_member_sees_nothing_of_it(store: Store) -> None:
    with store.transaction() as t:
        t.put_later_messages([said(1)])
        t.put_habits({"p:lena": FRIEND})
        t.settle("request r1", at=NOON)
    with store.reading(member_id=2) as other:
        assert (other.later_messages(), other.habits(), other.settled()) == ([], {}, {})
