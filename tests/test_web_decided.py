"""The page of what was decided: all of it, or all requests of somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.web import reading_pages
from web_client import Client, client_of, line, open_desk

REQUESTS = (
    line("joerg", "Hallo", name="Jörg Müller-Lüdenscheidt", company="Körber AG"),
    line("other", "Moin", name="Jörg Hansen", headline="Einkauf bei Körber"),
    line("arabic", "Hallo", name="محمد الحسيني"),
    line("silent", None, name=None, company="Seite Eins"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, REQUESTS) as opened:
        opened.decide("joerg", Action.IGNORE)
        opened.decide("silent", Action.ACCEPT)
        opened.decide("other", Action.HOLD)
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def listed(client: Client, path: str = "/decided") -> list[str]:
    """Return whose requests the page lists."""
    table = re.search(r"<tbody>(.*)</tbody>", client.get(path).text, re.DOTALL)
    return re.findall(r'href="/\?id=([^"]*)"', table[1]) if table else []


def test_all_that_was_decided_is_listed_the_newest_first(client: Client) -> None:
    assert listed(client) == ["other", "silent", "joerg"]


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("joerg", {"joerg", "other"}),
        ("MULLER Jorg", {"joerg"}),
        ("körber", {"joerg", "other"}),
        ("seite eins", {"silent"}),
        ("محمد", {"arabic"}),
        ("nobody", set()),
        ("%_", set()),
    ],
)
def test_somebody_is_found_by_name_or_firm_decided_or_not(
    client: Client, who: str, found: set[str]
) -> None:
    path = f"/decided?who={who.replace('%', '%25')}"
    assert set(listed(client, path)) == found
    assert ("No request of such a person" in client.get(path).text) is not bool(found)


def test_who_waits_says_so_and_has_nothing_to_undo(client: Client) -> None:
    page = client.get("/decided?who=محمد").text
    assert "<td>Waiting</td>" in page
    assert 'action="/undo"' not in page


def test_who_undoes_something_in_the_list_stays_in_it(
    client: Client, desk: Desk
) -> None:
    for who, rest in (("Körber", ["other", "joerg"]), ("", ["other", "silent"])):
        number = desk.reactions.history("joerg")[-1].id
        fields = {"decision": str(number), "is_listed": "true", "who": who}
        answer = client.post("/undo", step=True, **fields)
        assert answer.status_code == 303
        back = answer.headers["location"]
        assert listed(client, back) == rest
        page = client.get(back).text
        assert f'name="who" value="{who}"' in page
        notice = page.split('class="notice"')[1].split("</p>")[0]
        assert 'href="/?id=joerg"' in notice
        assert "Waiting" in notice
        desk.decide("joerg", Action.IGNORE)
    assert 'class="notice"' not in client.get("/decided?undone=forgotten").text


def test_what_happened_is_taken_back_in_the_list_too(
    client: Client, desk: Desk
) -> None:
    desk.reactions.withdrawn("arabic")
    page = client.get("/decided").text
    event = re.search(r'name="event" value="(\d+)"', page)
    assert event
    answer = client.post("/event/undo", id="arabic", event=event[1], is_listed="true")
    assert answer.headers["location"] == "/decided?who=&undone=arabic"
    assert desk.card("arabic").is_open


def test_older_ones_are_said_to_be_found_by_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "the newest" not in client.get("/decided").text.lower().split("</form>")[-1]
    monkeypatch.setattr(reading_pages, "_MOST_DECIDED", 2)
    assert listed(client) == ["other", "silent"]
    assert "These are the newest 2." in client.get("/decided").text
    assert listed(client, "/decided?who=müller") == ["joerg"]
