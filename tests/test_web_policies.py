"""Reading, changing and writing policies in the browser; the file is always valid."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.policy_file import preset_policies
from vorzimmer.settings import SafetySettings, read_settings
from web_client import Client, client_of, line, open_desk

INSULT = "Du bist ein widerlicher Idiot, du dummes Stück Dreck. Verrecke!"
HEAD = 'otherwise = "hold"\n\n# keep me\n[[clause]]\n'
MINE = (
    HEAD + 'name = "danger"\nwhen = { danger = { at_least = 0.7 } }\nthen = "block"\n'
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    lines = [line("asker", "Hallo", has_picture=True), line("rude", INSULT)]
    with open_desk(tmp_path_factory.mktemp("desk"), lines) as desk:
        yield desk


@pytest.fixture
def desk(opened: Desk, tmp_path: Path) -> Desk:
    """The same desk with settings and policies of its own."""
    settings = replace(opened.settings, file=tmp_path / "settings.toml")
    settings = replace(settings, policies_folder=None, safety=type(settings.safety)())
    opened.settings = opened.rules.settings = settings
    opened.use_policy("three-reasons")
    return opened


@pytest.fixture
def client(desk: Desk) -> Client:
    return client_of(desk).enter()


@pytest.fixture
def mine(desk: Desk) -> Path:
    desk.rules.create("mine", MINE)
    folder = desk.settings.policies_folder
    assert folder is not None
    return folder / "mine.toml"


def names(desk: Desk, policy: str = "mine") -> list[str]:
    return [each.name for each in desk.policies().named(policy).clauses]


@pytest.mark.parametrize("name", list(preset_policies()))
def test_each_preset_can_be_read_in_sentences(client: Client, name: str) -> None:
    page = client.get(f"/policies/{name}").text
    assert page.count('class="clause-name"') == len(preset_policies()[name].clauses) + 1
    assert "at least " in page
    assert "<textarea" not in page
    german = client.get(f"/policies/{name}", accept_language="de").text
    assert "Wenn" in german
    assert "at least" not in re.sub(r"<pre.*?</pre>", "", german, flags=re.DOTALL)


def test_a_preset_cannot_be_changed_but_copied(client: Client, desk: Desk) -> None:
    page = client.post("/policies/ask-back/clause/0", do="remove")
    assert page.status_code == 422
    assert "This is a preset." in page.text
    answer = client.post("/policies/ask-back/copy", to="My Own")
    assert answer.headers["location"] == "/policies/my-own"
    own, preset = (desk.policies().named(name) for name in ("my-own", "ask-back"))
    assert own.clauses == preset.clauses
    assert own.title == {"de": "My Own", "en": "My Own"}
    assert own.description == preset.description
    settings = desk.settings.file
    assert settings is not None
    assert read_settings(settings, environment={}).policies_folder == (
        desk.settings.policies_folder
    )


@pytest.mark.parametrize("name", ["ask-back", "mine"])
@pytest.mark.usefixtures("mine")
def test_the_forms_of_a_policy_lead_to_it(client: Client, name: str) -> None:
    page = client.get(f"/policies/{name}").text
    page = page[page.index('id="main"') : page.index("</main>")]
    own = set(re.findall(r'action="([^"]*)"', page)) - {"/policies", "/rehearsal"}
    assert f"/policies/{name}/copy" in own
    assert {each for each in own if not each.startswith(f"/policies/{name}/")} == set()


@pytest.mark.parametrize(
    "name", ["", " ", "../x", "a/b", "ask-back", "ASK-BACK", "con", "ä", "x" * 61, "."]
)
def test_a_bad_or_taken_name_is_refused(client: Client, desk: Desk, name: str) -> None:
    before = desk.policies().names
    answer = client.post("/policies/ask-back/copy", to=name)
    assert answer.status_code == 422
    assert desk.policies().names == before


def test_a_clause_is_changed_by_its_form(
    client: Client, desk: Desk, mine: Path
) -> None:
    form = {"c0": "danger", "c0_at_least": "62,5", "c0_below": "", "new": "tie"}
    answer = client.post(
        "/policies/mine/clause/0", step=False, name="perils", then="block", **form
    )
    assert answer.headers["location"] == "/policies/mine"
    (clause,) = desk.policies().named("mine").clauses
    assert (clause.name, clause.action) == ("perils", Action.BLOCK)
    assert "danger = {at_least = 0.625}" in mine.read_text("utf-8")
    assert [name for name, _ in clause.conditions] == ["danger", "tie"]
    assert "# keep me" in mine.read_text("utf-8")
    page = client.get("/policies/mine").text
    assert 'value="62.5"' in page
    assert 'name="c1_value" value="connection" checked' in page


def test_a_condition_is_removed_by_its_tick(
    client: Client, desk: Desk, mine: Path
) -> None:
    form = {"c0": "danger", "c0_off": "on", "new": "has_picture"}
    form |= {"name": "danger", "then": "hold"}
    client.post("/policies/mine/clause/0", step=False, **form)
    (clause,) = desk.policies().named("mine").clauses
    assert clause.conditions == (("has_picture", True),)
    assert mine.exists()


@pytest.mark.usefixtures("mine")
def test_clauses_are_added_moved_and_removed(client: Client, desk: Desk) -> None:
    client.post("/policies/mine/new-clause", name="blank", then="ask", new="note")
    assert names(desk) == ["danger", "blank"]
    client.post("/policies/mine/clause/1", do="up")
    assert names(desk) == ["blank", "danger"]
    client.post("/policies/mine/clause/0", do="down")
    assert names(desk) == ["danger", "blank"]
    client.post("/policies/mine/clause/0", do="remove")
    assert names(desk) == ["blank"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"c0_at_least": "eighty"}, "probability from 0 to 100"),
        ({"c0_at_least": "101"}, "probability from 0 to 100"),
        ({"c0_at_least": "-1"}, "probability from 0 to 100"),
        ({"c0_at_least": "9" * 500}, "probability from 0 to 100"),
        ({"c0_at_least": "٣"}, "probability from 0 to 100"),
        ({"c0_at_least": "", "c0_below": ""}, "at least"),
        ({"c0_at_least": "70", "c0_below": "60"}, "can never hold"),
        ({"c0_off": "on"}, "needs a condition"),
        ({"c0": "shoe_size"}, "needs a condition"),
        ({"then": "explode"}, "choose what to do"),
        ({"name": " "}, "needs a name"),
        ({"c0": "contacts_count", "c0_at_least": "1.5"}, "a whole number"),
        ({"c0": "tie"}, "at least one"),
        ({"c0": "tie", "c0_value": "cousin"}, "cannot be"),
        ({"c0": "network", "c0_value": " , "}, "at least one"),
    ],
)
def test_a_form_with_a_mistake_changes_nothing(
    client: Client, mine: Path, form: dict[str, str], sentence: str
) -> None:
    filled = {"name": "danger", "then": "block", "c0": "danger", "c0_at_least": "50"}
    answer = client.post("/policies/mine/clause/0", step=False, **(filled | form))
    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text
    assert sentence in html.unescape(answer.text)
    assert mine.read_text("utf-8") == MINE


@pytest.mark.parametrize("place", ["-1", "1", "99", "x", "9" * 30])
def test_a_clause_that_is_not_there_is_not_changed(
    client: Client, mine: Path, place: str
) -> None:
    answer = client.post(f"/policies/mine/clause/{place}", do="remove")
    assert answer.status_code == 422
    assert mine.read_text("utf-8") == MINE


DEEP = 'otherwise = "hold"\nx = ' + "[" * 3_000 + "]" * 3_000
HOSTILE = {
    "huge": ('otherwise = "hold"\n' + "# x\n" * 15_000, 413),
    "deep": (DEEP, 422),
    "deep tables": ('otherwise = "hold"\n[' + ".".join("a" * 2_000) + "]", 422),
    "wrong type": ("otherwise = 7", 422),
    "wrong clause": ('otherwise = "hold"\nclause = 5', 422),
    "wrong when": (HEAD + 'name = "x"\nwhen = 5\nthen = "ask"', 422),
    "not a number": (
        HEAD + 'name = "x"\nwhen = {known = {below = nan}}\nthen = "ask"',
        422,
    ),
    "long number": (f"otherwise = {'9' * 5_000}", 422),
    "no TOML": ("\x00\x01 = [", 422),
    "half": ('otherwise = "hold', 422),
    "nothing": ("", 422),
    "markup": ('otherwise = "<script>alert(1)</script>"', 422),
}


@pytest.mark.parametrize("what", list(HOSTILE))
def test_a_hostile_text_is_refused_and_nothing_is_written(
    client: Client, mine: Path, what: str
) -> None:
    text, status = HOSTILE[what]
    answer = client.post("/policies/mine/text", text=text)
    assert answer.status_code == status
    assert "<script>alert" not in answer.text
    assert mine.read_text("utf-8") == MINE
    assert [each.name for each in mine.parent.iterdir()] == ["mine.toml"]
    assert client.get("/policies/mine").status_code == 200
    assert client.post("/rehearsal", text=text or "x").status_code in {status, 422, 400}


def test_a_mistake_in_the_text_is_told_with_line_and_nearest_word(
    client: Client, mine: Path
) -> None:
    wrong = MINE.replace('"block"', '"blok"')
    page = html.unescape(client.post("/policies/mine/text", text=wrong).text)
    assert "line 7" in page
    assert 'Did you mean "block"?' in page
    assert 'then = "blok"' in page
    assert mine.read_text("utf-8") == MINE


def test_a_good_text_is_written_as_it_is(client: Client, mine: Path) -> None:
    text = MINE.replace("# keep me", "# kept: ä € \N{GRINNING FACE}")
    client.post("/policies/mine/text", text=text.replace("\n", "\r\n"))
    assert mine.read_text("utf-8") == text


def test_what_was_broken_by_hand_can_be_mended(
    client: Client, desk: Desk, mine: Path
) -> None:
    mine.write_text("otherwise = 1", "utf-8")
    assert "/policies/mine" in client.get("/policies").text
    page = client.get("/policies/mine").text
    assert "otherwise = 1" in page
    client.post("/policies/mine/text", text=MINE)
    assert names(desk) == ["danger"]


def test_many_clauses_are_changed_as_text(client: Client, mine: Path) -> None:
    clause = '[[clause]]\nname = "{}"\nwhen = {{ note = "blank" }}\nthen = "ask"\n'
    mine.write_text(MINE + "".join(map(clause.format, range(101))), "utf-8")
    page = client.get("/policies/mine").text
    assert "too long for forms" in page
    assert 'name="do"' not in page


@pytest.mark.usefixtures("mine")
def test_title_and_last_resort_are_changed(client: Client, desk: Desk) -> None:
    client.post("/policies/mine/head", title_de="Meine", otherwise="ignore")
    policy = desk.policies().named("mine")
    assert policy.title == {"de": "Meine", "en": "Meine"}
    assert policy.otherwise is Action.IGNORE


def test_a_renamed_policy_stays_in_use(client: Client, desk: Desk, mine: Path) -> None:
    desk.use_policy("mine")
    answer = client.post("/policies/mine/rename", to="yours")
    assert answer.headers["location"] == "/policies/yours"
    assert desk.policy().name == "yours"
    assert not mine.exists()


def test_a_policy_in_use_is_not_deleted(client: Client, desk: Desk, mine: Path) -> None:
    desk.use_policy("mine")
    assert client.post("/policies/mine/delete").status_code == 422
    assert mine.exists()
    desk.use_policy("ask-back")
    assert client.post("/policies/mine/delete").status_code == 303
    assert not mine.exists()
    assert client.get("/policies/mine").status_code == 404


def test_the_policy_of_the_settings_file_is_neither_renamed_nor_deleted(
    client: Client, desk: Desk, mine: Path
) -> None:
    desk.rules.settings = replace(desk.rules.settings, policy="mine")
    for way, form in (("rename", {"to": "b"}), ("delete", {})):
        answer = client.post(f"/policies/mine/{way}", step=False, **form)
        assert "settings file names this policy" in answer.text
    assert mine.exists()


@pytest.mark.parametrize("name", ["nobody", "..%2Fsettings", "%00", "a" * 300])
def test_there_is_no_page_of_what_is_no_policy(client: Client, name: str) -> None:
    assert client.get(f"/policies/{name}").status_code == 404


@pytest.mark.usefixtures("mine")
def test_every_write_needs_its_token(client: Client, desk: Desk) -> None:
    ways = ("clause/0", "new-clause", "head", "text", "copy", "rename", "delete")
    paths = [f"/policies/mine/{way}" for way in ways]
    for path in (*paths, "/safety", "/rehearsal", "/rehearsal/keep"):
        form = {"to": "x", "text": MINE, "otherwise": "ask", "do": "remove"}
        assert client.send("POST", path, data=form).status_code == 403
    assert names(desk) == ["danger"]


def test_needs_are_ticked_kept_and_respected(client: Client, desk: Desk) -> None:
    desk.use_policy("open-door")
    assert desk.card("asker").proposal.action is Action.ACCEPT
    file = desk.settings.file
    assert file is not None
    file.write_text('# mine\nlanguage = "en"  # always\n', "utf-8")
    ticks = {"no_faceless_strangers": "on", "fold_abuse": "on"}
    client.post("/safety", step=False, hold_networks="Xing, xing", **ticks)
    assert desk.card("asker").proposal.action is Action.HOLD
    page = client.get("/?id=asker").text
    assert "your safety: no strangers without a face" in page
    written = file.read_text("utf-8")
    assert written.startswith('# mine\nlanguage = "en"  # always\n')
    kept = read_settings(file, environment={}).safety
    assert kept == desk.settings.safety
    assert kept.networks == ("xing",)
    assert 'name="fold_abuse" value="on" checked' in client.get("/policies").text
    client.post("/safety")
    assert desk.card("asker").proposal.action is Action.ACCEPT
    assert read_settings(file, environment={}).safety.networks == ()


def test_an_insult_stays_folded_until_it_is_opened(client: Client, desk: Desk) -> None:
    assert 'class="folded"' not in client.get("/?id=rude").text
    client.post("/safety", fold_abuse="on")
    page = client.get("/?id=rude").text
    assert desk.card("rude").assessment.leading_kind == "abuse"
    assert '<details class="folded">' in page
    assert 'id="k-abuse" open' not in page
    assert 'class="folded"' not in client.get("/?id=asker").text


@pytest.mark.parametrize(
    "broken", ['language = "en', "polcy = 1", "safety = 3", "[[safety]]", "x" * 200_000]
)
def test_a_broken_settings_file_is_told_and_left_alone(
    client: Client, desk: Desk, broken: str
) -> None:
    file = desk.settings.file
    assert file is not None
    file.write_text(broken, "utf-8")
    answer = client.post("/safety", no_danger="on")
    assert answer.status_code == 400
    assert str(file) in answer.text
    assert file.read_text("utf-8") == broken
    assert not desk.settings.safety.no_danger


def test_line_ends_of_a_settings_file_stay_as_they_are(desk: Desk) -> None:
    file = desk.settings.file
    assert file is not None
    file.write_bytes(b'language = "en"\r\n# mine\r\n')
    desk.rules.set_safety(SafetySettings(no_danger=True))
    assert file.read_bytes().startswith(b'language = "en"\r\n# mine\r\n')
