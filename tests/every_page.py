"""Every page of the desk, and how to come to it: for checks and for pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from full_desk import proposed
from network_mails import raw
from network_mails import samples as mails
from pasted_samples import samples as pastes
from served_desk import Place
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.web.navigation import GROUPS
from vorzimmer.web.office import address, objection_address

Steps = Callable[[Page, Place], None]
_OPEN_CHOICES = (
    "document.querySelectorAll('.session details').forEach(e => e.open = true)"
)
_OPEN_ALL = "document.querySelectorAll('#main details').forEach(e => e.open = true)"
DRAFT = (
    "Hallo Herr Brandt, wir unterstützen Unternehmen wie Ihres als führender Anbieter"
    " ganzheitlich!!! Wann passt es Ihnen für 15 Minuten? https://bit.ly/termin-x"
)


@dataclass(frozen=True, slots=True)
class Sight:
    """Something to look at.

    Attributes:
        name: Of its pictures.
        title: What one sees.
        path: Its address.
        steps: What to do there until one sees it.
        is_english: Whether these steps read the words of the English page.
    """

    name: str
    title: str
    path: str
    steps: Steps = lambda _page, _place: None
    is_english: bool = False

    def show(self, page: Page, place: Place) -> None:
        """Bring it before the eyes."""
        page.goto(f"{place.origin}{self.path}")
        self.steps(page, place)


def sights(desk: Desk) -> list[Sight]:
    """Return everything there is to see on a full desk.

    A page that the masthead leads to is among them without being named here.
    """
    extra = [*_of_requests(desk), *_of_writing(desk), *_of_the_rest()]
    named = {each.name for each in extra}
    plain = [
        Sight(name, f"{group.title.template}: {place.title.template}", place.path)
        for group in GROUPS
        for place in group.places
        if (name := place.path.strip("/").replace("/", "-") or "session") not in named
    ]
    return [*plain, *extra]


def _of_requests(desk: Desk) -> list[Sight]:
    ids = {
        card.request.sender.name: card.request.id
        for _, cards in desk.session().groups
        for card in cards
    }
    asked = proposed(desk, Action.ASK)[0].request.id
    (objection,) = desk.objection.all()
    decided = desk.decided(1)[0].request.id
    seller, caller = (
        address(ids[each]) for each in ("Josh Delaney", "Dominik Freytag")
    )
    return [
        Sight("request", "A request, with its evidence", seller),
        Sight("request-all", "All evidence opened", caller, _open_everything),
        Sight("request-decided", "A decided request", address(decided)),
        Sight("request-asking", "Asking back", address(asked), _begin_to_ask),
        Sight("session-choices", "Time and policy of the session", "/", _open_choices),
        Sight("rest", "The rest of the session at once", "/?rest=true"),
        Sight(
            "objection",
            "An objection to advertising",
            objection_address(objection.request_id),
            _open_details,
        ),
        Sight("group", "A whole group at once", f"/?every={Action.IGNORE}"),
        Sight("help", "Keys and help", seller, _open_help),
        Sight("letter", "A letter to one person", f"/letter?id={asked}"),
    ]


def _of_writing(_desk: Desk) -> list[Sight]:
    return [
        Sight(
            "draft", "Writing: Check a draft", "/draft", _write_draft, is_english=True
        ),
        Sight(
            "letter-template",
            "A template",
            "/letters/one?name=collector&manner=de-sie",
        ),
    ]


def _of_the_rest() -> list[Sight]:
    return [
        Sight("policy", "A policy", "/policies/three-reasons"),
        Sight("policy-own", "A policy of one's own", "/policies/my-own", _open_details),
        Sight(
            "rehearsal",
            "Rules: Rehearsal",
            "/rehearsal?policy=three-reasons&open=0.5",
        ),
        Sight("insight-tables", "Charts as tables", "/insight", _open_details),
        Sight("privacy-person", "Forgetting a person", "/privacy/person?who=Wolters"),
        Sight("privacy-older", "Forgetting what is old", "/privacy/older?months=6"),
        Sight("paste-read", "What was read out of a pasted page", "/paste", _paste),
        Sight(
            "source-forget", "What forgetting would lose", "/sources/forget?number=1"
        ),
        Sight("non-members-mail", "A mail to somebody else", "/non-members", _ask),
        Sight("problem", "There is no such page", "/no-such-page"),
    ]


def _open_everything(page: Page, place: Place) -> None:
    page.keyboard.press("e")
    _open_details(page, place)


def _open_details(page: Page, _place: Place) -> None:
    page.evaluate(_OPEN_ALL)


def _open_choices(page: Page, _place: Place) -> None:
    page.evaluate(_OPEN_CHOICES)


def _begin_to_ask(page: Page, _place: Place) -> None:
    if not page.locator("#letter-words").count():
        page.keyboard.press("s")
    expect(page.locator("#letter-words")).to_be_visible()
    _settled(page)


def _open_help(page: Page, _place: Place) -> None:
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def _write_draft(page: Page, _place: Place) -> None:
    page.get_by_label("Your text").fill(DRAFT)
    expect(page.locator(".marks mark").first).to_be_visible()
    _settled(page)


def _paste(page: Page, _place: Place) -> None:
    sample = next(each for each in pastes("linkedin_de"))
    page.locator("textarea[name=text]").fill(sample.text)
    page.locator("button[value=read]").click()
    expect(page.locator("input[name=name]")).to_have_value(sample.wanted["name"])


def _ask(page: Page, _place: Place) -> None:
    mail = raw(mails()["linkedin-invitation_note_de"]).decode()
    page.locator("textarea[name=source]").fill(mail)
    page.locator("#main form button").last.click()
    page.wait_for_url("**/non-members?mail=*")


def _settled(page: Page) -> None:
    expect(page.locator(".htmx-settling, .htmx-request, .htmx-swapping")).to_have_count(
        0
    )
