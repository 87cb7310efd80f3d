"""A letter in a real browser: typed, measured, copied, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place

pytestmark = pytest.mark.browser


def test_a_letter_is_measured_while_one_types_and_copied(
    page: Page, quiet: Place
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    request_id = page.locator("#desk").get_attribute("data-request") or ""
    page.keyboard.press("s")
    text = page.locator("#letter-words")
    expect(text).to_be_visible()
    page.locator(".letter-choices summary").click()
    place = page.locator("#letter-place")
    place.select_option("linkedin-note")
    text.fill("x" * 198 + "🚀🚀")
    expect(page.locator("#letter-length")).to_have_text("202 of 200")
    expect(page.locator("#letter .over")).to_contain_text("Too long by 2")
    copy = page.locator("#letter .copy")
    expect(copy).to_have_attribute("aria-disabled", "true")
    text.fill("Thank you, but no.")
    expect(page.locator("#letter .over")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#letter .told")).to_contain_text("Copied and kept.")
    assert page.evaluate("navigator.clipboard.readText()") == "Thank you, but no."
    newest = quiet.desk.letters.kept(request_id)[0]
    assert newest.text == "Thank you, but no."
    expect(page.locator(".htmx-added, .htmx-settling, .htmx-request")).to_have_count(0)
    page.locator("#letter-template").select_option("decline")
    expect(text).not_to_have_value("Thank you, but no.")
    expect(page.locator("#letter-template")).to_have_value("decline")
    page.get_by_role("button", name="Cancel").click()
    expect(text).to_have_count(0)


def test_the_pages_of_letters_fit_a_phone(page: Page, quiet: Place) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/letters", "/letters/one?name=collector&manner=de-sie", "/"):
        page.goto(f"{quiet.origin}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
