"""Long lists to work through: what is done about one leaves the page where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from full_desk import full_desk
from served_desk import Place, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A desk on which something of everything has happened."""
    folder: Path = tmp_path_factory.mktemp("full")
    with full_desk(folder) as desk, served(desk) as place:
        yield place


@pytest.fixture
def low(browser: Browser, full: Place) -> Iterator[Page]:
    """A screen on which every list is long."""
    context = browser.new_context(
        viewport={"width": 800, "height": 320}, locale="en-GB"
    )
    page = full.watch(context.new_page())
    page.goto(full.start)
    yield page
    context.close()
    assert full.complaints == []


def stays(page: Page, button: Locator, gone: Locator) -> None:
    """Press a button with the keyboard: the page stays, and so does the keyboard."""
    button.focus()
    button.evaluate("each => each.scrollIntoView({ block: 'center' })")
    before = page.evaluate("scrollY")
    assert before > 0
    place = button.get_attribute("id")
    count = gone.count()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    expect(gone).to_have_count(count - 1)
    assert page.evaluate("scrollY") == pytest.approx(before, abs=1)
    assert page.evaluate("document.activeElement.id") == place


def test_who_removes_contacts_goes_on_with_the_next(low: Page, full: Place) -> None:
    low.goto(f"{full.origin}/afterwards")
    cards = low.locator("section[aria-labelledby=proposals] article")
    assert cards.count() > 2
    for button in (low.locator("#remove-p-2"), low.locator("#keep-p-1")):
        # Others may come in: who is removed is a lesson about them.
        name = cards.filter(has=button).get_by_role("heading").inner_text()
        stays(low, button, cards.filter(has_text=name))


def test_who_takes_lessons_back_goes_on_with_the_next(low: Page, full: Place) -> None:
    low.goto(f"{full.origin}/learned")
    rows = low.locator("section[aria-labelledby=from] button[value=back]")
    assert rows.count() > 2
    stays(low, rows.nth(1), rows)


def test_who_gives_more_time_stays_on_the_page(low: Page, full: Place) -> None:
    low.goto(f"{full.origin}/asked")
    silent = low.locator("section[aria-labelledby=silent] tbody tr")
    assert silent.count() > 1
    until = silent.locator("input[type=date]").last
    today = date.fromisoformat(until.get_attribute("min") or "")
    until.fill((today + timedelta(days=9)).isoformat())
    stays(low, silent.locator("button").last, silent)


def test_who_undoes_decisions_stays_in_their_list(low: Page, full: Place) -> None:
    low.goto(f"{full.origin}/decided")
    button = low.locator("main form[action='/undo'] button").nth(2)
    stays(low, button, low.locator("main form[action='/undo']"))
    assert low.url == f"{full.origin}/decided"
    expect(low.locator(".notice")).to_contain_text("Undone:")


def test_what_is_refused_in_a_list_is_told(low: Page, full: Place) -> None:
    low.goto(f"{full.origin}/decided")
    form = low.locator("main form[action='/undo']").first
    form.locator("input[name=decision]").evaluate("each => { each.value = 999999; }")
    form.locator("button").click()
    expect(low.locator("#toast .problem")).to_have_text(re.compile(r"\w"))
    expect(low.locator("main h1")).to_have_text("Decided")
    full.complaints.clear()  # the browser's own word on an answer that refuses
