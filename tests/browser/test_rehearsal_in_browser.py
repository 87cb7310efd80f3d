"""Sliding a policy, and changing one, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place

pytestmark = pytest.mark.browser


def test_the_figures_follow_the_slider(page: Page, quiet: Place) -> None:
    page.goto(f"{quiet.origin}/rehearsal?policy=three-reasons")
    expect(page.locator("#result")).not_to_contain_text("stricter than written")
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#result")).to_contain_text("1 stricter than written")
    expect(page.get_by_role("heading", name="Where the two differ")).to_be_visible()
    expect(slider).to_be_focused()


def test_the_page_is_no_wider_than_a_phone(page: Page, quiet: Place) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/rehearsal", "/policies", "/policies/three-reasons"):
        page.goto(f"{quiet.origin}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
