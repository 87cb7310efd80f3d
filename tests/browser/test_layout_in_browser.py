"""What is in sight on a small screen without scrolling, and what is on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from clocked_desk import Clock
from full_desk import sample_desk
from served_desk import Place, served
from vorzimmer.model import Action

pytestmark = pytest.mark.browser

ENOUGH = 8
_NAMES_IN_SIGHT = """() => {
  const list = document.querySelector('.groups').getBoundingClientRect();
  const head = document.querySelector('.here > .group').getBoundingClientRect();
  return [...document.querySelectorAll('.names a')].filter(each => {
    const box = each.getBoundingClientRect();
    return box.top >= head.bottom - 1 && box.bottom <= list.bottom + 1;
  }).length;
}"""
_IN_SIGHT = """each => {
  const box = each.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A desk whose left column has to show everything that it can."""
    clock = Clock()
    with sample_desk(tmp_path_factory.mktemp("busy"), clock) as desk:
        groups = dict(desk.session().groups)
        for card in groups[Action.IGNORE][:22]:
            desk.decide(card.request.id, Action.IGNORE)
        for card in groups[Action.ASK][:2]:
            desk.decide(card.request.id, Action.ASK)
        clock.now += timedelta(days=20)
        desk.sitting.choose(10)
        with served(desk) as place:
            yield place


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_eight_names_of_every_group_are_in_sight_beside_all_the_rest(
    browser: Browser, busy: Place, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale=language
    )
    page = busy.watch(context.new_page())
    page.goto(busy.start)
    for selector in (".progress", ".time", ".rest a", ".silent", ".step", ".end"):
        assert page.locator(selector).first.evaluate(_IN_SIGHT), selector
    found = {}
    for group in page.locator("a.group").all():
        address = str(group.get_attribute("href"))
        found[address] = int(group.locator(".count").inner_text())
    assert max(found.values()) > ENOUGH
    for address, count in found.items():
        page.goto(f"{busy.origin}{address}")
        assert page.evaluate(_NAMES_IN_SIGHT) >= min(count, ENOUGH), address
    context.close()


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_no_group_of_the_session_is_wider_than_a_phone(
    browser: Browser, busy: Place, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale=language
    )
    page = busy.watch(context.new_page())
    page.goto(busy.start)
    addresses = [each.get_attribute("href") for each in page.locator("a.group").all()]
    assert len(addresses) > 3
    for address in addresses:
        page.goto(f"{busy.origin}{address}")
        page.keyboard.press("e")
        assert page.evaluate("document.documentElement.scrollWidth") == 360, address
        too_wide = [
            each.inner_text()
            for each in page.locator(".percent").all()
            if each.evaluate("e => e.scrollWidth > e.clientWidth")
        ]
        assert not too_wide, address
    context.close()


def test_charts_are_printed_with_their_tables_dark_on_white(
    page: Page, quiet: Place
) -> None:
    page.goto(f"{quiet.origin}/insight")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_load_state()  # the page comes anew, and its scripts after it
    tables = page.locator(".chart table")
    assert tables.count() > 5
    expect(tables.first).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for table in tables.all():
        expect(table).to_be_visible()
    expect(page.locator(".chart summary").first).to_be_hidden()
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.locator("body")).to_have_css("color", "rgb(29, 28, 26)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(tables.first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_what_was_decided_last_is_read_to_its_end(
    browser: Browser, busy: Place
) -> None:
    rest = busy.desk.sitting.plan(busy.desk.session()).rest
    assert rest is not None
    busy.desk.sitting.ignore_rest(rest.cards)
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="de-DE"
    )
    page = busy.watch(context.new_page())
    page.goto(busy.start)
    last = page.locator(".last p")
    expect(last).to_contain_text("und andere Ignorieren")
    assert last.evaluate("e => e.scrollWidth <= e.clientWidth")
    context.close()
    busy.desk.undo()
