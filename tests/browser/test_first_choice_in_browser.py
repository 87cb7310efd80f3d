"""The first choice of a policy in a real browser: by one key, on a small screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from served_desk import Place, served
from vorzimmer.desk import Desk
from vorzimmer.settings import Settings

pytestmark = pytest.mark.browser


@pytest.fixture
def fresh(archive: Path, tmp_path: Path) -> Iterator[Place]:
    """A desk on which nobody has chosen or decided anything."""
    with Desk.open(Settings(database=str(tmp_path / "desk.db"))) as desk:
        desk.import_from(archive)
        with served(desk) as place:
            yield place


def test_one_key_chooses_and_the_session_begins(browser: Browser, fresh: Place) -> None:
    page = fresh.watch(browser.new_page(locale="en-GB"))
    page.goto(fresh.start)
    expect(page.get_by_role("heading", level=1)).to_have_text("Whom do you let in?")
    # Nothing can be decided by mistake while no request is shown.
    page.keyboard.press("i")
    page.keyboard.press("2")
    expect(page.locator("#desk")).to_have_attribute("data-request", re.compile(".+"))
    expect(page.locator("#toast")).to_contain_text("Three reasons to refuse")
    assert fresh.desk.session().decided_count == 0
    assert fresh.desk.policy().name == "three-reasons"
    assert (fresh.outside, fresh.complaints) == ([], [])
    page.close()


def test_it_fits_a_phone_and_the_key_for_the_next_leads_past_it(
    browser: Browser, fresh: Place
) -> None:
    page = fresh.watch(browser.new_page(locale="de-DE"))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(fresh.start)
    expect(page.locator(".first-choice")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.keyboard.press("j")
    expect(page.locator("#desk")).to_have_attribute("data-request", re.compile(".+"))
    assert not fresh.desk.rules.is_chosen()
    assert (fresh.outside, fresh.complaints) == ([], [])
    page.close()
