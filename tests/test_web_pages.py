"""The pages of the desk, asked for as a browser does."""

from __future__ import annotations

import errno
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from vorzimmer.desk import Desk
from vorzimmer.errors import SourceError
from vorzimmer.model import Action, say
from vorzimmer.settings import Settings
from web_client import Client, client_of, line, open_desk

PITCH = "Hätten Sie 15 Minuten? Mehr unter https://calendly.com/rex/15min"
REQUESTS = (
    line("anna", "Hallo Katrin, danke für das Gespräch in Ulm!"),
    line("rex", PITCH, headline="Speaker & Coach", company="Seite Eins"),
    line("blank", ""),
    line("silent", None, name=None),
    line("xaver", "Grüß Gott", network="xing"),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), REQUESTS) as opened:
        yield opened


@pytest.fixture
def desk(shared: Desk) -> Iterator[Desk]:
    """The shared desk; what a test decided is taken back after it."""
    yield shared
    while any(card.decision for card in shared.decided()):
        shared.undo()
    shared.use_policy("three-reasons")


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Client]:
    with open_desk(tmp_path) as opened:
        yield client_of(opened).enter()


def ids(page: str) -> list[str]:
    return re.findall(r'data-request="([^"]*)"', page)


def test_the_session_shows_a_request_with_its_groups_and_progress(
    client: Client,
) -> None:
    page = client.get("/?id=rex").text
    assert ids(page) == ["rex"]
    assert "0 of 5" in page
    assert "Speaker &amp; Coach" in page
    assert "14 October 2026" in page
    assert "LinkedIn" in page


def test_a_step_brings_only_the_part_that_changes(client: Client) -> None:
    part = client.get("/?id=rex", hx_request="true").text
    assert "<html" not in part
    assert ids(part) == ["rex"]


@pytest.mark.parametrize(
    ("request_id", "words"),
    [
        ("blank", "Without a word."),
        ("silent", "The source did not bring the words of this request."),
        ("silent", "Name not known"),
        ("xaver", "Open on XING"),
        ("rex", "Open on LinkedIn"),
        ("rex", "Links are shown, but cannot be clicked."),
    ],
)
def test_a_request_says_what_there_is(
    client: Client, request_id: str, words: str
) -> None:
    assert words in client.get(f"/?id={request_id}").text


def test_a_decision_leads_to_the_next_request_and_can_be_undone(
    client: Client, desk: Desk
) -> None:
    part = client.post(
        "/decide", step=True, id="rex", action="decline", note=" zu laut "
    )
    decision = desk.card("rex").decision
    assert decision is not None
    assert (decision.action, decision.note) == (Action.DECLINE, "zu laut")
    assert ids(part.text) not in (["rex"], [])
    assert "1 of 5" in part.text
    assert 'hx-swap-oob="innerHTML:#toast"' in part.text

    back = client.post("/undo", step=True, decision=str(decision.id))
    assert ids(back.text) == ["rex"]
    assert back.headers["hx-replace-url"] == "/?id=rex"
    assert desk.card("rex").decision is None


def test_without_a_script_a_decision_leads_to_a_page(client: Client) -> None:
    answer = client.post("/decide", id="rex", action="decline")
    assert answer.status_code == 303
    assert client.get(answer.headers["location"]).status_code == 200


def test_a_request_put_off_stays_open(client: Client, desk: Desk) -> None:
    part = client.post("/decide", step=True, id="rex", action="hold").text
    assert ids(part) != ["rex"]
    assert desk.session().open_count == 5


def test_every_action_of_the_desk_can_be_decided(client: Client, desk: Desk) -> None:
    page = client.get("/?id=rex").text
    offered = set(re.findall(r'name="action" value="([a-z_]+)"', page))
    assert offered == {each.value for each in Action} - {"remove"}
    for action in sorted(offered):
        client.post("/decide", step=True, id="rex", action=action)
        decision = desk.card("rex").decision
        assert decision is not None
        assert decision.action.value == action
        client.post("/undo", step=True)


def test_when_all_is_decided_the_desk_says_so(client: Client) -> None:
    pages = [
        client.post("/decide", step=True, id=str(request["id"]), action="ignore").text
        for request in REQUESTS
    ]
    assert ["All done." in page for page in pages] == [False] * 4 + [True]
    assert "5 of 5" in pages[-1]
    assert "All done." in client.get("/").text


def test_an_answer_changes_the_assessment_and_says_what_changed(
    client: Client, desk: Desk
) -> None:
    before = desk.card("blank").assessment
    part = client.post(
        "/fact", step=True, id="blank", fact="contacts_count", value="999"
    ).text
    assert ids(part) == ["blank"]
    assert "Number of contacts" in part
    assert "take back" in part
    assert ("changed, was" in part) == (desk.card("blank").assessment != before)

    client.post("/fact/forget", step=True, id="blank", fact="contacts_count")
    assert desk.card("blank").assessment == before


def test_an_answer_that_is_none_is_explained(client: Client) -> None:
    answer = client.post(
        "/fact", step=True, id="rex", fact="contacts_count", value="viele"
    )
    assert answer.status_code == 422
    assert "Please type a whole number" in answer.text
    assert answer.headers["hx-retarget"] == "#toast"


def test_another_policy_proposes_otherwise(client: Client) -> None:
    part = client.post("/policy", step=True, id="blank", name="open-door").text
    assert "Open door" in part
    assert ids(part) == ["blank"]


def test_the_policies_are_explained_and_can_be_chosen(client: Client) -> None:
    page = client.get("/policies").text
    titles = re.findall(r'<h2 id="p-\d">([^<]*)</h2>', page)
    assert len(titles) == 5
    assert titles[0] == "Only people I know"
    assert client.post("/policies", name="open-door").status_code == 303
    assert client.get("/policies").text.count("Use this one") == 4


def test_a_number_is_asked_for_with_a_likely_example(client: Client) -> None:
    page = client.get("/?id=rex").text
    for fact, example in (("contacts_count", "250"), ("mutual_contacts_count", "3")):
        form = page[page.index(f'value="{fact}"') :].partition("</form>")[0]
        assert f'placeholder="{example}"' in form


def test_the_clauses_of_a_policy_are_shown_with_their_conditions(
    client: Client,
) -> None:
    assert "Danger: at least 70%" in client.get("/policies").text
    page = client.get("/policies", accept_language="de").text
    assert (
        "Ihnen bekannt: mindestens 80\u00a0% · Nicht prüfbar: unter 70\u00a0%" in page
    )


def test_a_broken_policy_is_shown_with_its_mistake(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('otherwise = "decline"\n', "utf-8")
    settings = Settings(database=str(tmp_path / "desk.db"), policies_folder=tmp_path)
    with Desk.open(settings) as opened:
        client = client_of(opened).enter()
        client.post("/policies", name="mine")
        mine.write_text('otherwise = "acept"\n', "utf-8")
        page = client.get("/policies").text
        assert "mine.toml, line 1:" in page
        assert "is no action." in page
        assert "Mend it, or use another one." in page
        assert client.get("/").status_code == 400
        client.post("/policies", name="ask-back")
        assert "the others can" in client.get("/policies").text


def test_what_was_decided_is_listed_with_its_note(client: Client) -> None:
    assert "Nothing yet." in client.get("/decided").text
    client.post("/decide", step=True, id="rex", action="decline", note="zu laut")
    page = client.get("/decided").text
    assert "Rex" in page
    assert "zu laut" in page
    assert 'action="/undo"' in page


def test_a_decided_request_can_be_looked_at_and_undone(client: Client) -> None:
    client.post("/decide", step=True, id="rex", action="decline")
    page = client.get("/?id=rex").text
    offered = set(re.findall(r'name="action" value="([a-z_]+)"', page))
    assert offered == {"report_unknown", "report_spam", "block"}
    assert "Declined" in page
    assert page.count('action="/undo"') == 1


def test_the_signals_are_listed_by_kind(client: Client) -> None:
    page = client.get("/signals").text
    assert "<code>blank_note</code>" in page
    assert page.count('<h2 id="s-') == 9


@pytest.mark.parametrize(
    ("path", "form", "status", "words"),
    [
        ("/undo", {"decision": "12345"}, 409, "no decision left to undo"),
        ("/decide", {"id": "nobody", "action": "ask"}, 404, "no request"),
        ("/decide", {"id": "rex", "action": "remove"}, 409, "can be removed"),
        ("/decide", {"id": "rex", "action": "eat"}, 422, "did not understand"),
        ("/policy", {"name": "open-dor"}, 404, "Did you mean"),
        ("/fact", {"id": "rex", "fact": "email", "value": "x"}, 404, "no fact"),
    ],
)
def test_a_mistake_is_one_clear_sentence(
    client: Client, path: str, form: dict[str, str], status: int, words: str
) -> None:
    answer = client.send("POST", path, data={"csrf": client.token, **form})
    assert answer.status_code == status
    assert words in answer.text
    assert 'href="/"' in answer.text


def test_an_unknown_page_or_request_is_said_to_be_unknown(client: Client) -> None:
    for path in ("/nowhere", "/?id=nobody"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Not found." in answer.text


# Language and appearance


def test_the_browser_s_language_is_spoken(client: Client) -> None:
    page = client.get("/", accept_language="de-AT,de;q=0.9,en;q=0.5").text
    assert '<html lang="de"' in page
    assert "Entschieden" in page
    assert "14. Oktober 2026" in client.get("/?id=rex", accept_language="de").text
    assert '<html lang="en"' in client.get("/", accept_language="fr").text


def test_the_switches_are_remembered(client: Client) -> None:
    answer = client.post(
        "/appearance", language="de", theme="dark", keys="off", back="/", id="rex"
    )
    assert answer.headers["location"] == "/?id=rex"
    page = client.get("/policies", accept_language="en").text
    assert '<html lang="de" data-theme="dark">' in page
    assert 'data-keys="off"' in page


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/x"])
def test_a_switch_leads_back_to_our_own_pages_only(client: Client, back: str) -> None:
    answer = client.post("/appearance", theme="dark", back=back)
    assert answer.headers["location"] == "/"


# Taking in an archive


def imported(client: Client, name: str, content: bytes) -> str:
    """Upload, wait for the end, and return the page."""
    assert client.upload(name, content).status_code == 303
    client.app.state.office.imports.wait(10)
    return client.get("/import").text


LINES = b'{"id": "1", "note": "Hallo"}\nnonsense\n{"id": "2"}\n'


def test_an_empty_desk_welcomes_and_explains(empty: Client) -> None:
    assert empty.get("/").headers["location"] == "/import"
    page = empty.get("/import").text
    assert "Welcome" in page
    assert "Get a copy of your data" in page


def test_an_upload_is_read_and_reported(empty: Client) -> None:
    page = imported(empty, "requests.jsonl", LINES)
    assert "Your archive has been read" in page
    assert "One row skipped, and why" in page
    assert '<td class="num">2</td>' in page
    assert ids(empty.get("/").text) != []
    sources = empty.get("/sources").text
    assert "requests.jsonl" in sources

    assert "nothing that was not here already" not in page
    # Its second part, or the next week's, is handed over on the same page.
    assert 'type="file"' in page
    assert 'href="/import#upload"' in sources
    again = imported(empty, "requests.jsonl", LINES)
    assert "nothing that was not here already" in again


@pytest.mark.parametrize("name", ["archive.zip", "notes.txt"])
def test_an_upload_that_is_no_archive_is_one_clear_sentence(
    empty: Client, name: str
) -> None:
    page = imported(empty, name, b"not a ZIP at all")
    (problem,) = re.findall(r'role="alert".*?<span>(.*?)</span>', page, re.DOTALL)
    assert problem.startswith(f"{name}: This is not a ZIP archive. ")
    assert "/tmp" not in problem  # noqa: S108 - that the place is not told
    assert 'type="file"' in page


def test_what_went_wrong_is_told_in_german_too(empty: Client) -> None:
    empty.cookies.set("language", "de")
    page = imported(empty, "archiv.zip", b"not a ZIP at all")
    assert "archiv.zip: Das ist kein ZIP-Archiv. Nehmen Sie die ZIP-Datei" in page
    page = empty.post("/decide", id="nobody", action="accept").text
    assert "Eine Anfrage „nobody“ gibt es nicht." in page
    page = empty.post("/policies", name="open-dor").text
    assert "„open-dor“ gibt es nicht. Meinten Sie „open-door“?" in page
    assert "nicht mehr aktuell" in empty.send("POST", "/undo", data={}).text


def test_an_upload_is_readable_by_nobody_else_and_removed_at_the_end(
    empty: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []

    def look(source: Path, **_: object) -> NoReturn:
        modes.extend(stat.S_IMODE(p.stat().st_mode) for p in (source, source.parent))
        raise SourceError(source, say("It is no archive."), say("Give one."))

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr(empty.app.state.office.desk, "import_from", look)
    empty.upload("a.zip", b"PK")
    empty.app.state.office.imports.wait(10)
    assert modes == [0o600, 0o700]
    assert list(folder.iterdir()) == []


def test_an_upload_without_room_is_one_sentence(
    empty: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("vorzimmer.web.uploads.os.fdopen", refuse)
    answer = empty.upload("a.zip", b"PK")
    assert answer.status_code == 507
    assert "The disk is full" in answer.text
    monkeypatch.setattr("vorzimmer.web.importing.mkdtemp", refuse)
    assert empty.upload("a.zip", b"PK").status_code == 507


def test_a_form_without_a_file_asks_for_one(empty: Client) -> None:
    assert "choose a file" in empty.upload("", b"").text
    answer = empty.send("POST", "/import", data={"csrf": empty.token})
    assert answer.status_code == 422
