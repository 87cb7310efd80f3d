"""People to meet: the next step and its day, and how often texts are answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.meeting import (
    FADES_DAYS,
    WAIT_DAYS,
    MeetingStep,
    Next,
    PersonToMeet,
    StepKind,
    next_step,
    text_rates,
)
from vorzimmer.model import Person

TODAY = date(2026, 6, 1)
DAY = timedelta(days=1)


def entry(
    *steps: tuple[StepKind, int], remind_on: date | None = None, text: str = ""
) -> PersonToMeet:
    """Return an entry with steps so many days ago."""
    return PersonToMeet(
        id=1,
        person=Person(name="Ocke Bruhns"),
        why="Baut Waagen",
        added_at=datetime(2026, 1, 2, 12, tzinfo=UTC),
        remind_on=remind_on,
        steps=tuple(
            MeetingStep(id=number, kind=kind, on=TODAY - ago * DAY, text_name=text)
            for number, (kind, ago) in enumerate(steps, 1)
        ),
    )


K = StepKind


@pytest.mark.parametrize(
    ("steps", "kind", "due_in"),
    [
        ([], Next.LOOK, None),
        ([(K.SAW, 3)], Next.SHOW_UP, -3),
        ([(K.SAW, FADES_DAYS + 1)], Next.LOOK, None),
        ([(K.SAW, 9), (K.COMMENTED, 2)], Next.WRITE, 5),
        ([(K.COMMENTED, FADES_DAYS + 1)], Next.SHOW_UP, -1),
        ([(K.MET, 0)], Next.WRITE, 1),
        ([(K.INTRODUCED, 4)], Next.WRITE, -3),
        ([(K.MET, 30), (K.WROTE, 10)], Next.WAIT, WAIT_DAYS - 10),
        ([(K.WROTE, 60), (K.WROTE, 20)], Next.LET_BE, 99),
        ([(K.WROTE, 60), (K.WROTE, 20), (K.MET, 1)], Next.WRITE, 0),
        ([(K.WROTE, 60), (K.ANSWERED, 55), (K.WROTE, 20)], Next.WAIT, 8),
        ([(K.WROTE, 20), (K.ANSWERED, 19)], Next.GO_ON, 99),
        ([(K.REFUSED, 200)], Next.LET_BE, 99),
        ([(K.REFUSED, 200), (K.SAW, 1), (K.COMMENTED, 1)], Next.LET_BE, 99),
        ([(K.REFUSED, 200), (K.INTRODUCED, 1)], Next.WRITE, 0),
    ],
)
def test_a_good_next_step(
    steps: list[tuple[StepKind, int]], kind: Next, due_in: int | None
) -> None:
    found = next_step(entry(*steps), TODAY)
    assert found.kind is kind
    expected = {None: date(2026, 1, 2), 99: None}
    assert found.due_on == expected.get(due_in, TODAY + timedelta(days=due_in or 0))


def test_an_introduction_asked_for_is_waited_for() -> None:
    waits = next_step(entry((K.SAW, 1)), TODAY, introduction_due=TODAY + 5 * DAY)
    assert (waits.kind, waits.due_on) == (Next.WAIT, TODAY + 5 * DAY)
    over = next_step(entry((K.SAW, 1)), TODAY, introduction_due=TODAY)
    assert over.kind is Next.SHOW_UP


def test_a_day_of_ones_own_puts_off_and_never_brings_forward() -> None:
    later = next_step(entry((K.MET, 4), remind_on=TODAY + 9 * DAY), TODAY)
    assert (later.kind, later.due_on) == (Next.WRITE, TODAY + 9 * DAY)
    assert not later.is_due(TODAY)
    early = next_step(entry((K.WROTE, 1), remind_on=TODAY), TODAY)
    assert early.due_on == TODAY + 27 * DAY
    never = next_step(entry((K.REFUSED, 1), remind_on=TODAY), TODAY)
    assert never.due_on is None


@given(st.lists(st.tuples(st.sampled_from(StepKind), st.integers(0, 400)), max_size=8))
def test_nobody_is_written_to_within_four_weeks_of_silence(
    steps: list[tuple[StepKind, int]],
) -> None:
    listed = entry(*steps)
    found = next_step(listed, TODAY)
    last = max(listed.steps, key=lambda step: (step.on, step.id), default=None)
    if last and last.kind is K.WROTE and (TODAY - last.on).days < WAIT_DAYS:
        assert not found.is_due(TODAY)
        assert found.kind in {Next.WAIT, Next.LET_BE}
    if last and last.kind is K.REFUSED:
        assert found.kind is Next.LET_BE


def test_a_message_counts_once_answered_or_four_weeks_old() -> None:
    people = [
        entry((K.WROTE, 3), text="Messe"),
        entry((K.WROTE, 40), text="Messe"),
        entry((K.WROTE, 3), (K.ANSWERED, 1), text="Messe"),
        entry((K.WROTE, 20), (K.WROTE, 5), text="Artikel"),
        entry((K.WROTE, 9), (K.REFUSED, 1)),
    ]
    rates = text_rates(people, TODAY)
    assert [(r.name, r.answered.hits, r.answered.count) for r in rates] == [
        ("Messe", 1, 2),
        ("", 1, 1),
        ("Artikel", 0, 1),
    ]
    low, high = rates[0].answered.interval
    assert (round(low, 2), round(high, 2)) == (0.09, 0.91)
