"""What is counted adds up, is drawn as it is, and is no formula in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.desk import Desk
from vorzimmer.insight import MOST_MONTHS, Chart, Seen, charts
from vorzimmer.model import Action, Kind, say
from vorzimmer.translation import translator
from vorzimmer.web.drawing import WIDTH, draw
from vorzimmer.web.insight_pages import as_csv
from web_client import Client, client_of, line, open_desk

DAYS = st.dates(date(2024, 12, 1), date(2026, 11, 30))
SEEN = st.lists(
    st.builds(
        Seen,
        day=st.none() | DAYS,
        kind=st.none() | st.sampled_from(Kind),
        network=st.sampled_from([None, "linkedin", "xing"]),
        language=st.sampled_from([None, "de", "en", "tr"]),
        action=st.none() | st.sampled_from(Action),
        refers_to=st.frozensets(st.sampled_from(["offers_a_job", "names_own_place"])),
    )
)


def made(seen: list[Seen]) -> dict[str, Chart]:
    return {each.name: each for each in charts(seen, connected_on=(), campaigns=())}


@given(SEEN)
def test_every_request_is_counted_once(seen: list[Seen]) -> None:
    found = made(seen)
    dated = sum(each.day is not None for each in seen)
    assert ("kinds" in found) == (dated > 0)
    if dated:
        assert found["kinds"].total == dated
    spoken = sum(each.day is not None and each.language is not None for each in seen)
    assert (found["languages"].total if spoken else 0) == spoken
    if seen:
        assert found["outcomes"].total == len(seen)


@given(SEEN)
def test_bars_lie_side_by_side_within_the_drawing(seen: list[Seen]) -> None:
    for chart in made(seen).values():
        for row in draw(chart).rows:
            end = 0.0
            for bar in row.bars:
                assert abs(bar.x - end) < 0.1
                end = bar.x + bar.width
            assert end <= WIDTH + 0.1
            assert sum(bar.count for bar in row.bars) == row.total


def test_months_without_requests_are_shown_too() -> None:
    chart = made([Seen(day=date(2026, 1, 5)), Seen(day=date(2026, 4, 5))])["kinds"]
    assert [sum(counts) for _, counts in chart.rows] == [1, 0, 0, 1]


def test_what_is_not_drawn_stands_in_the_table_and_the_csv() -> None:
    chart = Chart(
        name="x",
        question=say("?"),
        columns=(say("rate"), say("count")),
        rows=((say("a"), (4, 900)),),
        drawn=1,
    )
    (row,) = draw(chart).rows
    assert (row.total, [bar.count for bar in row.bars]) == (4, [4])
    assert "900" in as_csv(chart, translator("en"))


def test_only_the_last_two_years_are_shown() -> None:
    days = [date(2020, 1, 1) + timedelta(days=25 * each) for each in range(80)]
    chart = made([Seen(day=day) for day in days])["kinds"]
    assert len(chart.rows) == MOST_MONTHS


def test_one_network_alone_is_no_question() -> None:
    assert "networks" not in made([Seen(day=date(2026, 1, 5), network="xing")])


def test_two_signals_of_one_reason_count_once() -> None:
    names = frozenset({"offers_a_job", "headhunter_phrases"})
    chart = made([Seen(refers_to=names)])["reasons"]
    assert chart.rows == ((say("a job"), (1,)),)


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@here", "\tx"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    chart = Chart(
        name="x",
        question=say("?"),
        columns=(say("{text}", text=text),),
        rows=((say("{text}", text=text), (1,)),),
    )
    rows = list(csv.reader(StringIO(as_csv(chart, translator("en")).lstrip("\ufeff"))))
    assert all(not cell.startswith(text[0]) for row in rows for cell in row if cell)


REQUESTS = [
    line("ida", "Hallo Katrin, danke für das Gespräch in Ulm!"),
    line("rex", "Hätten Sie 15 Minuten? Unser Webinar verdoppelt Ihre Leads."),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, REQUESTS) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def test_the_page_shows_each_chart_with_its_table(client: Client) -> None:
    page = client.get("/insight").text
    assert "Which requests come, month by month?" in page
    assert "October 2026" in page
    assert "/insight/outcomes.csv" in page
    german = client.get("/insight", accept_language="de").text
    assert "Welche Anfragen kommen, Monat für Monat?" in german


def test_a_decision_is_counted_at_once(client: Client, desk: Desk) -> None:
    assert "Ignore" not in client.get("/insight/outcomes.csv").text
    desk.decide("rex", Action.IGNORE)
    assert "Ignore" in client.get("/insight/outcomes.csv").text


def test_the_counts_are_there_as_a_table(client: Client) -> None:
    answer = client.get("/insight/outcomes.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert client.get("/insight/nothing.csv").status_code == 404


def test_an_empty_desk_says_where_to_begin(tmp_path: Path) -> None:
    with open_desk(tmp_path) as empty:
        assert "Nothing to count yet" in client_of(empty).enter().get("/insight").text
