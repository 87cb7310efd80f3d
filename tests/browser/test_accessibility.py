"""No page breaks a rule of WCAG 2.2, A or AA, as far as axe can see; light or dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, ViewportSize, expect

from every_page import sights
from full_desk import full_desk
from served_desk import KEY, Place, served
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.settings import Settings
from vorzimmer.web.app import create_app
from vorzimmer.web.navigation import PATHS
from web_client import line, open_desk

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
SCREEN: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What is no page: a part of one, or a file to save.
NO_PAGES = {
    *("/import/progress", "/insight/{name}.csv", "/contact-card.json"),
    *("/objection/evidence.txt", "/objection/evidence.json"),
}
# Pages that no masthead leads to, and that are there on an empty desk, too.
WITHOUT_ANYTHING = (
    *("/policies/three-reasons", "/privacy/person?who=Zora", "/privacy/older?months=6"),
    *("/letters/one?name=collector&manner=de-sie", "/no-such-page", "/?id=nobody"),
)
# What depends on colours and on the width of the screen, so is looked at twice.
SHOWN = ["color-contrast", "link-in-text-block", "target-size"]
# In a list that has been scrolled, names lie under its heading; they can be brought
# out again, so that is no fault of theirs.
_LOOK = """async ([kind, values]) => {
  const painted = () => new Promise(done => requestAnimationFrame(done));
  await painted();  // colours change with the next picture
  await painted();
  document.querySelectorAll('.groups').forEach(each => each.scrollTo(0, 0));
  const found = await axe.run(document, {
    runOnly: {type: kind, values}, resultTypes: ['violations'],
    selectors: false, preload: false, iframes: false,
  });
  return found.violations.flatMap(each => each.nodes.map(
    node => `${each.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A served desk on which something of everything has happened."""
    with full_desk(tmp_path_factory.mktemp("full")) as desk, served(desk) as place:
        yield place


@contextmanager
def looking(browser: Browser, place: Place, language: str = "en-GB") -> Iterator[Page]:
    """Open a page on a desk; nothing on it moves."""
    context = browser.new_context(
        locale=language, viewport=SCREEN, reduced_motion="reduce"
    )
    yield place.watch(context.new_page())
    context.close()


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on the page as it is shown now."""
    given = ["rule", rules] if rules else ["tag", WCAG]
    found: list[Any] = page.evaluate(_LOOK, given)
    return [str(each) for each in found]


def every_violation(page: Page) -> list[str]:
    """Look at a page light and wide, then dark and on a phone."""
    # It is brought in by the browser, not by the page, which would not let it.
    page.evaluate(AXE)
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    found += [f"dark: {each}" for each in violations(page, SHOWN)]
    page.set_viewport_size(SCREEN)
    return found


def test_no_page_breaks_a_rule(browser: Browser, full: Place) -> None:
    found = {}
    with looking(browser, full) as page:
        page.goto(full.start)
        for sight in sights(full.desk):
            sight.show(page, full)
            if broken := every_violation(page):
                found[sight.name] = broken
    assert found == {}


def test_what_is_broken_is_found(browser: Browser, full: Place) -> None:
    with looking(browser, full) as page:
        page.goto(full.start)
        page.evaluate(
            """() => { document.getElementById("main").innerHTML =
              '<img src="/static/icon.svg"><p class="pale">pale</p>';
              document.querySelector(".pale").style.color = "#999"; }"""
        )
        found = " ".join(every_violation(page))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_no_page_breaks_a_rule_in_german(browser: Browser, full: Place) -> None:
    found = {}
    with looking(browser, full, "de-DE") as page:
        page.goto(full.start)
        for sight in sights(full.desk):
            if sight.is_english:
                continue
            sight.show(page, full)
            expect(page.locator("html")).to_have_attribute("lang", "de")
            page.evaluate(AXE)
            if broken := violations(page):
                found[sight.name] = broken
    assert found == {}


def test_every_address_that_shows_a_page_is_looked_at(full: Place) -> None:
    seen = {sight.path.partition("?")[0] for sight in sights(full.desk)}
    assert seen >= PATHS
    app = create_app(full.desk, key=KEY, port=1)
    missed = [
        route.path
        for route in app.routes
        if isinstance(route, APIRoute)
        and "GET" in (route.methods or ())
        and route.path not in NO_PAGES
        and not any(route.path_regex.fullmatch(each) for each in seen)
    ]
    assert missed == []


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_no_page_without_anything_on_it_breaks_a_rule(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    settings = Settings(database=str(tmp_path / "desk.db"))
    with (
        Desk.open(settings) as desk,
        served(desk) as place,
        looking(browser, place, language) as page,
    ):
        # The first is the closed door.
        paths = ("/", f"/?key={KEY}", *sorted(PATHS), *WITHOUT_ANYTHING)
        assert broken_on(page, place, paths) == {}


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_no_page_breaks_a_rule_when_all_is_decided(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    lines = [line("anja", "Moin"), line("bodo", "Ahoi")]
    with (
        open_desk(tmp_path, lines) as desk,
        served(desk) as place,
        looking(browser, place, language) as page,
    ):
        for name in ("anja", "bodo"):
            desk.decide(name, Action.IGNORE)
        page.goto(place.start)
        assert broken_on(page, place, sorted(PATHS)) == {}


def broken_on(page: Page, place: Place, paths: Iterable[str]) -> dict[str, list[str]]:
    """Return what is broken, by address."""
    found = {}
    for path in paths:
        page.goto(f"{place.origin}{path}")
        page.evaluate(AXE)
        if broken := violations(page):
            found[path] = broken
    return found
