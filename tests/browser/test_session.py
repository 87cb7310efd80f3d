"""The session in a real browser: by keyboard, by hand, without a script, on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from served_desk import Place, served
from vorzimmer.desk import Card, Desk
from vorzimmer.model import Action
from vorzimmer.settings import Settings
from vorzimmer.web.views import KEYS, Round, form_of, view

pytestmark = pytest.mark.browser


def in_hand(page: Page) -> str:
    found = page.locator("#desk").get_attribute("data-request")
    assert found is not None
    return found


def press(page: Page, key: str) -> None:
    """Press a key and wait until the desk has answered."""
    with page.expect_response(lambda answer: "/static/" not in answer.url):
        page.keyboard.press(key)
    expect(page.locator("#desk.htmx-settling, .htmx-request")).to_have_count(0)


def decisive(place: Place) -> tuple[Card, Card]:
    """Return a request whose open question, answered yes, changes the proposal."""
    for card in Round.of(place.desk.session()).cards:
        if card.question is None or form_of(card.question.fact) != "yesno":
            continue
        request_id, fact = card.request.id, card.question.fact
        after = place.desk.give_fact(request_id, fact, value=True)
        place.desk.give_fact(request_id, fact, None)
        if after.proposal.action is not card.proposal.action:
            return card, after
    pytest.fail("The sample has no such request.")


def test_the_address_is_clean_and_the_frame_does_not_scroll(page: Page) -> None:
    assert "key" not in page.url
    sizes = page.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert sizes == [720, 1280]


def test_a_note_waits_where_it_was_written(page: Page) -> None:
    note = page.locator(".remark textarea")
    note.fill("met at the fair")
    page.keyboard.press("Escape")
    press(page, "j")
    expect(note).to_have_value("")
    press(page, "k")
    expect(note).to_have_value("met at the fair")
    note.fill("")
    page.keyboard.press("Escape")


def test_the_session_goes_by_keyboard_alone(page: Page, quiet: Place) -> None:
    way = [card.request.id for card in Round.of(quiet.desk.session()).cards]
    assert in_hand(page) == way[0]
    press(page, "j")
    assert in_hand(page) == way[1]
    press(page, "k")
    assert in_hand(page) == way[0]

    press(page, "i")
    expect(page.get_by_role("status")).to_contain_text("Ignore:")
    assert in_hand(page) == way[1]
    decision = quiet.desk.card(way[0]).decision
    assert decision is not None
    assert decision.action is Action.IGNORE

    press(page, "z")
    expect(page.get_by_role("status")).to_contain_text("Undone:")
    assert in_hand(page) == way[0]
    assert quiet.desk.card(way[0]).decision is None


def test_the_proposed_action_is_the_one_primary_button(
    page: Page, quiet: Place
) -> None:
    for action, (card, *_) in quiet.desk.session().groups:
        page.goto(f"{quiet.origin}/?id={card.request.id}")
        primary = page.locator("button.primary")
        if action is Action.HOLD:
            expect(primary).to_have_count(0)
        else:
            expect(primary).to_have_attribute("data-key", KEYS[action])
            expect(page.locator(".clause")).not_to_be_empty()


def test_the_open_question_is_answered_in_place(page: Page, quiet: Place) -> None:
    before, after = decisive(quiet)
    assert before.question is not None
    request_id, fact = before.request.id, before.question.fact
    page.goto(f"{quiet.origin}/?id={request_id}")
    proposed = page.locator(".proposal .decide").inner_text()
    page.keyboard.press("q")
    press(page, "Enter")
    assert in_hand(page) == request_id
    expect(page.locator(".findings .changed").first).to_be_visible()
    expect(page.locator(".proposal .changed")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("the proposal changes")
    assert page.locator(".proposal .decide").inner_text() != proposed
    assert quiet.desk.card(request_id).proposal == after.proposal

    with page.expect_response("**/fact/forget"):
        page.get_by_role("button", name="Take back").click()
    expect(page.locator(".question")).to_be_visible()
    assert quiet.desk.card(request_id) == before
    assert fact not in quiet.desk.card(request_id).given


def test_a_number_is_typed_in_and_evidence_opens(page: Page, quiet: Place) -> None:
    request_id = in_hand(page)
    page.locator("#unknown summary").click()
    page.get_by_label("How many contacts does the profile show?").fill("viele")
    press(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("Please type a whole number")
    page.get_by_label("How many contacts does the profile show?").fill("500+")
    press(page, "Enter")
    expect(page.get_by_text("Number of contacts")).not_to_have_count(0)
    assert quiet.desk.card(request_id).given == {"contacts_count": 500}
    quiet.desk.give_fact(request_id, "contacts_count", None)
    # A refused entry is written to the console as a failed request.
    quiet.complaints[:] = [each for each in quiet.complaints if "422" not in each]


def test_a_yes_or_no_question_takes_one_click(page: Page, quiet: Place) -> None:
    page.goto(
        f"{quiet.origin}/?id={Round.of(quiet.desk.session()).cards[0].request.id}"
    )
    request_id = in_hand(page)
    page.locator("#unknown summary").click()
    with page.expect_response("**/fact"):
        page.get_by_role("button", name="Does the profile have a picture? No").click()
    assert quiet.desk.card(request_id).given == {"has_picture": False}
    # What was open stays open: only the answer has changed.
    expect(page.locator("#unknown")).to_have_attribute("open", "")
    quiet.desk.give_fact(request_id, "has_picture", None)


def test_evidence_can_be_opened_down_to_the_words(page: Page, quiet: Place) -> None:
    marked = next(
        card
        for card in Round.of(quiet.desk.session()).cards
        if any(
            each.span is not None
            for score in card.assessment.kinds.values()
            for each in score.evidence
        )
        # The likeliest kind is open from the first, the other is not.
        and len(view(card).findings) > 1
    )
    page.goto(f"{quiet.origin}/?id={marked.request.id}")
    expect(page.locator(".note mark").first).to_be_visible()
    page.keyboard.press("e")
    tables = page.locator(".findings table")
    for number in range(tables.count()):
        expect(tables.nth(number)).to_be_visible()
    points = [
        float(text.replace("−", "-"))
        for text in tables.first.locator("tbody td:last-child").all_inner_texts()
    ]
    total = tables.first.locator("tfoot td:last-child").inner_text()
    assert sum(points) == pytest.approx(float(total.replace("−", "-")), abs=0.4)

    page.keyboard.press("e")
    expect(page.locator("#e1")).to_be_hidden()
    page.locator(".note sup a").first.click()
    expect(page.locator("#e1")).to_be_visible()


def test_keys_write_in_fields_and_can_be_switched_off(page: Page, quiet: Place) -> None:
    first = in_hand(page)
    note = page.get_by_label("Note to yourself")
    note.click()
    page.keyboard.type("aid")
    assert (in_hand(page), note.input_value()) == (first, "aid")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.keyboard.press("i")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_role("button", name="Switch single keys off").click()
    page.wait_for_load_state()
    page.keyboard.press("i")
    page.wait_for_timeout(150)
    assert quiet.desk.card(first).decision is None


def test_a_key_held_down_decides_once(page: Page, quiet: Place) -> None:
    before = quiet.desk.session().open_count
    with page.expect_response("**/decide"):
        for _ in range(5):
            page.keyboard.down("i")
    page.keyboard.up("i")
    expect(page.get_by_role("status")).to_contain_text("Ignore:")
    assert quiet.desk.session().open_count == before - 1
    quiet.desk.undo()


def test_a_name_is_found_by_typing(page: Page, quiet: Place) -> None:
    action, cards = max(quiet.desk.session().groups, key=lambda group: len(group[1]))
    assert action in KEYS
    page.goto(f"{quiet.origin}/?id={cards[0].request.id}")
    page.keyboard.press("/")
    page.keyboard.type("zzzz")
    expect(page.locator(".names li:visible")).to_have_count(0)


def test_language_and_theme_switch_in_place(page: Page) -> None:
    first = in_hand(page)
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", name="Vorschlag")).to_be_visible()
    assert in_hand(page) == first
    page.get_by_role("button", name="Hell oder dunkel").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    # The new page is there a moment before its style sheet.
    body = page.locator("body")
    expect(body).to_have_css("background-color", "rgb(23, 24, 27)")


def test_the_policy_can_be_switched_in_the_session(page: Page, quiet: Place) -> None:
    page.locator("details.policy:not(.time *) summary").click()
    with page.expect_response("**/policy"):
        page.get_by_role("button", name="Open door").click()
    expect(page.locator("details.policy:not(.time *) .title")).to_have_text("Open door")
    quiet.desk.use_policy("three-reasons")


@pytest.mark.parametrize(
    "path",
    ["/", "/import", "/decided", "/policies", "/privacy", "/signals", "/sources"],
)
def test_every_page_can_be_used_with_a_screen_reader(
    page: Page, quiet: Place, path: str
) -> None:
    page.goto(f"{quiet.origin}{path}")
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Pages")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, textarea, summary")]
          .filter((each) => each.type !== "hidden" && !(
            each.textContent.trim() || each.getAttribute("aria-label") ||
            each.labels?.length || each.title))
          .map((each) => each.outerHTML)"""
    )
    assert nameless == []
    doubled = page.evaluate(
        """() => [...document.querySelectorAll("[id]")].map((each) => each.id)
          .filter((id, place, all) => all.indexOf(id) !== place)"""
    )
    assert doubled == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_targets_are_large_enough_to_hit(page: Page) -> None:
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .session a, summary, input")]
          .filter((each) => each.getClientRects().length)
          .map((each) => [each.getBoundingClientRect(), each.outerHTML])
          .filter(([box]) => box.height < 24 || box.width < 24)
          .map(([, html]) => html)"""
    )
    assert small == []


def test_the_focus_moves_to_the_next_request(page: Page) -> None:
    press(page, "j")
    expect(page.locator("h1#sender")).to_be_focused()


def test_a_phone_shows_everything_without_scrolling_sideways(
    browser: Browser, quiet: Place
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    page = quiet.watch(context.new_page())
    page.goto(quiet.start)
    paths = ("/", "/import", "/decided", "/policies", "/signals", "/sources")
    for path in (*paths, "/privacy"):
        page.goto(f"{quiet.origin}{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (path, width) == (path, 390)
    context.close()


def test_the_desk_works_without_a_script(browser: Browser, quiet: Place) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = quiet.watch(context.new_page())
    page.goto(quiet.start)
    page.locator("details.policy:not(.time *) summary").click()
    page.get_by_role("button", name="Ignore").first.click()
    expect(page.get_by_role("heading", name="Last decision")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Last decision")).to_have_count(0)
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    context.close()


@pytest.mark.parametrize("has_script", [True, False])
def test_an_archive_is_read_through_the_page(
    browser: Browser, archive: Path, tmp_path: Path, *, has_script: bool
) -> None:
    with (
        Desk.open(Settings(database=str(tmp_path / "desk.db"))) as desk,
        served(desk) as place,
    ):
        context = browser.new_context(locale="en-GB", java_script_enabled=has_script)
        page = place.watch(context.new_page())
        page.goto(place.start)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")
        page.get_by_label("Drop the ZIP here").set_input_files(archive)
        page.get_by_role("button", name="Read it").click()
        done = page.get_by_role("heading", name="Your archive has been read")
        if not has_script:
            expect(page.get_by_role("heading", level=1)).to_contain_text("read")
            for _ in range(600):  # a minute
                if done.count():
                    break
                expect(page.get_by_role("link", name="Look again")).to_be_visible()
                page.wait_for_timeout(100)
                page.goto(f"{place.origin}/import")
        expect(done).to_be_visible(timeout=60_000)
        page.get_by_role("link", name="To the session").click()
        page.get_by_role("button", name="Begin with this one").first.click()
        expect(page.locator("#desk")).to_have_attribute(
            "data-request", re.compile(".+"), timeout=60_000
        )
        assert (place.outside, place.complaints) == ([], [])
        context.close()


def test_a_file_dropped_on_the_page_is_read(browser: Browser, tmp_path: Path) -> None:
    with (
        Desk.open(Settings(database=str(tmp_path / "desk.db"))) as desk,
        served(desk) as place,
    ):
        page = place.watch(browser.new_page(locale="en-GB"))
        page.goto(place.start)
        page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.items.add(new File(['{"id": "1", "note": "Hi"}'], "r.jsonl"));
              const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true});
              document.getElementById("upload").dispatchEvent(drop);
            }"""
        )
        done = page.get_by_role("heading", name="Your archive has been read")
        expect(done).to_be_visible()
        assert (place.outside, place.complaints) == ([], [])
        page.close()


def test_a_desk_that_was_closed_says_so(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(locale="en-GB")
    settings = Settings(database=str(tmp_path / "desk.db"), policy="open-door")
    with Desk.open(settings) as desk:
        source = tmp_path / "r.jsonl"
        source.write_text('{"id": "1", "note": "Hi"}\n{"id": "2", "note": "Ho"}')
        desk.import_from(source)
        with served(desk) as place:
            page.goto(place.start)
    page.keyboard.press("i")
    expect(page.get_by_role("status")).to_contain_text("does not answer")
    page.close()
