"""What was said and done, taken back and said again: the weights follow it exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOON, screening
from taught_notes import COPIES, DIFFERENT, sent
from vorzimmer.campaigns import group_notes
from vorzimmer.learning import Learned
from vorzimmer.lessons import Teaching, teachings
from vorzimmer.model import Action, Assessment, Correction, Decision, Kind
from vorzimmer.screened_store import ScreenedStore

REQUESTS = {
    each.id: each
    for number, note in enumerate((*COPIES, *DIFFERENT))
    for each in [sent(number, note)]
}
COPIED, OTHERS = list(REQUESTS)[: len(COPIES)], list(REQUESTS)[len(COPIES) :]
STEP = 0.0501
ACTIONS = [Action.ACCEPT, Action.DECLINE, Action.REPORT_UNKNOWN, Action.BLOCK]


@cache
def as_shipped() -> ScreenedStore:
    """Return a store of which all is read, so that each below takes no second."""
    requests = list(REQUESTS.values())
    groups = group_notes(requests)
    screened = screening().screen(requests, same_notes=groups.senders)
    return ScreenedStore(
        run=(),
        screening=screening(),
        requests=REQUESTS,
        groups=groups,
        ties=(),
        found={each.request.id: each for each in screened},
    )


def opened() -> ScreenedStore:
    """Return a store to which nothing was taught, and which shares nothing learned."""
    shipped = as_shipped()
    return ScreenedStore(
        run=(),
        screening=shipped.screening,
        requests=REQUESTS,
        groups=shipped.groups,
        ties=(),
        found=dict(shipped.found),
    )


def assessed(store: ScreenedStore) -> list[Assessment]:
    return [store.screened_with(key, {}).assessment for key in REQUESTS]


@dataclass
class Member:
    """Says and does things at a desk, and takes them back.

    Attributes:
        store: The desk's, which has learned all that stands.
    """

    store: ScreenedStore = field(default_factory=opened)
    said: dict[str, Correction] = field(default_factory=dict)
    done: dict[str, Decision] = field(default_factory=dict)
    steps: int = 0
    forgotten: int = 0

    def take(self, step: Step) -> None:
        """Take a step; what cannot be taken back is left as it is."""
        self.steps += 1
        what, key, kind, action = step
        if what == "say":
            self.said[key] = Correction(
                id=self.steps, request_id=key, kind=kind, at=self.now
            )
        elif what == "do":
            self.done[key] = self._decision(key, action)
        elif what == "unsay":
            self.said.pop(key, None)
        elif what == "undo":
            self.done.pop(key, None)
        else:
            self.said, self.forgotten = {}, self.steps
        self.store = self.store.taught(self.taught, {})

    @property
    def now(self) -> datetime:
        return NOON + timedelta(minutes=self.steps)

    @property
    def taught(self) -> list[Teaching]:
        return teachings(REQUESTS, self.done, self.said, after_decision=self.forgotten)

    def _decision(self, key: str, action: Action) -> Decision:
        likeliest = self.store.screened_with(key, {}).assessment.leading_kind
        return Decision(
            id=self.steps,
            request_id=key,
            action=action,
            actor="member",
            at=self.now,
            policy="three-reasons",
            clause="as proposed",
            looked_like=likeliest,
        )


Step = tuple[str, str, Kind | None, Action]


def steps(keys: Sequence[str], *what: str) -> st.SearchStrategy[list[Step]]:
    one = st.tuples(
        st.sampled_from(what),
        st.sampled_from(keys),
        st.none() | st.sampled_from(Kind),
        st.sampled_from(ACTIONS),
    )
    return st.lists(one, min_size=1, max_size=25)


ANY = "say", "say", "say", "do", "do", "unsay", "undo", "reset"


@given(steps(list(REQUESTS), *ANY))
@settings(max_examples=30)
def test_a_desk_knows_what_stands_and_nothing_of_what_was_taken_back(
    taken: list[Step],
) -> None:
    member = Member()
    for step in taken:
        member.take(step)
    anew = opened().taught(member.taught, {})
    assert member.store.learned == anew.learned
    assert assessed(member.store) == assessed(anew)


@given(steps(list(REQUESTS), *ANY), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_all_taken_back_one_by_one_or_at_once_leaves_the_desk_as_shipped(
    taken: list[Step],
    is_at_once: bool,  # noqa: FBT001 - a way
    chance: object,
) -> None:
    member = Member()
    for step in taken:
        member.take(step)
    back = [
        *(("unsay", key, None, Action.HOLD) for key in member.said),
        *(("undo", key, None, Action.HOLD) for key in member.done),
    ]
    chance.shuffle(back)  # type: ignore[attr-defined] # a random.Random
    for step in [("reset", "", None, Action.HOLD)] if is_at_once else back:
        member.take(step)
    assert member.store.learned == Learned()
    assert member.store.screening == as_shipped().screening
    assert assessed(member.store) == assessed(as_shipped())


@given(steps(COPIED, "say", "do", "unsay", "undo"))
@settings(max_examples=30)
def test_whatever_is_said_of_one_text_under_many_names_moves_nothing(
    taken: list[Step],
) -> None:
    member = Member()
    for step in taken:
        member.take(step)
        learned = member.store.learned
        assert not learned.weights
        assert not learned.shifts
        assert set(learned.judged.values()) <= {1}
    assert assessed(member.store) == assessed(as_shipped())


@given(st.lists(st.sampled_from(Kind), min_size=len(OTHERS), max_size=len(OTHERS)))
@settings(max_examples=30)
def test_beside_others_copies_of_one_text_teach_what_it_teaches_once(
    kinds: list[Kind],
) -> None:
    others = dict(zip(OTHERS, kinds, strict=True))
    once = learned_from({**others, COPIED[0]: Kind.PERSONAL})
    often = learned_from({**others, **dict.fromkeys(COPIED, Kind.PERSONAL)})
    assert (often.judged, often.cases) == (once.judged, once.cases)
    # Their names and numbers may read a little like this or that.
    for kind in Kind:
        moved = once.shifts.get(kind, 0.0)
        assert often.shifts.get(kind, 0.0) == pytest.approx(moved, abs=STEP)


def learned_from(said: Mapping[str, Kind]) -> Learned:
    corrections = {
        key: Correction(id=at, request_id=key, kind=kind, at=NOON)
        for at, (key, kind) in enumerate(said.items())
    }
    return opened().taught(teachings(REQUESTS, {}, corrections), {}).learned
