"""What is typed and not sent yet outlives a reload, and goes once it is sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place

pytestmark = pytest.mark.browser

WORDS = "Thank you. Where did we meet?"


def kept(page: Page) -> list[str]:
    """Return what the tab holds besides what htmx writes down, in order."""
    found: dict[str, str] = page.evaluate("({...sessionStorage})")
    return sorted(
        value for name, value in found.items() if not name.startswith("htmx-")
    )


def quiet_now(page: Page) -> None:
    busy = page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
    expect(busy).to_have_count(0)


def test_a_letter_and_a_note_outlive_a_reload_until_they_are_sent(page: Page) -> None:
    first = page.locator("#desk").get_attribute("data-request")
    note = page.locator(".remark textarea")
    note.press_sequentially("met in Kiel")
    page.reload()
    expect(note).to_have_value("met in Kiel")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    letter = page.locator("#letter-words")
    expect(letter).to_be_visible()
    proposed = letter.input_value()
    assert proposed
    letter.fill(WORDS)
    page.reload()
    expect(letter).to_have_value(WORDS)
    expect(page.locator("#letter-length")).to_contain_text(str(len(WORDS)))
    # Another letter is another text; coming back to the first, it is there again.
    page.locator(".letter-choices summary").click()
    own = page.locator("#letter-template").input_value()
    page.locator("#letter-template").select_option("decline")
    expect(page.locator("#letter-template")).to_have_value("decline")
    quiet_now(page)
    expect(letter).not_to_have_value(WORDS)
    page.locator("#letter-template").select_option(own)
    expect(letter).to_have_value(WORDS)
    page.locator("#letter button[value=keep]").click()
    expect(page.locator("#letter .told")).to_contain_text("Kept.")
    assert kept(page) == ["met in Kiel"]
    page.get_by_role("button", name="Cancel").click()
    expect(note).to_have_value("met in Kiel")
    page.keyboard.press("i")
    expect(page.locator("#desk")).not_to_have_attribute("data-request", first or "")
    quiet_now(page)
    assert kept(page) == []
    page.keyboard.press("z")
    expect(page.locator("#desk")).to_have_attribute("data-request", first or "")
    quiet_now(page)


def test_what_is_emptied_is_gone(page: Page, quiet: Place) -> None:
    note = page.locator(".remark textarea")
    note.fill("a word")
    assert kept(page) == ["a word"]
    note.fill("")
    assert kept(page) == []
    page.goto(f"{quiet.origin}/letters/one?name=decline&manner=en")
    text = page.locator("#own-text")
    whole = text.input_value()
    text.fill(f"{whole}\nYours")
    page.reload()
    expect(text).to_have_value(f"{whole}\nYours")
    text.fill(whole)
    assert kept(page) == []


def test_a_draft_that_is_only_looked_at_stays(page: Page, quiet: Place) -> None:
    page.goto(f"{quiet.origin}/draft")
    text = page.get_by_label("Your text")
    text.fill("Hello Katrin!!!")
    expect(page.locator(".marks mark")).to_have_text(["!!!"])
    quiet_now(page)
    page.reload()
    expect(text).to_have_value("Hello Katrin!!!")
    expect(page.locator(".marks mark")).to_have_text(["!!!"])
    quiet_now(page)
    page.get_by_role("button", name="I have sent it").click()
    expect(page.locator("#toast .toast")).to_be_visible()
    quiet_now(page)
    assert kept(page) == []


def test_forgetting_forgets_it_too(page: Page, quiet: Place) -> None:
    page.locator(".remark textarea").fill("about somebody")
    page.evaluate("sessionStorage.setItem('other', 'of somebody else')")
    page.goto(f"{quiet.origin}/privacy")
    page.route("**/privacy/everything", lambda route: route.fulfill(body="gone"))
    page.locator("form[data-forgets][action='/privacy/everything']").evaluate(
        "form => { form.noValidate = true; form.requestSubmit(); }"
    )
    expect(page.locator("body")).to_have_text("gone")
    page.goto(quiet.origin)
    assert kept(page) == ["of somebody else"]


def test_where_the_browser_keeps_nothing_one_can_write_all_the_same(
    page: Page, quiet: Place
) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage',"
        " {get() { throw new DOMException('closed', 'SecurityError'); }})"
    )
    page.goto(quiet.origin)
    note = page.locator(".remark textarea")
    note.fill("a word")
    page.reload()
    expect(note).to_have_value("")
