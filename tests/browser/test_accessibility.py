"""No page breaks a rule of WCAG 2.2, A or AA, as far as axe can see; light or dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, expect

from axe import AXE, every_violation, looking, violations
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

# What is no page: a part of one, or a file to save.
NO_PAGES = {
    *("/import/progress", "/insight/{name}.csv", "/contact-card.json"),
    *("/objection/evidence.txt", "/objection/evidence.json", "/ready"),
}
# Pages that no masthead leads to, and that are there on an empty desk, too.
WITHOUT_ANYTHING = (
    *("/policies/three-reasons", "/privacy/person?who=Zora", "/privacy/older?months=6"),
    *("/letters/one?name=collector&manner=de-sie", "/no-such-page", "/?id=nobody"),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A served desk on which something of everything has happened."""
    with full_desk(tmp_path_factory.mktemp("full")) as desk, served(desk) as place:
        yield place


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
              '<img src="/static/icon.svg"><p class="pale">pale</p>' +
              '<button aria-label="Removed: Zora">I removed this contact</button>';
              document.querySelector(".pale").style.color = "#999"; }"""
        )
        found = " ".join(every_violation(page))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "label-content-name-mismatch" in found


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
def test_the_first_choice_of_a_policy_breaks_no_rule(
    browser: Browser, archive: Path, tmp_path: Path, language: str
) -> None:
    with Desk.open(Settings(database=str(tmp_path / "desk.db"))) as desk:
        desk.import_from(archive)
        with served(desk) as place, looking(browser, place, language) as page:
            page.goto(place.start)
            expect(page.locator(".first-choice li")).to_have_count(5)
            assert broken_on(page, place, ("/",)) == {}


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
