"""From a firm to a letter, and somebody on the list, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place

pytestmark = pytest.mark.browser


def test_a_firm_leads_to_a_letter_by_keyboard_and_is_asked_for_on_a_phone(
    page: Page, quiet: Place
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{quiet.origin}/introductions")
    page.get_by_label("A person or a firm").fill("Deichland")
    page.keyboard.press("Enter")
    expect(page.locator(".ways > li").first).to_contain_text("your list of contacts")
    page.get_by_role("link", name="Write to").first.press("Enter")
    letter = page.get_by_label("Your text; change what you like")
    expect(letter).to_have_value(re.compile("ein kurzes Nein|a short no"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="I have sent it").press("Enter")
    expect(page.locator("#asked")).to_contain_text("an answer is waited for until")
    page.locator("#asked").get_by_role("button", name="Remove").press("Enter")
    expect(page.locator("#asked")).to_contain_text("Nobody yet.")


def test_somebody_is_put_on_the_list_noted_and_removed(
    page: Page, quiet: Place
) -> None:
    page.goto(f"{quiet.origin}/people")
    form = page.locator("#add")
    form.get_by_label("Name").fill("Ocke Bruhns")
    form.get_by_label("Why this person?").fill("Counts crates as we do")
    form.get_by_role("button").press("Enter")
    card = page.get_by_role("article", name="Ocke Bruhns")
    expect(card).to_contain_text("Look what this person writes")
    card.get_by_text("Note something").click()
    card.get_by_role("combobox", name="What", exact=True).select_option("met")
    card.get_by_role("button", name="Note it").click()
    expect(card).to_contain_text("Write, and come back to what you talked about.")
    card.get_by_text("More").click()
    card.get_by_role("button", name="Remove Ocke Bruhns and all").click()
    expect(card).to_have_count(0)
