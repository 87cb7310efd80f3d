"""The time of a session on the pages: choosing it, the rest, the end, the summary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.reactions import State
from vorzimmer.sitting import FEWEST_CASES
from web_client import Client, client_of, line, open_desk

FACELESS = [
    line(f"faceless-{number:02}", "", has_picture=False) for number in range(30)
]
PLAIN = [line(f"plain-{number:02}", "", has_picture=True) for number in range(10)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, [*FACELESS, *PLAIN]) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def ignore_one_by_one(desk: Desk, count: int, *, but: int = 0) -> None:
    """Decide so many of those that are proposed to be ignored."""
    cards = dict(desk.session().groups)[Action.IGNORE][:count]
    for place, card in enumerate(cards):
        action = Action.DECLINE if place < but else Action.IGNORE
        desk.decide(card.request.id, action)


def seal(page: str) -> str:
    found = re.search(r'name="seal" value="([^"]*)"', page)
    assert found
    return found[1]


def test_the_chosen_time_is_kept_and_says_what_fits(client: Client) -> None:
    page = client.post("/minutes", step=True, minutes="5").text
    assert "Within 5 minutes: about 37 of 40" in page
    assert "8 seconds a request are usual" in page
    page = client.post("/minutes", step=True, minutes="20").text
    assert "All of it fits in 20 minutes." in page
    assert "Within" not in client.post("/minutes", step=True, minutes="0").text


def test_a_time_that_is_not_offered_is_refused(client: Client) -> None:
    answer = client.post("/minutes", step=True, minutes="7")
    assert answer.status_code == 409
    assert "Choose 5, 10 or 20 minutes" in answer.text


def test_of_few_cases_nothing_is_claimed(client: Client, desk: Desk) -> None:
    ignore_one_by_one(desk, FEWEST_CASES - 1)
    page = client.get("/").text
    assert "Decide 20 such requests one by one (so far 19)" in page
    assert "The rest can be ignored" not in page


def test_the_share_of_the_rest_is_the_members_own(client: Client, desk: Desk) -> None:
    ignore_one_by_one(desk, FEWEST_CASES)
    page = client.get("/").text
    words = "The rest can be ignored: 100% of 20 such were (84% to 100%)."
    assert words in page


def test_where_the_member_did_otherwise_nobody_says_it_is_safe(
    client: Client, desk: Desk
) -> None:
    ignore_one_by_one(desk, FEWEST_CASES, but=8)
    page = client.get("/").text
    assert "The rest can be ignored" not in page
    assert "you ignored 60% of 20 such (39% to 78%)" in page


def test_what_was_decided_in_a_group_is_no_case(client: Client, desk: Desk) -> None:
    cards = dict(desk.session().groups)[Action.IGNORE][:FEWEST_CASES]
    desk.sitting.ignore_rest(cards)
    assert "Decide 20 such requests one by one (so far 0)" in client.get("/").text


def test_the_rest_is_shown_ignored_and_taken_back_at_once(
    client: Client, desk: Desk
) -> None:
    client.post("/minutes", minutes="5")
    page = client.get("/?rest=true").text
    assert "You have not decided about any such request by itself yet" in page
    assert "Of 0" not in page
    rest = desk.sitting.plan(desk.session()).rest
    assert rest
    assert len(rest.cards) == 3
    for card in rest.cards:
        assert card.request.id.title() in page
    page = client.post("/rest", step=True, seal=seal(page)).text
    assert "3 requests" in page
    assert {desk.card(each.request.id).state for each in rest.cards} == {State.IGNORED}
    assert desk.session().open_count == 37
    client.post("/undo", step=True)
    assert desk.session().open_count == 40


def test_another_rest_than_was_shown_is_not_ignored(client: Client) -> None:
    shown = seal(client.get("/?rest=true").text)
    client.post("/minutes", minutes="5")
    answer = client.post("/rest", step=True, seal=shown)
    assert answer.status_code == 409
    assert "has changed meanwhile" in answer.text


def test_ending_shows_what_came_of_it(client: Client, desk: Desk) -> None:
    assert "You have decided nothing yet." in client.get("/summary").text
    desk.decide("plain-01", Action.ACCEPT)
    desk.decide("faceless-01", Action.IGNORE)
    answer = client.post("/session/end")
    assert answer.headers["location"] == "/summary"
    page = client.get("/summary").text
    assert "2 decisions on" in page
    assert "less than one minute" in page
    assert "Plain-01" in page
    assert "Faceless-01" not in page
    assert "38 requests are still open." in page
    desk.decide("plain-02", Action.ACCEPT)
    assert "Sittings before" in client.get("/summary").text


def test_minutes_and_answers_are_charts_with_a_table(
    client: Client, desk: Desk
) -> None:
    desk.decide("plain-01", Action.ACCEPT)
    assert "At what time of day do you decide?" in client.get("/insight").text
    assert client.get("/insight/hours.csv").text.splitlines()[0].endswith("Decisions")


def test_it_speaks_german(client: Client, desk: Desk) -> None:
    ignore_one_by_one(desk, FEWEST_CASES)
    client.cookies.set("language", "de")
    assert (
        "Den Rest können Sie ignorieren: 100\N{NO-BREAK SPACE}% von 20"
        in client.get("/").text
    )
    assert "Was dabei herauskam" in client.get("/summary").text


def test_rows_of_names_follow_language_and_decision(client: Client, desk: Desk) -> None:
    group = max((cards for _, cards in desk.session().groups), key=len)
    shown, other = (card.request.id for card in group[:2])

    def row(language: str) -> str:
        page = client.get(f"/?id={shown}", accept_language=language).text
        names = page.partition('<ol class="names"')[2].partition("</ol>")[0]
        (found,) = (each for each in names.split("</li>") if f"id={other}" in each)
        return found

    assert "later" not in row("en")
    assert row("de") == row("de")
    client.post("/decide", step=True, id=other, action="hold")
    assert [word in row("en") for word in ("later", "später")] == [True, False]
    assert [word in row("de") for word in ("later", "später")] == [False, True]
    assert "later" in row("en")
