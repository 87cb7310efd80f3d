"""The first choice of a policy: offered once, one click, and never in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vorzimmer import rehearsing
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.policy_file import preset_policies
from vorzimmer.settings import Origin
from web_client import Client, client_of, line, open_desk

LINES = [line(f"blank-{number}", "", has_picture=False) for number in range(4)]
OFFERED = "Whom do you let in?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, LINES) as opened:
        usual = replace(opened.settings, policy="ask-back")
        opened.settings = opened.rules.settings = usual
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def test_a_new_desk_offers_all_policies_with_what_they_would_propose(
    client: Client, desk: Desk
) -> None:
    page = client.get("/").text
    assert OFFERED in page
    offered = re.findall(r'<button [^>]*name="name" value="([^"]*)"[^>]*data-key', page)
    assert sorted(offered) == sorted(preset_policies())
    counts = re.findall(r'<span class="one">(.*?)</span>', page)
    assert "Ask back 4" in counts
    assert "Ignore 4" in counts
    assert 'data-request=""' in page
    assert desk.policy().name == "ask-back"


def test_one_click_chooses_for_good_and_shows_the_first_request(
    client: Client, desk: Desk
) -> None:
    answer = client.post("/policy", name="worked-together", id="")
    assert answer.headers["location"] == "/"
    page = client.get("/").text
    assert OFFERED not in page
    assert 'data-request="blank-' in page
    assert desk.policy().name == "worked-together"


def test_the_one_in_use_can_be_chosen_too_without_leaving_the_page(
    client: Client,
) -> None:
    page = client.post("/policy", step=True, name="ask-back", id="").text
    assert 'data-request="blank-' in page
    assert OFFERED not in client.get("/").text


def test_requests_can_be_looked_at_first(client: Client) -> None:
    page = client.get("/").text
    ways = re.findall(r'href="(/\?id=[^"]*)"', page)
    assert ways
    for way in ways:
        assert OFFERED not in client.get(way.replace("&amp;", "&")).text
    assert OFFERED not in client.get(f"/?every={Action.ASK}").text


def test_it_is_not_offered_once_something_is_decided(
    client: Client, desk: Desk
) -> None:
    desk.decide("blank-0", Action.IGNORE)
    assert OFFERED not in client.get("/").text
    desk.undo()
    assert OFFERED in client.get("/").text


def test_it_is_not_offered_when_the_settings_name_a_policy(
    client: Client, desk: Desk
) -> None:
    said = {"policy": Origin("file", "vorzimmer.toml", 2)}
    desk.rules.settings = replace(desk.rules.settings, origins=said)
    assert desk.rules.is_chosen()
    assert OFFERED not in client.get("/").text
    desk.rules.settings = replace(
        desk.rules.settings, origins={"policy": Origin("default")}
    )
    assert OFFERED in client.get("/").text


def test_a_long_queue_is_not_counted_through(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsing, "MOST_PROPOSED", 3)
    page = client.get("/").text
    assert OFFERED in page
    assert "Of what waits" not in page
    assert "Of what waits" not in client.get("/policies").text
    assert desk.rehearsal.proposed(desk.policies().good) == {}


def test_the_page_of_policies_shows_the_same_counts(client: Client) -> None:
    page = client.get("/policies", accept_language="de").text
    assert "Von dem, was wartet:" in page
    assert "Nachfragen 4" in page
