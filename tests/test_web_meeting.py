"""The pages of introductions and of people to meet."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from vorzimmer.desk import Desk
from vorzimmer.model import Person, Tie, TieKind
from web_client import Client, client_of, open_desk

FIRM = "Heidekrug Waagenbau GmbH"
JONNA = Person(
    name="Jonna Ahlers",
    company=FIRM,
    position="<b>Einkauf</b>",
    location="Kiel, Deutschland",
    profile_url="https://www.linkedin.com/in/jonna-ahlers",
)


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        tie = Tie(person=JONNA, kind=TieKind.CONNECTION, since=date(2019, 5, 2))
        with opened._store.transaction() as store:  # noqa: SLF001 - a contact without an archive
            store.put_ties([tie])
        yield opened


@pytest.fixture
def member(desk: Desk) -> Client:
    return client_of(desk).enter()


def value(page: str, name: str) -> str:
    (found,) = re.findall(f'name="{name}" value="([^"]*)"', page)[-1:]
    return html.unescape(found)


def test_the_pages_stand_in_their_group(member: Client) -> None:
    for path in ("/introductions", "/people"):
        assert f'<a href="{path}" aria-current="page">' in member.get(path).text


def test_a_way_leads_to_a_letter_that_is_tracked(member: Client) -> None:
    page = member.get("/introductions?q=Heidekrug").text
    assert "Jonna Ahlers" in page
    assert "as your list of contacts says" in page
    assert "<b>Einkauf" not in page
    (to,) = re.findall(r'href="(/introductions[^"]*to=[^"]*)#letter"', page)
    letter = member.get(html.unescape(to) + "&reason=Kisten&manner=de-du").text
    assert "Hallo Jonna," in letter
    assert "Es geht um Kisten" in letter
    assert "ein kurzes Nein genügt" in letter
    sent = member.post(
        "/introductions/asked",
        q="Heidekrug",
        to=value(letter, "to"),
        text="Hallo <Jonna>",
        text_id=value(letter, "text_id"),
    )
    assert sent.status_code == 303
    asked = member.get("/introductions").text
    assert "an answer is waited for until" in asked
    assert "Hallo &lt;Jonna&gt;" in asked
    number = value(asked, "number")
    member.post("/introductions/answer", number=number, outcome="introduced")
    assert "introduced you on" in member.get("/introductions").text
    member.post("/introductions/answer", number=number, outcome="none")
    assert "introduced you on" not in member.get("/introductions").text
    member.post("/introductions/remove", number=number)
    assert "Nobody yet." in member.get("/introductions").text


def test_to_ask_twice_is_refused_with_a_sentence(member: Client) -> None:
    to = value(
        member.get("/introductions?q=Heidekrug&to=p:linkedin.com/in/jonna-ahlers").text,
        "to",
    )

    def ask() -> httpx.Response:
        return member.post("/introductions/asked", q="Heidekrug", to=to, text="a")

    assert ask().status_code == 303
    again = ask()
    assert again.status_code == 422
    assert "asked this already" in again.text
    gone = member.post("/introductions/asked", q="Moorlicht", to=to, text="a")
    assert gone.status_code == 422


def test_nobody_is_said_honestly(member: Client) -> None:
    page = member.get("/introductions?q=Ocke+Bruhns").text
    assert "Nobody in your data" in page
    assert "/people?name=Ocke+Bruhns" in page
    assert "You know Jonna Ahlers yourself" in (
        member.get("/introductions?q=Jonna+Ahlers").text
    )


def test_somebody_is_put_on_the_list_noted_put_off_and_removed(
    member: Client,
) -> None:
    added = member.post(
        "/people/add",
        name="Ocke Bruhns",
        why="Baut <Waagen>",
        profile="linkedin.com/in/ocke?trk=x",
    )
    number = added.headers["location"].rpartition("-")[2]
    page = member.get("/people").text
    assert "Baut &lt;Waagen&gt;" in page
    assert 'href="https://www.linkedin.com/in/ocke"' in page
    assert "Look what this person writes" in page
    noted = member.post(
        "/people/note", number=number, kind="wrote", text_name="Messe", words="Gruß"
    )
    assert noted.status_code == 303
    page = member.get("/people").text
    assert "Nothing is due today." in page
    assert "text: Messe" in page
    day = date.today().isoformat()  # noqa: DTZ011, TID251 - as a browser has it
    assert member.post("/people/remind", number=number, on=day).status_code == 303
    which = value(page, "which")
    assert (
        member.post("/people/take-back", number=number, which=which).status_code == 303
    )
    assert "text: Messe" not in member.get("/people").text
    member.post("/people/remove", number=number)
    assert "Ocke Bruhns" not in member.get("/people").text


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/people/add", {"name": "a", "why": " "}),
        ("/people/add", {"name": "a", "why": "b", "profile": "example.org"}),
        ("/people/note", {"number": "1", "kind": "saw", "on": "yesterday"}),
        ("/people/note", {"number": "1", "kind": "sold"}),
        ("/people/remove", {"number": "7"}),
        ("/people/remove", {"number": "9" * 20}),
        ("/people/remind", {"number": "9" * 20}),
        ("/people/take-back", {"number": "7", "which": "9" * 20}),
        ("/introductions/remove", {"number": "7"}),
        ("/introductions/answer", {"number": "9" * 20, "outcome": "none"}),
    ],
)
def test_what_cannot_be_noted_is_told(
    member: Client, path: str, form: dict[str, str]
) -> None:
    data = {"csrf": member.token, **form}
    answer = member.send("POST", path, data=data)
    assert answer.status_code == 422
    assert "<h1" in answer.text


def test_both_pages_speak_german(member: Client) -> None:
    page = member.get("/introductions?q=Heidekrug", accept_language="de").text
    assert "Arbeitet laut Ihrer Kontaktliste bei" in page
    assert "Eine kleine Liste von Menschen" in (
        member.get("/people", accept_language="de").text
    )


def test_many_ways_are_folded_behind_the_first(desk: Desk, member: Client) -> None:
    names = ("Antje", "Britta", "Claas", "Dörte", "Eike", "Frauke", "Gesa", "Hinnerk")
    ties = [
        Tie(
            person=Person(name=f"{name} Petersen", company=FIRM),
            kind=TieKind.CONNECTION,
            since=date(2019, 5, 2),
        )
        for name in names
    ]
    with desk._store.transaction() as store:  # noqa: SLF001 - contacts without an archive
        store.put_ties(ties)
    page = member.get("/introductions?q=Heidekrug").text
    first, rest = page.split('<details class="rest">')
    assert first.count("<h3>") == 6
    assert "3 more, less well known to you" in rest
    assert '<ol class="ways" start="7">' in rest


def test_a_person_on_the_list_leads_to_a_draft_to_this_person(member: Client) -> None:
    member.post("/people/add", name="Dr. Ines Harms", company=FIRM, why="Mehrweg")
    page = member.get("/people").text
    assert "due today" in page
    (to,) = re.findall(r'href="(/draft[?][^"]*)"', page)
    draft = member.get(html.unescape(to)).text
    assert 'value="Dr. Ines Harms"' in draft
    assert f'value="{FIRM}"' in draft
