"""A whole week at the desk, by keyboard alone, forwards and back; in two languages."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from clocked_desk import Clock
from full_desk import proposed
from served_desk import Place, served
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.reactions import State
from vorzimmer.sample import LAST_DAY, MEMBER_NAME, MEMBER_URL
from vorzimmer.sample.chance import day_form
from vorzimmer.sample.messages import Row
from vorzimmer.settings import Settings
from vorzimmer.store import Store
from vorzimmer.translation import Translator, translator

pytestmark = pytest.mark.browser

ANSWER = (
    "Danke für die Rückfrage! Auf Ihrem Vortrag in Bremen fragte ich nach den Kisten."
)
PITCH = (
    "Übrigens: Wir unterstützen Unternehmen wie Ihres, Lagerkosten um 31 % zu senken."
    " Gern zeige ich Ihnen in 15 Minuten unsere Lösung. Buchen Sie hier einen Termin:"
    " https://calendly.com/lager-demo"
)
_MOST_TABS = 400
# Half of the way to an element, as a number of stops; none for whoever is there.
_HALF_WAY = """target => {
  const stops = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]'
  )].filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility());
  const [from, to] = [document.activeElement, target].map(x => stops.indexOf(x));
  if (target === document.activeElement) return 0;
  return Math.max(1, Math.floor((to - from + stops.length) % stops.length / 2));
}"""


@dataclass(frozen=True, slots=True)
class Hands:
    """Somebody who has a keyboard, and nothing else."""

    page: Page
    words: Translator

    def key(self, key: str) -> None:
        """Press a key and wait until the desk has answered."""
        with self.page.expect_response(lambda answer: "/static/" not in answer.url):
            self.page.keyboard.press(key)
        busy = self.page.locator("#desk.htmx-settling, .htmx-request")
        expect(busy).to_have_count(0)

    def to(self, target: Locator) -> None:
        """Press Tab until the focus is there."""
        expect(target).to_be_visible()
        pressed = 0
        while pressed < _MOST_TABS:
            # Looking after each key would take most of the time.
            keys = target.evaluate(_HALF_WAY)
            if keys == 0:
                return
            for _ in range(keys):
                self.page.keyboard.press("Tab")
            pressed += keys
        pytest.fail(f"The focus never came to {target}.")

    def go(self, name: str, *, within: str = "main", by: str = "link") -> None:
        """Tab to a link or a button by its name, and press Enter."""
        place, sought = self.page.locator(within), re.compile(re.escape(name))
        role: Literal["link", "button"] = "link" if by == "link" else "button"
        self.to(place.get_by_role(role, name=sought).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str, *, within: str = "main") -> None:
        """Tab to a button that changes the page in its place, and press Enter."""
        sought = re.compile(re.escape(name))
        self.to(self.page.locator(within).get_by_role("button", name=sought).first)
        self.key("Enter")

    def visit(self, group: str, place: str) -> None:
        """Go to a page over the masthead."""
        self.go(self.words(group), within="nav.groups-of-pages")
        shown = self.page.locator("nav.pages-of-group [aria-current=page]")
        if shown.inner_text() != self.words(place):
            self.go(self.words(place), within="nav.pages-of-group")

    def hand_over(self, archive: Path) -> None:
        """Choose a file and have it read; then go on to the session."""
        self.to(self.page.locator("#archive"))
        with self.page.expect_file_chooser() as chosen:
            self.page.keyboard.press("Space")
        chosen.value.set_files(archive)
        self.to(self.page.get_by_role("button", name=self.words("Read it")))
        self.page.keyboard.press("Enter")
        done = self.page.get_by_role(
            "heading", name=self.words("Your archive has been read")
        )
        expect(done).to_be_visible(timeout=60_000)
        expect(done).to_be_focused()
        self.go(self.words("To the session"))

    def told(self, text: str) -> None:
        """See what the desk says it has done."""
        expect(self.page.locator("#toast")).to_contain_text(self.words(text))

    @property
    def in_hand(self) -> str:
        """The request that is shown."""
        return self.page.locator("#desk").get_attribute("data-request") or ""


def later(before: Path, file: Path, *messages: Row, connected: str = "") -> Path:
    """Write the archive as it is some days on: more messages, perhaps a connection."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "messages.csv":
                for each in messages:
                    cells = (cell.replace('"', '""') for cell in each.cells())
                    text += ",".join(f'"{cell}"' for cell in cells) + "\n"
            elif name == "Connections.csv":
                text += connected
            new.writestr(name, text)
    return file


@contextmanager
def hands_at(browser: Browser, place: Place, language: str) -> Iterator[Hands]:
    """Open a desk in a language."""
    context = browser.new_context(locale=language, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = place.watch(context.new_page())
    page.on("filechooser", lambda _: None)  # from now on, no window asks for a file
    page.goto(place.start)
    expect(page.locator("html")).to_have_attribute("lang", language)
    yield Hands(page, translator(language))
    context.close()


@contextmanager
def new_desk(folder: Path, clock: Clock) -> Iterator[Place]:
    """Serve a desk on which nothing was read."""
    settings = Settings(database=str(folder / "desk.db"), policy="three-reasons")
    with (
        Desk(settings, Store.open(settings.database), now=clock) as desk,
        served(desk) as place,
    ):
        yield place


@dataclass(frozen=True, slots=True)
class Week:
    """What happens in it, and what is seen of it."""

    hands: Hands
    desk: Desk
    archive: Path
    clock: Clock

    def decide(self) -> None:
        """Ignore the first request, and take that back."""
        hands, first = self.hands, self.hands.in_hand
        hands.key("i")
        hands.told("Undo")
        assert self.state(first) is State.IGNORED
        hands.key("z")
        hands.told("Undone:")
        assert self.desk.card(first).is_open
        assert hands.in_hand == first

    def note_as_gone(self) -> None:
        """Note that the first request is no longer there, and take that back."""
        hands, first = self.hands, self.hands.in_hand
        hands.key("g")
        hands.told("Noted:")
        assert self.state(first) is State.WITHDRAWN
        hands.key("z")
        hands.told("Undone:")
        assert self.desk.card(first).is_open
        assert hands.in_hand == first

    def answer(self) -> None:
        """Answer the first request with a letter, edited; take back that it was."""
        hands, page, first = self.hands, self.hands.page, self.hands.in_hand
        hands.key("w")
        words = page.locator("#letter-words")
        expect(words).to_be_visible()
        page.keyboard.press("l")
        expect(words).to_be_focused()
        page.keyboard.press("ControlOrMeta+End")
        with page.expect_response(lambda answer: answer.url.endswith("/letter")):
            page.keyboard.type("\nPS: Ich bin im Mai auf der Messe.")
            page.keyboard.press("Escape")
        hands.key("f")
        assert self.state(first) is State.WRITTEN_TO
        hands.key("z")
        hands.told("Undone:")
        assert self.desk.card(first).is_open
        hands.key("w")
        expect(words).to_have_value(re.compile(r"PS: Ich bin im Mai"))
        hands.key("Escape")
        expect(words).to_have_count(0)
        assert self.desk.reactions.acting.all() == []

    def ask(self) -> str:
        """Ask back with a letter, take that back, ask again; return whom."""
        hands, page = self.hands, self.hands.page
        asked = proposed(self.desk, Action.ASK)[0].request.id
        label = hands.words.action(Action.ASK)
        hands.to(page.locator("nav.groups a.group", has_text=label))
        hands.key("Enter")
        assert hands.in_hand == asked
        for is_first in (True, False):
            hands.key("s")
            letter = page.locator("#letter-words")
            expect(letter).to_be_visible()
            hands.key("c")
            expect(page.locator("#letter .told")).not_to_be_empty()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied == letter.input_value().strip() != ""
            hands.key("f")
            hands.told("Undo")
            assert self.state(asked) is State.ASKED
            if is_first:
                hands.key("z")
                hands.told("Undone:")
                assert self.desk.card(asked).is_open
        return asked

    def bring(self, request_id: str, text: str, *, is_contact: bool = False) -> None:
        """Import the archive as it is two days on, when its sender has written."""
        self.clock.sleep(1)
        sender = self.desk.card(request_id).request.sender
        name, url = sender.name or "", sender.profile_url or ""
        message = Row(
            thread=url,
            sent_at=self.clock.now,
            sender=name,
            sender_url=url,
            to=MEMBER_NAME,
            to_url=MEMBER_URL,
            text=text,
        )
        given, _, last = name.rpartition(" ")
        cells = [given, last, url, "", "", "", day_form(self.clock.now.date())]
        connected = ",".join(cells) + "\n" if is_contact else ""
        file = self.archive.with_name(f"later-{self.clock.now.day}.zip")
        self.clock.sleep(1)
        self.hands.visit("My data", "Import")
        self.hands.hand_over(later(self.archive, file, message, connected=connected))

    def accept(self, request_id: str, name: str) -> None:
        """See who has answered, and accept; take that back; accept again."""
        hands = self.hands
        hands.visit("Requests", "Asked")
        assert self.state(request_id) is State.ANSWERED
        hands.go(name, within="section[aria-labelledby=answered]")
        assert hands.in_hand == request_id
        hands.key("a")
        hands.told("Undo")
        assert self.state(request_id) is State.ACCEPTED
        hands.key("z")
        hands.told("Undone:")
        assert self.state(request_id) is State.ANSWERED
        hands.key("a")
        assert self.state(request_id) is State.ACCEPTED

    def remove(self, request_id: str, name: str) -> None:
        """Find the proposal to remove the contact; follow it, back, and again."""
        hands, words = self.hands, self.hands.words
        hands.visit("Requests", "Afterwards")
        for is_first in (True, False):
            removing = f"{words('I have removed this contact')}: {name}"
            hands.press(removing, within="section[aria-labelledby=proposals]")
            assert self.state(request_id) is State.REMOVED
            if is_first:
                undo = words("Undo: {name}", name=name)
                hands.press(undo, within="section[aria-labelledby=settled]")
                assert self.state(request_id) is State.ACCEPTED

    def unwind(self, request_id: str, name: str) -> None:
        """Take the whole week back, from its end to its beginning."""
        hands, words = self.hands, self.hands.words
        undo = words("Undo: {name}", name=name)
        hands.press(undo, within="section[aria-labelledby=settled]")
        assert self.state(request_id) is State.ACCEPTED
        hands.visit("Requests", "Decided")
        hands.press(undo)
        assert self.state(request_id) is State.ANSWERED
        hands.visit("Requests", "Asked")
        hands.press(f"{words('That was none')}: {name}")
        assert self.state(request_id) is State.ASKED
        hands.visit("Requests", "Decided")
        hands.press(undo)
        assert self.desk.card(request_id).is_open
        assert self.desk.reactions.history(request_id) != []

    def forget(self, request_id: str) -> None:
        """Take the reading back as well, until nothing but what was decided is left."""
        hands, words = self.hands, self.hands.words
        for label in [each.source for each in self.desk.imports()]:
            hands.visit("My data", "Sources")
            hands.go(f"{words('Forget …')}: {label}")
            hands.go(words("Forget it"), by="button")
        assert self.desk.imports() == ()
        left = {each.request.id for each in self.desk.decided()}
        open_ones = self.desk.session().open_count
        # What one has done stays on record, and with it the request that it was about.
        assert left == set()
        assert 0 < open_ones <= 4
        assert self.desk.card(request_id).is_open

    def state(self, request_id: str) -> State:
        """Where a request stands."""
        return self.desk.card(request_id).state


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_week_goes_by_keyboard_alone(
    browser: Browser, archive: Path, tmp_path: Path, language: str
) -> None:
    clock = Clock()
    clock.now = datetime.combine(LAST_DAY + timedelta(days=1), time(12), UTC)
    own = tmp_path / archive.name
    own.write_bytes(archive.read_bytes())
    with (
        new_desk(tmp_path, clock) as place,
        hands_at(browser, place, language) as hands,
    ):
        week = Week(hands, place.desk, own, clock)
        hands.hand_over(own)
        week.decide()
        week.note_as_gone()
        week.answer()
        asked = week.ask()
        name = place.desk.card(asked).request.sender.name or ""
        week.bring(asked, ANSWER)
        week.accept(asked, name)
        week.bring(asked, PITCH, is_contact=True)
        week.remove(asked, name)
        week.unwind(asked, name)
        week.forget(asked)
        assert (place.outside, place.complaints) == ([], [])
