"""What the member does about requests, on a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clocked_desk import (
    REQUESTS,
    START,
    WORDS,
    Clock,
    clocked_desk,
    state,
)
from open_network import OpenNetwork
from vorzimmer.acting import BY_HAND, Progress, SentText
from vorzimmer.desk import Desk
from vorzimmer.errors import (
    ActingError,
    ReactionError,
    UndoError,
    UnknownNameError,
)
from vorzimmer.model import Action, Decision
from vorzimmer.reactions import Happening, State, not_withdrawn
from vorzimmer.store import Store


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


def test_a_contact_is_removed_only_once_it_was_accepted(desk: Desk) -> None:
    with pytest.raises(ReactionError, match="accepted can be removed"):
        desk.decide("anja", Action.REMOVE)
    desk.decide("anja", Action.ACCEPT)
    desk.decide("anja", Action.REMOVE)
    assert state(desk, "anja") is State.REMOVED
    desk.undo()
    assert state(desk, "anja") is State.ACCEPTED
    desk.undo()
    assert desk.card("anja").is_open


def test_what_is_refused_leaves_no_trace(desk: Desk) -> None:
    desk.decide("anja", Action.BLOCK)
    before = desk.reactions.history("anja")
    with pytest.raises(ReactionError, match="no more to be done"):
        desk.decide("anja", Action.ACCEPT)
    assert desk.reactions.history("anja") == before


def test_many_are_decided_at_once_and_undone_at_once(desk: Desk) -> None:
    desk.decide("dirk", Action.BLOCK)
    made = desk.reactions.decide_many(["anja", "bodo", "cleo", "anja"], Action.IGNORE)
    assert [each.request_id for each in made] == ["anja", "bodo", "cleo"]
    assert len({each.batch for each in made}) == 1
    assert all(each.clause == desk.card("odo").proposal.clause for each in made) or (
        desk.card("odo").proposal.action is not Action.IGNORE
    )
    undone = desk.reactions.undo()
    assert [each.undoes for each in undone] == [each.id for each in made]
    assert all(desk.card(each).decision is None for each in ("anja", "bodo", "cleo"))
    assert state(desk, "dirk") is State.BLOCKED


def test_what_was_decided_after_a_batch_stays_when_it_is_undone(desk: Desk) -> None:
    (first, *_) = desk.reactions.decide_many(["anja", "bodo"], Action.IGNORE)
    desk.decide("bodo", Action.REPORT_UNKNOWN)
    desk.reactions.undo(batch=first.batch)
    assert state(desk, "anja") is State.PENDING
    assert state(desk, "bodo") is State.REPORTED_UNKNOWN
    desk.undo()
    assert state(desk, "bodo") is State.IGNORED
    desk.undo()
    assert state(desk, "bodo") is State.PENDING
    with pytest.raises(UndoError):
        desk.reactions.undo(batch=first.batch)


def test_one_of_a_batch_can_be_taken_back_alone(desk: Desk) -> None:
    (first, second) = desk.reactions.decide_many(["anja", "bodo"], Action.IGNORE)
    desk.undo(first.id)
    assert (state(desk, "anja"), state(desk, "bodo")) == (
        State.PENDING,
        State.IGNORED,
    )
    assert second.batch == first.batch


def test_a_batch_is_all_or_nothing(desk: Desk) -> None:
    desk.decide("bodo", Action.BLOCK)
    for wrong, error in (("bodo", ReactionError), ("nobody", UnknownNameError)):
        with pytest.raises(error):
            desk.reactions.decide_many(["anja", wrong], Action.IGNORE)
        assert state(desk, "anja") is State.PENDING


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(["anja", "bodo", "cleo"])), st.integers(0, 8)
        ),
        max_size=5,
    )
)
def test_undoing_as_often_as_deciding_restores_everything(
    desk: Desk, rounds: list[tuple[set[str], int]]
) -> None:
    before = {each.id: state(desk, each.id) for each in REQUESTS}
    taken = 0
    for chosen, way in rounds:
        offers = [set(desk.card(each).possible) for each in chosen]
        both = sorted(set.intersection(*offers)) if offers else []
        if both:
            desk.reactions.decide_many(chosen, both[way % len(both)])
            taken += 1
    for _ in range(taken):
        desk.reactions.undo()
    assert {each.id: state(desk, each.id) for each in REQUESTS} == before


def step_back(desk: Desk) -> None:
    """Take back what was done last, as the key z does."""
    told = desk.reactions.last_told()
    if told is None:
        desk.reactions.undo()
    else:
        desk.reactions.take_event_back(told[1].id)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["anja", "bodo"]), st.integers(0, 9)), max_size=6
    )
)
def test_each_step_back_restores_what_was_before(
    desk: Desk, steps: list[tuple[str, int]]
) -> None:
    def states() -> dict[str, State]:
        return {name: state(desk, name) for name in ("anja", "bodo")}

    before = []
    for name, way in steps:
        offers = desk.card(name).possible
        if way < len(offers):
            before.append(states())
            desk.decide(name, offers[way])
        elif not_withdrawn(state(desk, name)) is None:
            before.append(states())
            desk.reactions.withdrawn(name)
    while before:
        step_back(desk)
        assert states() == before.pop()


def test_what_is_over_cannot_be_noted_as_gone(desk: Desk) -> None:
    desk.decide("anja", Action.IGNORE)
    with pytest.raises(ReactionError, match="decided about this request"):
        desk.reactions.withdrawn("anja")
    desk.undo()
    desk.reactions.withdrawn("anja")
    with pytest.raises(ReactionError, match="noted already"):
        desk.reactions.withdrawn("anja")


def test_the_person_acts_copies_and_says_that_it_is_done(
    desk: Desk, clock: Clock
) -> None:
    begun = desk.reactions.acting.begin("anja", Action.ASK, sent=WORDS)
    assert (begun.progress, begun.tries) == (Progress.WAITING, 0)
    assert desk.card("anja").is_open
    assert desk.reactions.acting.under_way("anja") == begun
    clock.sleep(0.01)
    edited = SentText(text="Woher kennen wir uns?", text_id="short", language="de")
    made = desk.reactions.acting.done(begun.key, sent=edited)
    assert (made.action, made.at) == (Action.ASK, clock.now)
    asked = desk.asking.of("anja")
    assert asked is not None
    assert (asked.ask.text, asked.ask.asked_at) == (edited.text, START)
    assert asked.ask.due_on == date(2026, 11, 12)
    assert desk.reactions.acting.all() == []
    with pytest.raises(ReactionError, match="not under way"):
        desk.reactions.acting.done(begun.key)


def test_what_waits_for_done_can_be_cancelled(desk: Desk) -> None:
    begun = desk.reactions.acting.begin("anja", Action.DECLINE)
    desk.reactions.acting.cancel(begun.key)
    assert desk.reactions.acting.under_way("anja") is None
    assert desk.reactions.history("anja") == []
    for late in (desk.reactions.acting.done, desk.reactions.acting.cancel):
        with pytest.raises(ReactionError, match="not under way"):
            late(begun.key)


def test_beginning_twice_is_beginning_once(desk: Desk) -> None:
    first = desk.reactions.acting.begin("anja", Action.ASK, sent=WORDS)
    assert desk.reactions.acting.begin("anja", Action.ASK) == first
    other = desk.reactions.acting.begin("anja", Action.DECLINE)
    assert desk.reactions.acting.all() == [other]
    desk.decide("anja", Action.IGNORE)
    assert desk.reactions.acting.all() == []


def test_vorzimmer_never_acts_where_the_person_does(desk: Desk) -> None:
    for name in ("linkedin", "xing"):
        assert BY_HAND[name].acts == frozenset()
        with pytest.raises(AssertionError, match="the person acts"):
            BY_HAND[name].act(REQUESTS[0], Action.ACCEPT, "", key="k")
    begun = desk.reactions.acting.begin("anja", Action.ACCEPT)
    with pytest.raises(ReactionError, match="you act yourself"):
        desk.reactions.acting.again(begun.key)


def test_an_open_network_acts_at_once(desk: Desk, network: OpenNetwork) -> None:
    made = desk.reactions.decide("odo", Action.ASK, sent=WORDS)
    assert list(network.done.values()) == [("odo", Action.ASK, WORDS.text)]
    assert made.action is Action.ASK
    asked = desk.asking.of("odo")
    assert asked is not None
    assert asked.ask.text_id == "short"
    desk.decide("pia", Action.BLOCK)
    assert len(network.done) == 1


def test_what_failed_is_recorded_only_when_it_works(
    desk: Desk, network: OpenNetwork
) -> None:
    network.failures = 2
    with pytest.raises(ActingError, match="busy"):
        desk.decide("odo", Action.ACCEPT)
    assert desk.card("odo").is_open
    (begun,) = desk.reactions.acting.all()
    assert (begun.progress, begun.tries) == (Progress.FAILED, 1)
    assert desk.reactions.acting.again(begun.key).tries == 2
    done = desk.reactions.acting.again(begun.key)
    assert (done.progress, done.tries) == (Progress.DONE, 3)
    assert state(desk, "odo") is State.ACCEPTED
    assert desk.reactions.acting.all() == []


def test_another_try_does_nothing_twice(desk: Desk, network: OpenNetwork) -> None:
    network.is_cut_off = True  # it is done, but its word does not arrive
    begun = desk.reactions.acting.begin("odo", Action.ASK, sent=WORDS)
    assert begun.progress is Progress.FAILED
    desk.reactions.acting.again(begun.key)
    assert network.asked == [begun.key, begun.key]
    assert list(network.done) == [begun.key]


def test_of_many_those_that_failed_stay_under_way(
    desk: Desk, network: OpenNetwork
) -> None:
    network.refuses = {"pia"}
    made = desk.reactions.decide_many(["anja", "odo", "pia"], Action.IGNORE)
    assert [each.request_id for each in made] == ["anja", "odo"]
    (failed,) = desk.reactions.acting.all()
    assert (failed.request_id, failed.progress) == ("pia", Progress.FAILED)
    with pytest.raises(ActingError, match="busy"):
        desk.reactions.decide_many(["pia"], Action.IGNORE)


def test_a_request_that_was_taken_back_waits_no_more(desk: Desk) -> None:
    assert desk.reactions.withdrawn("anja") is State.WITHDRAWN
    (event,) = desk.reactions.history("anja")
    assert not isinstance(event, Decision)
    assert (event.what, event.actor) == (Happening.WITHDRAWN, "member")
    desk.reactions.take_event_back(event.id)
    assert desk.card("anja").is_open
    assert desk.reactions.withdrawn("anja") is State.WITHDRAWN


@pytest.mark.parametrize(
    "change", ["UPDATE request_event SET at = 0", "DELETE FROM request_event"]
)
def test_what_happened_cannot_be_changed(desk: Desk, change: str) -> None:
    desk.reactions.withdrawn("anja")
    with (
        pytest.raises(DBAPIError, match="append-only"),
        desk._store.engine.begin() as connection,  # noqa: SLF001 - past the use cases, on purpose
    ):
        connection.execute(text(change))


Doing = Callable[[], object]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Doing], None]:
    """Let another thread do something between what is read and what is written."""
    usual = Store.transaction

    def prepare(other: Doing) -> None:
        def transaction(store: Store) -> Any:  # noqa: ANN401 - as that of the store
            monkeypatch.setattr(Store, "transaction", usual)
            other()
            return usual(store)

        monkeypatch.setattr(Store, "transaction", transaction)

    return prepare


def test_a_click_on_two_pages_at_once_begins_once(
    desk: Desk, meanwhile: Callable[[Doing], None]
) -> None:
    acting = desk.reactions.acting
    meanwhile(lambda: acting.begin("anja", Action.ASK))
    acting.begin("anja", Action.ASK)
    assert len(acting.all()) == 1


def test_a_click_on_two_pages_at_once_records_once(
    desk: Desk, meanwhile: Callable[[Doing], None]
) -> None:
    acting = desk.reactions.acting
    key = acting.begin("anja", Action.ANSWER, sent=WORDS).key
    meanwhile(lambda: acting.done(key))
    with pytest.raises(ReactionError, match="not under way"):
        acting.done(key)
    assert len(desk.reactions.history("anja")) == 1
    key = acting.begin("bodo", Action.ANSWER, sent=WORDS).key
    meanwhile(lambda: acting.done(key))
    with pytest.raises(ReactionError, match="not under way"):
        acting.cancel(key)


def test_a_click_on_two_pages_at_once_notes_once_that_a_request_is_gone(
    desk: Desk, meanwhile: Callable[[Doing], None]
) -> None:
    meanwhile(lambda: desk.reactions.withdrawn("anja"))
    with pytest.raises(ReactionError, match="noted already"):
        desk.reactions.withdrawn("anja")
    assert len(desk.reactions.history("anja")) == 1
