"""The page of what came after accepting, and the blocks beside a request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vorzimmer.desk import Desk
from vorzimmer.sample import write_archive
from vorzimmer.settings import Settings
from web_client import Client, client_of, line, open_desk


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("after")
    with Desk.open(Settings(database=str(folder / "desk.db"))) as desk:
        desk.import_from(write_archive(folder))
        yield desk


@pytest.fixture(scope="module")
def client(shared: Desk) -> Client:
    return client_of(shared).enter()


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    facts = {
        "headline": "Recruiterin, Logistik",
        "company": "Nordkai",
        "contacts_count": 320,
        "mutual_contacts_count": 4,
    }
    lines = [line("hanna", "Moin", **facts), line("bare", "Moin")]
    with open_desk(tmp_path_factory.mktemp("desk"), lines) as desk:
        yield client_of(desk).enter()


def test_the_page_tells_the_story_with_its_days(client: Client) -> None:
    page = client.get("/afterwards").text
    assert "Accepted on 28 November 2025; a day later: Advertising" in page
    assert "Possibly hacked:" in page
    assert "Soziale_Netzwerke@bfv.bund.de" in page
    assert "Otherwise writes to you in German, this is English" in page


def test_it_does_so_in_german(client: Client) -> None:
    page = client.get("/afterwards", accept_language="de").text
    assert "Angenommen am 28. November 2025; einen Tag später: Werbung" in page
    assert "Möglicherweise gehackt:" in page


def test_links_in_messages_are_text(client: Client) -> None:
    page = client.get("/afterwards").text
    assert "https://quick-help-fund.example/pay/h-o" in page
    assert 'href="https://quick-help' not in page


def test_removing_keeping_and_undoing_by_form(client: Client, shared: Desk) -> None:
    request_id = shared.after.view().proposals[0].request.id
    for how, word in (("remove", "<td>removed</td>"), ("keep", "<td>all is well</td>")):
        answer = client.post("/afterwards", id=request_id, how=how)
        assert answer.headers["location"] == "/afterwards"
        assert word in client.get("/afterwards").text
        client.post("/afterwards", id=request_id, how="back")
        assert word not in client.get("/afterwards").text


def test_trusting_a_message_and_taking_that_back(client: Client, shared: Desk) -> None:
    writer = shared.after.view().unlike[0].followed.message.writer
    client.post("/afterwards", id=writer, how="trust")
    assert "Possibly hacked:" not in client.get("/afterwards").text
    client.post("/afterwards", id=writer, how="distrust")
    assert "Possibly hacked:" in client.get("/afterwards").text


def test_a_write_without_the_token_or_about_nothing_is_refused(client: Client) -> None:
    bare = client.send("POST", "/afterwards", data={"id": "x", "how": "keep"})
    assert bare.status_code == 403
    assert client.post("/afterwards", id="x", how="keep").status_code == 404
    assert client.post("/afterwards", id="x", how="back").status_code == 409
    assert client.post("/afterwards", id="x", how="eat").status_code == 422


def test_an_accepted_request_says_what_came_afterwards(
    client: Client, shared: Desk
) -> None:
    request_id = shared.after.view().proposals[0].request.id
    page = client.get(f"/?id={request_id}").text
    assert "What came afterwards" in page
    assert "What it would bring" in page


def test_the_value_stands_beside_the_risk_with_its_spread(known: Client) -> None:
    page = known.get("/?id=hanna").text
    block = page[page.index('id="value"') :]
    assert "New people two steps away" in block
    assert "you share 4" in block
    assert "What came afterwards" not in page


def test_what_is_not_known_is_said_to_be_so(known: Client) -> None:
    assert (
        "Not known: neither job nor number of contacts." in known.get("/?id=bare").text
    )


def test_an_empty_desk_explains_what_will_stand_here(known: Client) -> None:
    assert "Nothing yet. When later messages" in known.get("/afterwards").text


def test_a_contact_without_a_request_is_told_of_with_a_link_to_the_profile(
    client: Client, shared: Desk
) -> None:
    (unlike,) = shared.after.view().unlike
    page = client.get("/afterwards").text
    assert f'href="{unlike.person.profile_url}"' in page
    assert "Of contacts whose request is not in your data" in page
