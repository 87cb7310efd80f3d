"""The state machine: what may be done, where it leads, and back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.errors import ReactionError
from vorzimmer.model import Action, Decision
from vorzimmer.reactions import (
    OPEN,
    Event,
    Happening,
    State,
    happened_last,
    in_order,
    not_withdrawn,
    possible,
    refused,
    standing,
    state_after,
    state_of,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
Step = Action | Happening | str  # "undo" and "untell" take the newest back

steps = st.lists(
    st.one_of(
        st.sampled_from(Action),
        st.sampled_from(Happening),
        st.sampled_from(["undo", "untell"]),
    ),
    max_size=14,
)


class Record:
    """A history under way, as the store would keep it."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []
        self.events: list[Event] = []

    @property
    def history(self) -> list[Decision | Event]:
        return in_order(self.decisions, self.events)

    @property
    def state(self) -> State:
        return state_of(self.history)

    def decide(self, action: Action, *, undoes: int | None = None) -> None:
        number = len(self.decisions) + 1
        at = NOON + timedelta(minutes=number)
        self.decisions.append(
            Decision(
                id=number,
                request_id="r",
                action=action,
                actor="member",
                at=at,
                undoes=undoes,
            )
        )

    def tell(self, what: Happening, *, undoes: int | None = None) -> None:
        self.events.append(
            Event(
                id=len(self.events) + 1,
                request_id="r",
                what=what,
                at=NOON,
                after_decision=len(self.decisions),
                undoes=undoes,
            )
        )

    def last(self, kind: type[Decision | Event]) -> Decision | Event | None:
        kept = [each for each in standing(self.history) if isinstance(each, kind)]
        return max(kept, key=lambda each: each.id) if kept else None

    def take(self, step: Step) -> bool:
        """Do what the step says where it is possible; return whether it was."""
        if isinstance(step, Action):
            if refused(self.state, step):
                return False
            self.decide(step)
        elif isinstance(step, Happening):
            self.tell(step)
        else:
            last = self.last(Decision if step == "undo" else Event)
            if isinstance(last, Decision):
                self.decide(last.action, undoes=last.id)
            elif isinstance(last, Event):
                self.tell(last.what, undoes=last.id)
        return True


def after(*made: Step) -> Record:
    record = Record()
    for step in made:
        assert record.take(step), step
    return record


@given(steps)
def test_a_replay_gives_the_same_state(made: list[Step]) -> None:
    record = Record()
    for step in made:
        record.take(step)
    replayed = in_order(reversed(record.decisions), reversed(record.events))
    assert replayed == record.history
    assert state_of(replayed) is record.state


@given(steps, st.sampled_from(Action))
def test_an_undo_restores_the_former_state_exactly(
    made: list[Step], action: Action
) -> None:
    record = Record()
    for step in made:
        record.take(step)
    before, history = record.state, standing(record.history)
    if record.take(action):
        record.take("undo")
    assert record.state is before
    assert standing(record.history) == history


@given(steps, st.sampled_from(Happening))
def test_what_is_taken_back_never_happened(made: list[Step], what: Happening) -> None:
    record = Record()
    for step in made:
        record.take(step)
    before = record.state
    record.take(what)
    record.take("untell")
    assert record.state is before


@given(steps)
def test_undoing_everything_leaves_a_request_that_waits(made: list[Step]) -> None:
    record = Record()
    for step in made:
        record.take(step)
    for _ in range(len(made)):
        record.take("undo")
        record.take("untell")
    assert record.state is State.PENDING
    assert standing(record.history) == []


@given(steps)
def test_the_last_decision_and_what_followed_are_enough(made: list[Step]) -> None:
    record = Record()
    for step in made:
        record.take(step)
    kept = standing(record.history)
    decisions = [each for each in kept if isinstance(each, Decision)]
    events = [each for each in kept if isinstance(each, Event)]
    last = decisions[-1] if decisions else None
    assert state_after(last, events) is record.state


@given(steps)
def test_what_happened_last_brought_the_request_where_it_stands(
    made: list[Step],
) -> None:
    record = Record()
    for step in made:
        record.take(step)
    kept = standing(record.history)
    decisions = [each for each in kept if isinstance(each, Decision)]
    events = [each for each in kept if isinstance(each, Event)]
    decision = decisions[-1] if decisions else None
    last = happened_last(decision, events)
    if last is None:
        assert record.state is state_after(decision)
    else:
        sooner = [each for each in events if each.id < last.id]
        assert state_after(decision, sooner) is not record.state
        assert state_after(decision, [*sooner, last]) is record.state


@pytest.mark.parametrize("state", State)
def test_only_what_is_not_over_can_be_taken_back(state: State) -> None:
    told = not_withdrawn(state)
    is_unfinished = state in {*OPEN, State.ASKED, State.WRITTEN_TO}
    assert (told is None) == is_unfinished
    assert told is None or str(told).endswith(".")


@given(steps)
def test_every_step_was_possible_or_is_refused_with_a_sentence(
    made: list[Step],
) -> None:
    record = Record()
    for step in made:
        state = record.state
        if not record.take(step):
            assert isinstance(step, Action)
            told = refused(state, step)
            assert isinstance(told, ReactionError)
            assert str(told).endswith(".")
            assert record.state is state


@pytest.mark.parametrize("state", State)
def test_each_state_says_what_is_possible(state: State) -> None:
    offered = possible(state)
    assert len(set(offered)) == len(offered)
    assert all(refused(state, each) is None for each in offered)
    assert (Action.ACCEPT in offered) >= (state in OPEN)
    assert (Action.REMOVE in offered) == (state is State.ACCEPTED)


def test_no_state_is_out_of_reach() -> None:
    reached = {State.PENDING}
    ways: list[tuple[Step, ...]] = [()]
    for _ in range(3):
        ways = [
            (*way, step)
            for way in ways
            for step in (*Action, *Happening)
            if not isinstance(step, Action) or not refused(after(*way).state, step)
        ][:4000]
        reached |= {after(*way).state for way in ways}
    assert reached == set(State)


@pytest.mark.parametrize(
    ("made", "state"),
    [
        ((Action.ASK,), State.ASKED),
        ((Action.ASK, Happening.SENDER_ANSWERED), State.ANSWERED),
        ((Action.ASK, Happening.SENDER_ANSWERED, "untell"), State.ASKED),
        ((Action.ASK, Happening.SENDER_ANSWERED, Action.ACCEPT), State.ACCEPTED),
        (
            (Action.ASK, Happening.SENDER_ANSWERED, Action.ACCEPT, "undo"),
            State.ANSWERED,
        ),
        ((Action.ASK, Action.IGNORE, Happening.SENDER_ANSWERED), State.IGNORED),
        ((Happening.SENDER_ANSWERED,), State.PENDING),
        ((Action.IGNORE, Action.REPORT_UNKNOWN), State.REPORTED_UNKNOWN),
        ((Action.ACCEPT, Action.REMOVE, Action.REPORT_SPAM), State.REPORTED_SPAM),
        ((Action.ANSWER, Happening.SHOWN_ACCEPTED), State.ACCEPTED),
        ((Action.BLOCK, Happening.SHOWN_ACCEPTED), State.BLOCKED),
        ((Action.ASK, Happening.WITHDRAWN), State.WITHDRAWN),
        ((Action.HOLD, Action.ANSWER), State.WRITTEN_TO),
        ((Action.ASK, Happening.SENDER_ANSWERED, "undo"), State.PENDING),
    ],
)
def test_a_history_leads_to_its_state(made: tuple[Step, ...], state: State) -> None:
    assert after(*made).state is state


@pytest.mark.parametrize(
    ("made", "action", "words"),
    [
        ((), Action.REMOVE, "Only a contact that you accepted"),
        ((Action.ASK,), Action.ASK, "asked back already"),
        ((Action.ASK,), Action.HOLD, "asked back already"),
        ((Action.ACCEPT,), Action.IGNORE, "remove the contact"),
        ((Action.IGNORE,), Action.ACCEPT, "undo it"),
        ((Action.BLOCK,), Action.REPORT_SPAM, "no more to be done"),
    ],
)
def test_the_impossible_is_refused(
    made: tuple[Action, ...], action: Action, words: str
) -> None:
    told = refused(after(*made).state, action)
    assert words in str(told)


def test_what_was_recorded_counts_even_if_it_would_be_refused_today() -> None:
    record = after(Action.IGNORE)
    record.decide(Action.ACCEPT)
    assert record.state is State.ACCEPTED


def test_an_answer_before_the_asking_changes_nothing() -> None:
    record = after(Happening.SENDER_ANSWERED, Action.ASK)
    assert record.state is State.ASKED
    later = replace(record.events[0], id=2, after_decision=1)
    assert state_after(record.decisions[0], [record.events[0], later]) is State.ANSWERED
