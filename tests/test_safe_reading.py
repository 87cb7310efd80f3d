"""Whatever strangers write, no page makes it live, loads it, or shows its tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from clocked_desk import START, WORDS, Clock
from stores import empty_file
from vorzimmer.desk import Desk
from vorzimmer.intake import Intake
from vorzimmer.intake.voices import LaterMessage, with_id
from vorzimmer.model import Action, Channel, ContactRequest, Member, Person
from vorzimmer.people import identity
from vorzimmer.settings import Settings
from vorzimmer.store import Store
from vorzimmer.web.navigation import PATHS
from vorzimmer.web.office import address, objection_address
from web_client import Client, client_of

SECRET = "k3yQ9xW"  # noqa: S105 - invented, and what no page may show
HOSTILE = (
    "Hallo! Wir bieten Betrieben wie Ihrem unsere Software zum halben Preis an,"
    f" kostenlose Demo nur heute: https://evil.example/pay?token={SECRET}"
    f" und www.evil.example/a#{SECRET} oder https://mia:{SECRET}@evil.example/"
    f' <a href="https://evil.example/?{SECRET}">hier</a>'
    ' <img src="https://evil.example/pixel.png" onerror="alert(1)">'
    ' <script src="https://evil.example/x.js"></script><script>alert(1)</script>'
    ' <iframe src="javascript:alert(1)"></iframe><form action="https://evil.example">'
    " ![Bild](https://evil.example/b.png) [Link](javascript:alert(1))"
    " \u202egnp.exe\u202c Anhang: Rechnung.pdf.exe\x1b]8;;https://evil.example\x07"
    ' {{ 7 * 7 }} {% raw %} "><svg onload=alert(1)> &lt;b&gt;'
)
SHORT = f"<img src=x onerror=alert(1)> https://evil.example/?t={SECRET}"
# Places that we ourselves lead to.
OURS = ("linkedin.com", "xing.com")


def person(name: str, *, url: str | None = None) -> Person:
    return Person(
        name=f'{name.title()} <img src="https://evil.example/n.png">',
        headline=f"{name} {SHORT}",
        company=f"<script>{name}</script>",
        position=SHORT,
        location=SHORT,
        profile_url=url or f"https://www.linkedin.com/in/{name}-41x?trk={SECRET}",
    )


def asking(name: str, **facts: object) -> ContactRequest:
    made = ContactRequest(
        id=name,
        sender=person(name),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note=f"{HOSTILE} {name}",
        sent_at=START - timedelta(days=40),
    )
    return replace(made, **facts)  # type: ignore[arg-type] # fields of a request


REQUESTS = (
    *(asking(name) for name in ("open", "accepted", "declined", "asked", "ignored")),
    asking("inmail", channel=Channel.INMAIL, subject=HOSTILE, is_sponsored=True),
    asking("mail", channel=Channel.MAIL, network="evil.example", subject=HOSTILE),
    asking("js", sender=person("js", url="javascript:alert(1)")),
    asking("look", sender=person("look", url="https://linkedin.com.evil.example/in/x")),
)


def later(name: str) -> LaterMessage:
    sender = next(each.sender for each in REQUESTS if each.id == name)
    return with_id(
        LaterMessage(
            writer=identity(sender),
            person=sender,
            text=HOSTILE,
            sent_at=START + timedelta(days=1),
            network="linkedin",
        )
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("hostile")
    place, clock = str(empty_file(folder)), Clock()
    member = Member(name="Mia Roth", emails=("mia@example.org",))
    with Desk(Settings(database=place), Store.open(place), now=clock) as opened:
        opened.keep(Intake(member=member, requests=REQUESTS), "<img src=x>.zip")
        opened.decide("accepted", Action.ACCEPT, note="<img src=x>")
        opened.decide("declined", Action.DECLINE)
        opened.decide("ignored", Action.IGNORE)
        opened.reactions.decide("asked", Action.ASK, sent=WORDS)
        clock.sleep(2)
        told = (later("accepted"), later("declined"))
        opened.keep(Intake(member=member, later=told), "mails", kinds=("mail_files",))
        yield opened


@pytest.fixture(scope="module")
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


class Page(HTMLParser):
    """Everything on a page that leads or loads, and everything one can read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "iframe", "object", "embed", "base", "video", "audio"}:
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"srcdoc", "style", "background"}:
                self.wrong.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction", "data", "poster"}:
                self.leads.append(value or "")
            elif value:
                self.words.append(value)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def wrong_with(text: str) -> list[str]:
    page = Page(text)
    found = list(page.wrong)
    for lead in page.leads:
        parts = urlsplit(lead)
        is_ours = any(
            parts.hostname == host or (parts.hostname or "").endswith(f".{host}")
            for host in OURS
        )
        if parts.scheme not in {"", "https"} or (parts.netloc and not is_ours):
            found.append(lead)
    if any(SECRET in each for each in (*page.leads, *page.words)):
        found.append("a token is shown")
    if any(sign in text for sign in ("\u202e", "\x1b", "\x07")):
        found.append("a sign that hides")
    return found


def test_what_is_wrong_is_found() -> None:
    for text in (
        '<img src="/x">',
        "<a href='https://evil.example/'>x</a>",
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="x">',
        f"<p>{SECRET}</p>",
        "<p>\u202e</p>",
    ):
        assert wrong_with(text)
    assert wrong_with('<a href="https://www.linkedin.com/in/mia">Mia</a>') == []


def paths(desk: Desk) -> list[str]:
    (objection,) = desk.objection.all()
    return [
        *sorted(PATHS),
        *(address(each.id) for each in REQUESTS),
        *(f"/letter?id={each.id}" for each in REQUESTS),
        objection_address(objection.request_id),
        *(f"/?every={each}" for each in Action),
        *("/?rest=true", "/privacy/person?who=open", "/privacy/older?months=1"),
        *("/sources/forget?number=1", "/rehearsal?policy=open-door"),
    ]


def files(desk: Desk) -> list[str]:
    (objection,) = desk.objection.all()
    evidence = f"/objection/evidence.{{}}?id={objection.request_id}"
    return [evidence.format("txt"), evidence.format("json"), "/insight/campaigns.csv"]


def test_no_page_makes_anything_live_or_shows_a_token(
    client: Client, desk: Desk
) -> None:
    assert desk.after.view().proposals  # so that the message is on a page
    assert desk.campaigns()
    found = {}
    for path in paths(desk):
        answer = client.get(path)
        assert answer.status_code == 200, path
        if wrong := wrong_with(answer.text):
            found[path] = wrong
    assert found == {}


def test_files_are_saved_not_opened_and_tell_no_tokens(
    client: Client, desk: Desk
) -> None:
    for path in files(desk):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not answer.headers["content-type"].startswith("text/html")
        assert SECRET not in answer.text, path
        assert "\x1b" not in answer.text


@pytest.mark.parametrize("accept", ["en", "de"])
def test_links_are_shown_so_that_one_sees_where_they_lead(
    client: Client, accept: str
) -> None:
    page = client.get(address("open"), accept_language=accept).text
    assert '<span class="link host">evil.example</span>' in page
    assert '<span class="link tokens">…</span>' in page
    assert "Rechnung.pdf.exe" in page


def test_nothing_is_asked_of_anybody(client: Client) -> None:
    rules = client.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in rules or "default-src 'none'" in rules
    assert "unsafe" not in rules
    assert "evil" not in rules
