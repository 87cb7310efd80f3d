"""What an open page does when the desk was stopped, or started again meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from served_desk import Place, served
from web_client import line, open_desk

pytestmark = pytest.mark.browser

# A page of the run before: what it sends bears the token of that run.
_OLD = """() => {
  document.body.setAttribute('hx-headers', '{"X-CSRF-Token": "old"}');
  const tokens = document.querySelectorAll('input[name=csrf]');
  tokens.forEach(each => { each.value = 'old'; });
}"""
_IS_OLD = "() => document.body.getAttribute('hx-headers').includes('old')"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    lines = [line("anja", "Moin"), line("bodo", "Ahoi")]
    with open_desk(tmp_path, lines) as desk, served(desk) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, place: Place) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    opened = place.watch(context.new_page())
    opened.goto(place.start)
    yield opened
    context.close()


def told(page: Page, words: str) -> None:
    expect(page.locator("#toast .toast")).to_contain_text(words)


def test_an_old_page_without_anything_typed_loads_itself(
    page: Page, place: Place
) -> None:
    page.evaluate(_OLD)
    page.keyboard.press("i")
    told(page, "loaded anew")
    assert not page.evaluate(_IS_OLD)
    assert place.desk.session().decided_count == 0
    page.keyboard.press("i")
    told(page, "Ignore")
    assert place.desk.session().decided_count == 1
    page.reload()
    expect(page.locator("#toast .toast")).to_have_count(0)


def test_a_note_comes_back_when_the_page_loads_itself(page: Page) -> None:
    page.locator(".remark textarea").fill("met in Kiel")
    page.keyboard.press("Escape")
    page.evaluate(_OLD)
    page.keyboard.press("i")
    told(page, "loaded anew")
    expect(page.locator(".remark textarea")).to_have_value("met in Kiel")


def test_an_old_page_keeps_what_is_typed_and_says_what_to_do(
    page: Page, place: Place
) -> None:
    page.goto(f"{place.origin}/privacy")
    page.evaluate(_OLD)
    typed = page.locator("form[action='/privacy/everything'] input:not([type=hidden])")
    typed.fill("everything")
    page.locator("form[action='/privacy/keep'] button").first.click()
    told(page, "out of date")
    expect(typed).to_have_value("everything")
    assert page.evaluate(_IS_OLD)
    typed.fill("")
    page.locator("form[action='/privacy/keep'] button").first.click()
    told(page, "loaded anew")


def test_a_page_that_answers_a_form_is_not_loaded_again(
    page: Page, place: Place
) -> None:
    page.goto(f"{place.origin}/paste")
    page.locator("textarea[name=text]").fill("Hello")
    with page.expect_navigation():
        page.locator("button[value=read]").click()
    page.evaluate(_OLD)
    page.locator("form.appearance button[name=language]").click()
    told(page, "out of date")


@pytest.mark.parametrize("path", ["/privacy", "/policies/three-reasons", "/people"])
def test_a_form_says_that_the_desk_was_stopped(
    page: Page, place: Place, path: str
) -> None:
    page.goto(f"{place.origin}{path}")
    page.route("**", lambda route: route.abort("connectionrefused"))
    button = page.locator("form.appearance button[name=language]")
    button.click()
    told(page, "does not answer")
    assert page.url == f"{place.origin}{path}"
    page.unroute("**")
    button.click()
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_a_closed_door_is_no_part_of_a_page(page: Page) -> None:
    page.context.clear_cookies()
    page.locator(".remark textarea").fill("met in Kiel")  # it has the focus
    page.locator("form.appearance button[name=language]").evaluate(
        "each => each.form.requestSubmit(each)"
    )
    told(page, "out of date")
    page.evaluate(
        "htmx.ajax('POST', '/minutes', {target: '#desk', values: {minutes: 5}})"
    )
    told(page, "out of date")
    expect(page.locator("#desk .middle")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
