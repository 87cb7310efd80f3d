"""Teaching in a real browser, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place
from vorzimmer.model import Kind

pytestmark = pytest.mark.browser


@pytest.fixture
def untaught(quiet: Place) -> Iterator[Place]:
    """The sample desk; what a test taught is forgotten after it."""
    yield quiet
    quiet.desk.teaching.reset()


def test_two_keys_say_what_a_request_is_and_two_take_it_back(
    page: Page, untaught: Place
) -> None:
    request_id = page.locator("#desk").get_attribute("data-request") or ""
    page.keyboard.press("5")  # while the menu is closed, numbers do nothing
    menu = page.locator("#teach")
    expect(menu).not_to_have_attribute("open", "")
    page.keyboard.press("t")
    expect(menu.get_by_role("button").last).to_be_in_viewport()
    page.keyboard.press("5")
    expect(page.locator("#toast")).to_contain_text("Noted: Advertising")
    expect(menu.locator("summary")).to_contain_text("You said: Advertising")
    assert untaught.desk.teaching.said(request_id) is not None
    page.keyboard.press("t")
    page.keyboard.press("0")
    expect(page.locator("#toast")).to_contain_text("Taken back.")
    assert untaught.desk.teaching.said(request_id) is None


def test_the_page_of_what_was_learned_fits_a_phone(page: Page, untaught: Place) -> None:
    cards = [card for _, group in untaught.desk.session().groups for card in group]
    for card in cards[:12]:
        kind = card.assessment.leading_kind or Kind.STANDARD
        untaught.desk.teaching.correct(card.request.id, kind)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{untaught.origin}/learned")
    expect(page.locator(".curve svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Take it back").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take it back")).to_have_count(11)
