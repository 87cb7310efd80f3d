"""The browser's own ways: back, reload, two windows at once, keys in between."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from served_desk import Place
from vorzimmer.model import Action
from vorzimmer.web.views import Round

pytestmark = pytest.mark.browser


def in_hand(page: Page, request_id: str) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-request", request_id)
    expect(page.locator("#desk.htmx-settling, .htmx-request")).to_have_count(0)


def only_refused(place: Place) -> None:
    """The browser notes every refusal; nothing else is to stand there."""
    assert [each for each in place.complaints if "409" not in each] == []
    place.complaints.clear()


def way(place: Place) -> list[str]:
    return [card.request.id for card in Round.of(place.desk.session()).cards]


def test_back_leads_to_the_request_before(page: Page, quiet: Place) -> None:
    first, second, third, *_ = way(quiet)
    page.keyboard.press("j")
    in_hand(page, second)
    page.keyboard.press("j")
    in_hand(page, third)
    page.go_back()
    in_hand(page, second)
    page.go_back()
    in_hand(page, first)
    page.go_forward()
    in_hand(page, second)


def test_forth_leads_there_before_the_page_can_listen(page: Page, quiet: Place) -> None:
    _, second, *_ = way(quiet)
    page.keyboard.press("j")
    in_hand(page, second)
    # While the scripts of the first one are under way, its page goes forth.
    page.add_init_script(
        f"""document.addEventListener("readystatechange", () => {{
          if (document.readyState !== "interactive" || sessionStorage.gone) return;
          sessionStorage.gone = location.search.includes("{second}") ? "" : "forth";
          if (sessionStorage.gone) history.forward();
        }})"""
    )
    page.go_back()
    in_hand(page, second)


def test_a_decision_takes_the_place_of_its_request(page: Page, quiet: Place) -> None:
    first, second, third, *_ = way(quiet)
    page.keyboard.press("j")
    in_hand(page, second)
    page.keyboard.press("h")
    in_hand(page, third)
    page.go_back()
    in_hand(page, first)
    quiet.desk.undo()


def test_a_whole_group_is_asked_about_again_after_a_reload(
    page: Page, quiet: Place
) -> None:
    (_, cards), *_ = quiet.desk.session().groups
    page.locator(".every-link").click()
    question = page.locator("h1#every")
    expect(question).to_contain_text(str(len(cards)))
    page.reload()
    expect(question).to_contain_text(str(len(cards)))
    page.go_back()
    in_hand(page, cards[0].request.id)


def test_what_was_done_in_another_window_is_shown_beside_the_refusal(
    page: Page, quiet: Place
) -> None:
    first, *_ = way(quiet)
    quiet.desk.decide(first, Action.ACCEPT)
    page.keyboard.press("i")
    expect(page.get_by_role("status")).to_contain_text("You have accepted")
    expect(page.locator("#proposal")).to_have_text("Decided")
    in_hand(page, first)
    with page.expect_response("**/undo"):
        page.keyboard.press("z")
    in_hand(page, first)
    assert quiet.desk.card(first).decision is None
    only_refused(quiet)


def test_a_group_that_changed_meanwhile_is_shown_as_it_is(
    page: Page, quiet: Place
) -> None:
    (_, cards), *_ = quiet.desk.session().groups
    page.locator(".every-link").click()
    question = page.locator("h1#every")
    expect(question).to_contain_text(str(len(cards)))
    quiet.desk.decide(cards[-1].request.id, Action.IGNORE)
    page.keyboard.press("f")
    expect(page.get_by_role("status")).to_contain_text("has changed")
    expect(question).to_contain_text(str(len(cards) - 1))
    quiet.desk.undo()
    only_refused(quiet)


def test_keys_wait_for_the_change_in_which_they_were_pressed(page: Page) -> None:
    page.clock.install()
    tell = "name => document.dispatchEvent(new CustomEvent(name))"
    page.evaluate(tell, "htmx:beforeSwap")
    page.evaluate(tell, "htmx:afterSettle")
    page.clock.run_for(600)
    page.evaluate(tell, "htmx:beforeSwap")
    page.keyboard.press("?")
    # The patience of the first change ends here, in the middle of the second.
    page.clock.run_for(600)
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.evaluate(tell, "htmx:afterSettle")
    expect(page.locator("dialog[open]")).to_have_count(1)
