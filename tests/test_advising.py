"""The desk advises: settings of the networks, ticked for a year; the contact card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vorzimmer.cli.session_commands import as_text
from vorzimmer.contact_card import Door
from vorzimmer.desk import Desk
from vorzimmer.errors import UnknownNameError
from vorzimmer.network_settings import NetworkSetting, is_due, network_settings
from vorzimmer.settings import Settings
from vorzimmer.store import Store
from vorzimmer.translation import translator
from web_client import client_of

FIRST = network_settings()[0].name


class Clock:
    """A clock that stands until it is set."""

    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    settings = Settings(database=str(tmp_path / "desk.db"), policy="ask-back")
    with Desk(settings, Store.open(settings.database), now=clock) as opened:
        yield opened


@pytest.mark.parametrize("setting", network_settings(), ids=lambda each: each.name)
def test_a_setting_has_one_choice_for_each_door(setting: NetworkSetting) -> None:
    for door in Door:
        assert sum(door in each.doors for each in setting.choices) == 1


@pytest.mark.parametrize("setting", network_settings(), ids=lambda each: each.name)
def test_a_setting_says_everything_in_both_languages(setting: NetworkSetting) -> None:
    texts = [setting.title, setting.why, setting.path]
    texts += [text for each in setting.choices for text in (each.title, each.cost)]
    for text in texts:
        assert all(text[language] for language in ("de", "en"))


def test_names_are_unique_and_both_networks_are_there() -> None:
    names = [each.name for each in network_settings()]
    assert len(names) == len(set(names))
    assert {each.network for each in network_settings()} == {"linkedin", "xing"}


def test_a_tick_holds_for_a_year() -> None:
    today = date(2026, 3, 2)
    assert is_due(None, today)
    assert not is_due(today - timedelta(days=364), today)
    assert is_due(today - timedelta(days=365), today)


def test_what_was_seen_to_is_due_again_after_a_year(desk: Desk, clock: Clock) -> None:
    assert all(each.is_due for each in desk.advising.advice())
    desk.advising.tick(FIRST, is_done=True)
    first, second, *_ = desk.advising.advice()
    assert (first.is_due, second.is_due) == (False, True)
    assert desk.advising.due_again() == 0
    clock.now += timedelta(days=366)
    assert desk.advising.advice()[0].is_due
    assert desk.advising.due_again() == 1  # what was never seen to is no reminder
    page = client_of(desk).enter().get("/summary").text
    assert "One setting of a network was seen to a year ago; look again" in page
    text = as_text(desk.sitting.notice(), translator("de"), settings_due=2)
    assert "2 Einstellungen von Netzwerken" in text


def test_a_tick_can_be_taken_back(desk: Desk) -> None:
    desk.advising.tick(FIRST, is_done=True)
    desk.advising.tick(FIRST, is_done=False)
    assert desk.advising.advice()[0].ticked_on is None


def test_an_unknown_setting_is_said_to_be_unknown(desk: Desk) -> None:
    with pytest.raises(UnknownNameError, match=FIRST):
        desk.advising.tick(FIRST + "s", is_done=True)


def test_another_policy_is_served_by_another_choice(desk: Desk) -> None:
    before = desk.advising.advice()[0].choice
    desk.use_policy("worked-together")
    assert desk.advising.advice()[0].choice != before


def test_the_pages_show_and_keep_it(desk: Desk) -> None:
    client = client_of(desk).enter()
    client.post("/network-settings", name=FIRST, done="true")
    page = client.get("/network-settings").text
    assert "Seen to on 2 March 2026" in page
    assert client.post("/network-settings", name="x", done="true").status_code == 404
    page = client.get("/contact-card", accept_language="de").text
    assert "Menschen, die ich kenne" in page
    assert "people I know" in page
    saved = client.get("/contact-card.json")
    assert saved.headers["content-disposition"].endswith('"contact-card.json"')
    assert saved.json()["vorzimmer_contact_card"] == 1
