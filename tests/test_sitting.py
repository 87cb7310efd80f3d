"""Minutes are measured, what fits is counted, the rest only told when it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ANNA, request, screening
from clocked_desk import REQUESTS, START, WORDS, Clock, bring, clocked_desk
from open_network import OpenNetwork
from vorzimmer.cards import make_cards, make_session, worth_first
from vorzimmer.desk import Desk
from vorzimmer.errors import ReactionError, StoreError
from vorzimmer.model import Action, Decision, Person, say
from vorzimmer.policy_file import preset_policy
from vorzimmer.reactions import State
from vorzimmer.sitting import (
    APART,
    Sitting,
    budget_of,
    decisions_by_hour,
    ends_of,
    followed,
    make_plan,
    minutes_by_week,
    seconds_by_decision,
    sittings,
    with_end,
)
from vorzimmer.store import Reading

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
GAPS = st.lists(st.integers(0, 4_000), max_size=30)


def decision(  # noqa: PLR0913 - what matters here of a decision
    number: int,
    after_s: float,
    action: Action = Action.IGNORE,
    *,
    undoes: int | None = None,
    batch: int | None = None,
    proposed: Action | None = Action.IGNORE,
    policy: str = "three-reasons",
    about: int | None = None,
) -> Decision:
    return Decision(
        id=number,
        request_id=f"r{number if about is None else about}",
        action=action,
        actor="member",
        at=NOON + timedelta(seconds=after_s),
        undoes=undoes,
        batch=batch,
        proposed=proposed,
        policy=policy,
    )


def in_a_row(gaps: list[int]) -> list[Decision]:
    made, at = [decision(1, 0)], 0
    for number, gap in enumerate(gaps, 2):
        at += gap
        made.append(decision(number, at))
    return made


def test_minutes_are_the_time_between_decisions_without_pauses() -> None:
    (found,) = sittings(in_a_row([30, 120, 121, 60]))
    assert found.worked_s == 210
    assert found.ended_at - found.began_at == timedelta(seconds=331)


def test_a_long_pause_begins_another_sitting() -> None:
    found = sittings(in_a_row([10, int(APART.total_seconds()) + 1, 20]))
    assert [each.worked_s for each in found] == [10, 20]


@given(GAPS)
def test_every_decision_is_in_one_sitting_and_no_time_is_invented(
    gaps: list[int],
) -> None:
    made = in_a_row(gaps)
    found = sittings(made)
    assert [one for each in found for one in each.decisions] == made
    assert sum(each.worked_s for each in found) == sum(g for g in gaps if g <= 120)


@given(GAPS, st.integers(0, 40_000))
def test_an_end_only_divides(gaps: list[int], end_s: int) -> None:
    made = in_a_row(gaps)
    end = NOON + timedelta(seconds=end_s)
    found = sittings(made, [end])
    assert [one for each in found for one in each.decisions] == made
    for each in found:
        assert not each.began_at <= end < each.ended_at


def test_an_undoing_takes_time_but_is_no_decision() -> None:
    made = [decision(1, 0), decision(2, 10), decision(3, 25, undoes=2, about=2)]
    (found,) = sittings(made)
    assert found.worked_s == 25
    assert found.counts == ((Action.IGNORE, 1),)


def test_what_the_archive_shows_is_no_work() -> None:
    assert sittings([replace(decision(1, 0), actor="archive")]) == []


def test_only_what_was_looked_at_by_itself_says_what_is_done_with_such() -> None:
    made = [
        decision(1, 0),
        decision(2, 1, Action.ACCEPT),
        decision(3, 2, batch=1),  # nobody looked at each
        decision(4, 3, proposed=None),  # nobody wrote it down
        decision(5, 4, policy="open-door"),
        decision(6, 5, proposed=Action.ASK),
        decision(7, 6),
        decision(8, 7, undoes=7, about=7),
        decision(9, 8, Action.HOLD),
        decision(10, 9, Action.ACCEPT, about=9),
        decision(11, 10, Action.ASK),  # what counts is what was done first
        decision(12, 99, batch=2, about=11),
    ]
    found = followed(made, Action.IGNORE, policy="three-reasons")
    assert (found.hits, found.count) == (1, 4)


def test_known_people_and_unclear_requests_come_before_the_rest() -> None:
    requests = [
        request(
            "Ich helfe Coaches zu mehr Kunden. Hätten Sie 15 Minuten für einen"
            " kurzen Austausch? https://calendly.com/rex/15min",
            name="Rex",
        ),
        request("Wie besprochen.", name="Zoe"),
        request("", name=ANNA.name, profile_url=ANNA.profile_url),
    ]
    policy = preset_policy("three-reasons")
    made = make_cards(requests, screening(), policy=policy)
    assert made[0].assessment.leading_kind is not None
    assert made[1].assessment.leading_kind is None
    order = [card.request.sender.name for card in worth_first(made)]
    assert order == [ANNA.name, "Zoe", "Rex"]


def test_what_was_put_off_comes_last_and_who_answered_first() -> None:
    policy = preset_policy("three-reasons")
    requests = [request("", name=name) for name in ("Ada", "Bea", "Cem")]
    made = make_cards(requests, screening(), policy=policy)
    states = (State.HELD, State.PENDING, State.ANSWERED)
    cards = [replace(card, state=at) for card, at in zip(made, states, strict=True)]
    order = [card.request.sender.name for card in worth_first(cards)]
    assert order == ["Cem", "Bea", "Ada"]


def test_what_fits_never_is_more_than_waits_or_than_the_time() -> None:
    policy = preset_policy("three-reasons")
    cards = make_cards(
        [request("", name=f"Kim {number}") for number in range(30)],
        screening(),
        policy=policy,
    )
    session = make_session(cards, policy, decided_count=0)

    def fits(minutes: int | None, used_s: float = 0.0) -> int:
        return make_plan(
            session, (), minutes=minutes, used_s=used_s, pace=(20.0, True)
        ).fits

    assert (fits(5), fits(5, 150.0), fits(5, 300.0), fits(20)) == (15, 7, 0, 30)
    plan = make_plan(session, (), minutes=5, used_s=301.0, pace=(20.0, True))
    assert plan.is_used_up
    assert plan.minutes_for_all == 10


def test_a_choice_that_is_none_of_ours_is_no_choice() -> None:
    assert (budget_of("10"), budget_of("7"), budget_of(None)) == (10, None, None)


def test_ends_are_kept_in_their_order() -> None:
    later = NOON + timedelta(days=7)
    assert ends_of(with_end((NOON,), later)) == (NOON, later)
    assert ends_of(with_end((NOON,), later, most=1)) == (later,)
    assert ends_of(None) == ()


@given(st.lists(GAPS, max_size=5))
def test_charts_count_all_minutes_and_decisions(weeks: list[list[int]]) -> None:
    found: list[Sitting] = []
    for place, gaps in enumerate(weeks):
        for each in sittings(in_a_row(gaps)):
            move = timedelta(weeks=place)
            found.append(
                Sitting(
                    each.began_at + move,
                    each.ended_at + move,
                    each.decisions,
                    each.worked_s,
                )
            )
    minutes = minutes_by_week(found)
    assert len(minutes.rows) <= 26
    whole = sum(each.worked_s for each in found) / 60
    assert abs(minutes.total - whole) <= len(minutes.rows) / 2
    decided = sum(len(each.decisions) for each in found)
    assert decisions_by_hour(found).total == decided
    counted = sum(1 for gaps in weeks for gap in gaps if gap <= 120)
    assert seconds_by_decision(found).total == counted


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with clocked_desk(tmp_path, clock, OpenNetwork()) as opened:
        opened.use_policy("three-reasons")
        yield opened


def test_a_decision_keeps_what_was_proposed(desk: Desk) -> None:
    proposed = desk.card("anja").proposal.action
    assert desk.decide("anja", Action.DECLINE).proposed is proposed
    many = desk.reactions.decide_many(["bodo", "cleo"], Action.IGNORE)
    assert {each.proposed for each in many} == {proposed}


def test_the_time_runs_with_the_decisions_and_ends(desk: Desk, clock: Clock) -> None:
    desk.sitting.choose(5)
    for name in ("anja", "bodo", "cleo"):
        desk.decide(name, Action.IGNORE)
        clock.sleep(100 / 86_400)
    assert desk.sitting.plan(desk.session()).used_s == 200
    assert not desk.sitting.plan(desk.session()).is_used_up
    desk.reactions.undo()
    clock.sleep(100 / 86_400)
    desk.decide("cleo", Action.IGNORE)
    plan = desk.sitting.plan(desk.session())
    assert plan.is_used_up
    assert plan.used_minutes == 7
    desk.sitting.end()
    assert desk.sitting.plan(desk.session()).used_s == 0
    desk.sitting.choose(None)
    assert desk.sitting.plan(desk.session()).minutes is None


def test_decisions_that_could_not_be_read_are_read_the_next_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decide("anja", Action.IGNORE)

    def broken(*_: object) -> list[Decision]:
        raise StoreError(say("The disk is gone."))

    with monkeypatch.context() as now:
        now.setattr(Reading, "decisions_after", broken)
        with pytest.raises(StoreError):
            desk.sitting.summary()
    assert desk.sitting.summary().sitting is not None


def test_another_day_starts_from_nothing(desk: Desk, clock: Clock) -> None:
    desk.decide("anja", Action.IGNORE)
    clock.sleep(60 / 86_400)
    desk.decide("bodo", Action.IGNORE)
    clock.sleep(1)
    assert desk.sitting.plan(desk.session()).used_s == 0


def test_only_the_times_that_are_offered_can_be_chosen(desk: Desk) -> None:
    with pytest.raises(ReactionError, match="5, 10 or 20"):
        desk.sitting.choose(7)


def test_the_summary_says_what_was_done_and_what_waits(
    desk: Desk, clock: Clock
) -> None:
    assert desk.sitting.summary().sitting is None
    desk.decide("anja", Action.ACCEPT)
    clock.sleep(1)
    desk.decide("bodo", Action.ACCEPT)
    desk.reactions.decide("cleo", Action.ASK, sent=WORDS)
    found = desk.sitting.summary()
    assert found.sitting is not None
    assert dict(found.sitting.counts) == {Action.ACCEPT: 1, Action.ASK: 1}
    assert [each.request.id for each in found.accepted] == ["bodo"]
    assert [each.request.id for each in found.asked] == ["cleo"]
    assert [each.request.id for each in found.due] == ["cleo"]
    assert found.open_count == 3
    assert len(found.earlier) == 1


def test_the_notice_tells_new_from_old(desk: Desk, clock: Clock) -> None:
    before = desk.sitting.notice()
    assert (before.since, before.new_count) == (None, 6)
    desk.reactions.decide("anja", Action.ASK, sent=WORDS)
    clock.sleep(11)
    notice = desk.sitting.notice()
    assert notice.since == START
    assert notice.new_count == 0
    assert [each.request.id for each in notice.silent] == ["anja"]
    assert not notice.is_empty


def test_what_was_sent_before_the_last_session_and_read_after_it_is_new(
    desk: Desk, clock: Clock
) -> None:
    desk.decide("anja", Action.IGNORE)
    clock.sleep(1)
    desk.sitting.end()
    over = clock.now
    clock.sleep(6)
    late = replace(REQUESTS[0], id="late", sender=Person(name="Lale Okur"))
    late = replace(late, sent_at=START - timedelta(days=30))
    bring(desk, requests=(late,))
    notice = desk.sitting.notice()
    assert (notice.since, notice.new_count) == (over, 1)
    bring(desk, requests=(late,))  # the same export, read once more
    clock.sleep(1)
    desk.sitting.end()
    assert desk.sitting.notice().new_count == 0


def test_charts_of_answers_say_how_sure_they_are(desk: Desk, clock: Clock) -> None:
    assert desk.sitting.charts() == ()
    desk.reactions.decide("anja", Action.ASK, sent=WORDS)
    clock.sleep(11)
    charts = {each.name: each for each in desk.sitting.charts()}
    assert charts["answers"].rows[0][1] == (0, 1)
    assert "0 of 1" in str(charts["answers"].note)


def test_a_plan_is_made_once_until_something_changes(desk: Desk) -> None:
    desk.sitting.choose(5)
    plan = desk.sitting.plan(desk.session())
    assert desk.sitting.plan(desk.session()) is plan
    desk.decide("anja", Action.IGNORE)
    assert desk.sitting.plan(desk.session()).open_count == plan.open_count - 1


def test_what_is_looked_at_ahead_is_found_with_its_words(desk: Desk) -> None:
    def are_looked_up() -> set[bool]:
        return {
            isinstance(each._words, tuple)  # noqa: SLF001 - asking would look them up
            for card in desk.session().way
            for score in card.assessment.kinds.values()
            for each in score.evidence
        }

    assert False in are_looked_up()
    desk.sitting.look_ahead(300)
    assert are_looked_up() == {True}
