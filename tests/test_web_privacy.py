"""The page of one's own data: held, kept, forgotten, taken along, erased."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from people_samples import (
    MIA,
    ZORA,
    ZORAS_NOTE,
    asking,
    declined,
    desk_in,
    fill,
)
from vorzimmer.desk import Desk
from vorzimmer.intake import Intake
from vorzimmer.settings import read_settings
from vorzimmer.store import Store
from web_client import Client, client_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


def test_the_page_says_what_is_held_and_where(client: Client, desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    page = client.get("/privacy").text
    assert re.search(r"Requests</th><td class=\"num\">2<", page)
    assert desk.settings.database in page
    assert "Zora" not in page
    german = client.get("/privacy", **{"accept-language": "de"}).text
    assert "Was hier liegt" in german


def test_a_person_is_shown_before_and_gone_after(client: Client, desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    page = client.get("/privacy/person?who=zora+quistg%C3%A5rd").text
    assert "zora.quist@example.org" in page
    assert "one request (one of them decided)" in page
    (person,) = re.findall(r'name="person" value="([0-9a-f]+)"', page)
    answer = client.post("/privacy/person", who="zora quistgård", person=person)
    assert answer.status_code == 200
    assert "Forgotten." in answer.text
    assert "o-z1" in desk.privacy.find("Oluf Rixen")[0].request_ids
    assert desk.privacy.find("zora quistgård") == []
    assert client.get("/privacy/person?who=zora").text.count("Zora Q") == 0


def test_without_a_tick_nobody_goes(client: Client, desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    answer = client.post("/privacy/person", who="zora quistgård")
    assert answer.status_code == 422
    assert "Tick whom" in answer.text
    assert desk.privacy.find("zora quistgård")


def test_what_is_old_is_shown_before_it_goes(client: Client, desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    page = client.get("/privacy/older?months=24").text
    assert "2 requests (2 of them decided)" in page
    assert not re.search(r"\b0 (requests|later messages|ties|other entries)", page)
    assert len(desk.decided()) == 2
    assert "Forgotten." in client.post("/privacy/older", months="24").text
    assert desk.decided() == ()
    assert client.get("/privacy/older?months=0").status_code == 422


def test_how_long_things_are_kept_is_chosen_and_done(
    client: Client, desk: Desk
) -> None:
    desk.keep(declined(ZORA, ZORAS_NOTE, name="z1"), "archive")
    assert "Let fade what is due" not in client.get("/privacy").text
    answer = client.post("/privacy/keep", declined="60", ignored="0")
    assert answer.status_code == 303
    assert desk.privacy.choices()["declined"] == 60
    assert "Nothing was due." in client.post("/privacy/fade").text
    client.post("/privacy/keep", recommended="true")
    assert desk.privacy.choices()["declined"] == 12
    page = client.get("/privacy").text
    assert '<option value="12" selected>12 months (recommended)</option>' in page
    assert "Forgotten. one request" in re.sub(
        r"\s+", " ", client.post("/privacy/fade").text
    )


def test_the_page_shows_what_the_settings_say_and_lets_one_follow_them(
    tmp_path: Path,
) -> None:
    file = tmp_path / "vorzimmer.toml"
    file.write_text('database = "d.db"\n[keep]\ndeclined = 9\nignored = 24\n', "utf-8")
    settings = read_settings(file, environment={})
    with Desk(settings, Store.open(settings.database)) as desk:
        client = client_of(desk).enter()
        page = client.get("/privacy").text
        assert '<option value="" selected>as the settings say: 9 months<' in page
        assert f"Settings: {file}:3" in page
        assert "Let fade what is due" in page
        client.post("/privacy/keep", declined="0", ignored="", reported="36")
        kept = desk.privacy.choices()
        assert (kept["declined"], kept["ignored"], kept["reported"]) == (None, 24, 36)
        page = client.get("/privacy").text
        assert '<option value="">as the settings say: 9 months<' in page
        assert '<option value="0" selected>for ever' in page
        client.post("/privacy/keep", declined="")
        assert desk.privacy.choices()["declined"] == 9
        assert client.post("/privacy/keep", declined="9x").status_code == 422
        assert client.post("/privacy/keep", declined="1201").status_code >= 400


def test_who_asks_again_after_fading_is_told_of(client: Client, desk: Desk) -> None:
    desk.keep(declined(ZORA, ZORAS_NOTE, name="z1"), "archive")
    desk.privacy.recommend()
    desk.privacy.fade()
    desk.keep(Intake(member=MIA, requests=(asking(ZORA, "Neu", name="z2"),)), "b")
    page = client.get("/?id=z2").text
    assert "This person asked before. In March 2024 it was: Decline" in page


def test_everything_comes_as_one_file(client: Client, desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    answer = client.post("/privacy/export")
    assert answer.headers["content-disposition"].startswith("attachment")
    with ZipFile(BytesIO(answer.content)) as archive:
        assert ZORAS_NOTE in archive.read("request.jsonl").decode()


def test_no_room_for_the_file_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(prefix: str) -> str:
        raise OSError(28, f"No space left on device: {prefix}")

    monkeypatch.setattr("vorzimmer.web.importing.mkdtemp", full)
    assert client.post("/privacy/export").status_code == 507


def test_once_everything_is_gone_nothing_tells_of_the_last_import(
    client: Client,
) -> None:
    line = b'{"id": "1", "network": "linkedin", "sender": {"name": "Zora Quist"}}\n'
    assert client.upload("mine.jsonl", line).status_code == 303
    client.app.state.office.imports.wait(60)
    assert "mine.jsonl" in client.get("/import").text
    client.post("/privacy/everything", typed="everything")
    page = client.get("/import").text
    assert "mine.jsonl" not in page
    assert 'type="file"' in page


def test_everything_goes_once_the_word_is_typed(client: Client, desk: Desk) -> None:
    fill(desk, ZORA, ZORAS_NOTE)
    assert client.post("/privacy/everything", typed="all").status_code == 422
    assert len(desk.decided()) == 2
    assert client.post("/privacy/everything", typed=" Everything ").status_code == 303
    assert desk.is_new()
    assert client.get("/privacy").status_code == 200
    assert client.get("/").headers["location"] == "/import"


@pytest.mark.parametrize(
    "path", ["keep", "fade", "person", "older", "export", "everything"]
)
def test_no_write_passes_without_the_token(client: Client, path: str) -> None:
    answer = client.send("POST", f"/privacy/{path}", data={"typed": "everything"})
    assert answer.status_code == 403
