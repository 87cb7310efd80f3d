"""Days are those of the member's own clock, just before and after midnight too."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clocked_desk import REQUESTS, Clock, clocked_desk
from open_network import OpenNetwork
from vorzimmer.desk import Desk
from vorzimmer.meeting import Next, StepKind
from vorzimmer.model import Action, Decision, Person
from vorzimmer.repeats import Repeats
from web_client import client_of

# In winter; written so, no list of zones is needed.
BERLIN, LOS_ANGELES = "CET-1", "PST8"
LATE = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set the clock of this machine to a zone."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    before = os.environ.get("TZ")
    yield move
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


@pytest.fixture
def clock() -> Clock:
    made = Clock()
    made.now = LATE
    return made


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with clocked_desk(tmp_path, clock, OpenNetwork()) as opened:
        yield opened


@pytest.mark.parametrize(
    "home",
    [(BERLIN, 0, date(2026, 11, 3)), (LOS_ANGELES, 5, date(2026, 11, 2))],
    ids=str,
)
def test_today_is_the_day_at_home(
    desk: Desk,
    clock: Clock,
    at_home: Callable[[str], None],
    home: tuple[str, int, date],
) -> None:
    zone, hours, today = home
    at_home(zone)
    clock.sleep(hours / 24)
    number = desk.meeting.add(Person(name="Ocke Bruhns"), why="Baut Waagen")
    (listed,) = desk.meeting.listed().people
    assert (listed.next.kind, listed.next.due_on) == (Next.LOOK, today)
    desk.meeting.note(number, StepKind.SAW, on=today)
    desk.meeting.remind(number, today)


def test_an_asking_at_night_is_silent_for_the_days_that_the_page_shows(
    desk: Desk, clock: Clock, at_home: Callable[[str], None]
) -> None:
    at_home(BERLIN)
    desk.decide("anja", Action.ASK)
    clock.sleep(10)
    (silent,) = desk.asking.report().silent
    assert silent.ask.due_on == date(2026, 11, 13)
    assert "for 10 days" in client_of(desk).enter().get("/asked").text


def test_who_was_turned_away_at_night_was_so_on_the_day_at_home(
    at_home: Callable[[str], None],
) -> None:
    at_home(BERLIN)
    one, two = (
        replace(REQUESTS[0], id=name, sent_at=LATE + timedelta(days=days))
        for name, days in (("one", -3), ("two", 3))
    )
    made = Decision(
        id=1, request_id="one", action=Action.DECLINE, actor="member", at=LATE
    )
    (known,) = Repeats([one, two]).record({"one": made}).again.values()
    assert known.on == date(2026, 11, 3)
