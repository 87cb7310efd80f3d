"""Asking back and whole groups in a real browser, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place
from vorzimmer.desk import Card
from vorzimmer.model import Action
from vorzimmer.reactions import State

pytestmark = pytest.mark.browser


def press(page: Page, key: str) -> None:
    """Press a key and wait until the desk has answered."""
    with page.expect_response(lambda answer: "/static/" not in answer.url):
        page.keyboard.press(key)
    expect(page.locator("#desk.htmx-settling, .htmx-request")).to_have_count(0)


def first(place: Place, action: Action) -> tuple[Card, ...]:
    return dict(place.desk.session().groups)[action]


def test_asking_back_goes_by_keyboard_alone(page: Page, quiet: Place) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card, following, *_ = first(quiet, Action.ASK)
    page.goto(f"{quiet.origin}/?id={card.request.id}")
    press(page, "s")
    expect(page.locator("#letter-words")).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator("#toast")).to_contain_text("Copied")
    expect(page.locator("#letter .told")).to_contain_text("Copied and kept.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#letter-words").input_value().strip()

    press(page, "Escape")
    expect(page.locator("#letter-words")).to_have_count(0)
    assert quiet.desk.reactions.history(card.request.id) == []

    press(page, "s")
    press(page, "f")
    expect(page.get_by_role("status")).to_contain_text("Ask back:")
    assert page.locator("#desk").get_attribute("data-request") == following.request.id
    asked = quiet.desk.asking.of(card.request.id)
    assert asked is not None
    assert asked.ask.text.strip() == copied

    press(page, "z")
    assert quiet.desk.card(card.request.id).is_open


def test_one_key_copies_the_words_and_opens_the_page(page: Page, quiet: Place) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = first(quiet, Action.ASK)[0]
    page.goto(f"{quiet.origin}/?id={card.request.id}")
    press(page, "s")
    words = page.locator("#letter-words")
    short = words.input_value()
    page.context.route(
        "https://www.linkedin.com/**", lambda route: route.fulfill(body="a profile")
    )
    page.evaluate("navigator.clipboard.writeText('what was there before')")
    with page.context.expect_page() as opened:
        page.keyboard.press("o")
    assert opened.value.url.startswith("https://www.linkedin.com/in/")
    opened.value.close()
    page.bring_to_front()
    assert page.evaluate("navigator.clipboard.readText()") == short.strip()

    words.fill("Zu lang! " * 1_000)
    words.blur()
    page.keyboard.press("o")
    expect(page.locator("#letter .over")).to_contain_text("Too long by")
    expect(words).to_be_focused()
    assert len(page.context.pages) == 1
    assert page.evaluate("navigator.clipboard.readText()") == short.strip()
    words.fill(short)
    words.blur()
    press(page, "Escape")


def test_a_whole_group_goes_by_keyboard_alone(page: Page, quiet: Place) -> None:
    cards = first(quiet, Action.IGNORE)
    page.goto(f"{quiet.origin}/?id={cards[0].request.id}")
    press(page, "I")
    expect(page.locator("#every")).to_have_text(f"Ignore: all {len(cards)}")
    press(page, "Escape")
    expect(page.locator("#every")).to_have_count(0)
    press(page, "I")
    press(page, "f")
    expect(page.get_by_role("status")).to_contain_text(f"{len(cards)} requests")
    states = {quiet.desk.card(card.request.id).state for card in cards}
    assert states == {State.IGNORED}
    press(page, "z")
    assert first(quiet, Action.IGNORE) == cards
