"""What brings requests: counted against usual, honest where there is little."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.bringing import (
    AFTER_DAYS,
    AROUND,
    FEWEST_REQUESTS,
    Compared,
    Stretch,
    charts_of_occasions,
    compare,
)
from vorzimmer.insight import Chart
from vorzimmer.items import Occasion, OccasionKind
from vorzimmer.model import Position

START = date(2026, 1, 1)
POST = OccasionKind.POST
OFFSETS = st.lists(st.integers(0, 200), min_size=1, max_size=80)


def days(*offsets: int) -> list[date]:
    return [START + timedelta(days=each) for each in offsets]


def post(offset: int, title: str = "Kisten") -> Occasion:
    return Occasion(id=f"p{offset}", kind=POST, on=days(offset)[0], title=title)


def charts(requests: list[date], *occasions: Occasion) -> dict[str, Chart]:
    made = charts_of_occasions(requests, occasions, ())
    return {each.name: each for each in made}


def verdict(chart: Chart) -> str:
    ((_, found),) = chart.remarks
    return str(found)


EVERY_THIRD_DAY = days(*range(0, 200, 3))


@given(OFFSETS, OFFSETS)
def test_each_day_and_each_request_counts_once(
    requests: list[int], posts: list[int]
) -> None:
    asked, posted = days(*requests), days(*posts)
    found = compare(asked, posted, kind=POST)
    first, last = min(asked), max(asked)
    inside = {day for day in posted if first <= day <= last}
    assert (found is None) == (not inside)
    if found is None:
        return
    length = AFTER_DAYS[POST]
    after = {day + timedelta(days=step) for day in inside for step in range(length)}
    after = {day for day in after if first <= day <= last}
    assert found.times == len(inside)
    assert found.after.days == len(after)
    assert found.after.requests == sum(day in after for day in asked)
    near = {
        day
        for day in (
            first + timedelta(days=step) for step in range((last - first).days + 1)
        )
        if any(-AROUND <= (day - each).days < length + AROUND for each in inside)
    } - after
    assert found.usual == Stretch(len(near), sum(day in near for day in asked))


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_rate(requests: int, length: int) -> None:
    stretch = Stretch(length, requests)
    low, high = stretch.interval
    assert 0 <= low <= stretch.rate < high


@pytest.mark.parametrize(
    ("requests", "low", "high"),
    # Exact limits of a Poisson mean (Garwood, Biometrika 28, 1936).
    [(0, 0.0, 3.689), (5, 1.623, 11.668), (20, 12.217, 30.888)],
)
def test_the_interval_is_that_of_the_literature(
    requests: int, low: float, high: float
) -> None:
    found = Stretch(100, requests).interval
    assert found == pytest.approx((low, high), abs=0.06)


@given(
    st.integers(0, 300), st.integers(1, 300), st.integers(0, 300), st.integers(1, 300)
)
def test_chance_is_a_probability_and_alike_seen_from_either_side(
    one: int, one_days: int, two: int, two_days: int
) -> None:
    first, second = Stretch(one_days, one), Stretch(two_days, two)
    found = Compared(POST, 1, first, second).chance
    assert 0 <= found <= 1
    assert found == pytest.approx(Compared(POST, 1, second, first).chance, abs=1e-9)


def test_chance_is_that_of_the_exact_test() -> None:
    # Of 10 requests, 9 on half of the days: 2 · (10 + 1) / 2¹⁰.
    found = Compared(POST, 1, Stretch(50, 9), Stretch(50, 1))
    assert found.chance == pytest.approx(22 / 1024)


def test_thousands_of_requests_are_no_trouble() -> None:
    found = Compared(POST, 1, Stretch(900, 9_000), Stretch(900, 9_600))
    assert 0 < found.chance < 0.001


def test_where_every_day_is_like_the_other_nothing_stands_out() -> None:
    found = charts(EVERY_THIRD_DAY, post(40), post(90), post(150))
    assert "chance makes such a difference, too." in verdict(found["after"])
    assert "chance makes such differences, too." in verdict(found["occasions"])


def test_what_brings_clearly_more_is_said_to_and_which_it_was() -> None:
    flood = days(*(90 + step % 7 for step in range(40)))
    found = charts(
        [*EVERY_THIRD_DAY, *flood], post(40, "Etiketten"), post(90, "Kisten")
    )
    assert "clearly more" in verdict(found["after"])
    ((about, _),) = found["occasions"].remarks
    assert "Kisten" in str(about)
    assert str(found["occasions"].rows[0][0]) == str(about)
    (low, usual), *_ = (counts for _, counts in found["occasions"].rows)
    assert (low, usual) == (43, 2)


def test_after_what_scares_people_off_fewer_is_said() -> None:
    quiet = [day for day in days(*range(200)) if not 50 <= (day - START).days < 57]
    assert "clearly fewer" in verdict(charts(quiet, post(50))["after"])


def test_of_few_requests_nothing_is_said() -> None:
    assert charts(days(*range(FEWEST_REQUESTS - 1)), post(3)) == {}
    far = [*days(*range(7)), *days(*range(500, 520))]
    assert "too few" in verdict(charts(far, post(3))["after"])


def test_what_was_before_the_first_request_or_after_the_last_says_nothing() -> None:
    assert charts(EVERY_THIRD_DAY, post(-20), post(400)) == {}


def test_comments_are_compared_and_not_named_and_jobs_count_by_their_month() -> None:
    comment = Occasion(id="c", kind=OccasionKind.COMMENT, on=days(40)[0])
    job = Position(company="Werft", title="Leiterin", started_on=days(31)[0])
    made = charts_of_occasions(EVERY_THIRD_DAY, [comment], [job])
    (chart,) = made
    assert [str(label) for label, _ in chart.rows][::2] == [
        "in the 3 days after a comment",
        "in the first month of a new job",
    ]


def test_only_the_rate_is_drawn_and_all_figures_stand_in_the_table() -> None:
    chart = charts(EVERY_THIRD_DAY, post(40))["after"]
    assert (len(chart.shown), len(chart.columns)) == (1, 5)
    assert all(len(counts) == len(chart.columns) for _, counts in chart.rows)
