"""Writing, marking and mending in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place

pytestmark = pytest.mark.browser


def test_what_is_found_is_marked_while_writing_and_mended_with_a_click(
    page: Page, quiet: Place
) -> None:
    page.goto(f"{quiet.origin}/draft")
    text = page.get_by_label("Your text")
    text.press_sequentially("Hallo Frau Brandt 🚀, endlich!!!")
    marks = page.locator(".marks mark")
    expect(marks).to_have_text(["!!!"])
    expect(page.locator("#result")).to_have_attribute("aria-live", "polite")
    text.press("Control+Home")
    text.press_sequentially("Oh! ")
    expect(marks).to_have_text(["!!!"])
    found = page.locator("#result").get_by_role("button", name="Several exclamation")
    found.press("Enter")
    assert page.evaluate("window.getSelection().toString()") == "!!!"
    page.locator("#result").get_by_role("button", name="Write “!”").click()
    expect(text).to_have_value("Oh! Hallo Frau Brandt 🚀, endlich!")
    expect(marks).to_have_count(0)


def test_places_that_overlap_are_all_marked_and_lead_to_the_questions(
    page: Page, quiet: Place
) -> None:
    page.goto(f"{quiet.origin}/draft")
    text = page.get_by_label("Your text")
    words = "Hi Katrin, we help companies like yours. " + "Nobody counts slower. " * 8
    text.fill(f"{words}Book now!!!")
    marks = page.locator(".marks mark")
    expect(marks.filter(has_text="!!!")).to_have_class("good")
    expect(marks.filter(has_text="Book now").first).to_be_attached()
    assert page.locator(".marks").text_content() == f"{words}Book now!!!\n"
    expect(page.get_by_label("What is special about it?")).not_to_be_visible()
    page.get_by_role("link", name="Answer the three questions").click()
    expect(page.get_by_label("What is special about it?")).to_be_visible()


def test_the_page_fits_a_phone_and_refuses_a_book(page: Page, quiet: Place) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{quiet.origin}/draft")
    text = page.get_by_label("Your text")
    text.fill("Guten Tag, wir unterstützen Unternehmen wie Ihres. " * 3)
    expect(page.locator(".advice")).to_have_text("Better not send it.")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    text.evaluate("area => { area.value = 'a'.repeat(1_000_000); }")
    text.dispatch_event("input")
    expect(page.locator("#result")).to_contain_text("longer than any message")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hallo Lena, lies https://example.org/a gern.", "Hallo Lena, lies gern."),
        ("Hallo Lena, mehr unter https://example.org/a!", "Hallo Lena, mehr unter!"),
    ],
)
def test_what_is_left_out_leaves_no_hole(
    page: Page, quiet: Place, before: str, after: str
) -> None:
    page.goto(f"{quiet.origin}/draft")
    text = page.get_by_label("Your text")
    text.fill(before)
    page.locator("#result").get_by_role("button", name="Leave “").click()
    expect(text).to_have_value(after)
