"""Documentation is tested like code: links lead somewhere, examples do as they say."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import sys
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typer

from vorzimmer.answer import RequestAnswer
from vorzimmer.cli import EXIT_CODES, app
from vorzimmer.desk import Desk
from vorzimmer.drafts.draft_file import read_recipient
from vorzimmer.importers import json_lines
from vorzimmer.model import Action, ContactRequest, Person
from vorzimmer.policy_file import preset_policy, read_policy
from vorzimmer.request_fields import RequestFields, SenderFields
from vorzimmer.sample import write_archive
from vorzimmer.setting import SETTINGS
from vorzimmer.settings import Settings
from vorzimmer.sources import screen_requests

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Made by hand from the running desk, so it may not be there yet while one works on it.
PICTURE = "docs/images/request-light-wide.webp"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def fences(page: str, language: str) -> list[str]:
    text = re.sub(r"^ {3}", "", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE)
    return [code for name, code in FENCE.findall(text) if name == language]


def anchors(page: Path) -> set[str]:
    text = re.sub(FENCE, "", page.read_text("utf-8"))
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.casefold()) for head in heads)
    return {head.replace(" ", "-") for head in plain}


def test_the_generated_pages_are_up_to_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(ROOT / "tools/make_docs.py"))["main"]
    monkeypatch.setattr(sys, "argv", ["make_docs.py", "--check"])
    assert (main(), capsys.readouterr().err) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(FENCE, "", page.read_text("utf-8"))
    for link in LINK.findall(text):
        if link.startswith(("https://", PICTURE)):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_begins_with_its_one_title(page: Path) -> None:
    text = re.sub(FENCE, "", page.read_text("utf-8"))
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, flags=re.MULTILINE)) == 1


def test_every_decision_is_short() -> None:
    text = (ROOT / "docs/decisions.md").read_text("utf-8")
    for entry in text.split("\n## ")[1:]:
        assert len(entry.strip().splitlines()) <= 12, entry


def test_the_policy_of_the_how_to_is_valid_and_so_is_its_mistake() -> None:
    page = "docs/howto/write-a-policy.md"
    settings, policy, language, repeats, safety = fences(page, "toml")
    policy += language + repeats
    assert tomllib.loads(settings)["policy"] == "my-own"
    needs = {f"safety.{each}" for each in tomllib.loads(safety)["safety"]}
    assert needs == {each.name for each in SETTINGS if each.name.startswith("safety")}
    assert len(read_policy("my-own", policy, file="my-own.toml").clauses) == 5
    wrong = policy.replace("{ danger =", "{ dangr =")
    with pytest.raises(Exception, match=r"dangr") as error:
        read_policy("my-own", wrong, file="policies/my-own.toml")
    assert str(error.value) in fences(page, "text")[0]


def test_the_json_of_the_how_to_is_a_request_and_its_span_fits() -> None:
    page = "docs/howto/screen-json.md"
    (line,) = re.findall(r"echo '(\{.*\})'", fences(page, "sh")[0])
    (request,) = json_lines.read(BytesIO(line.encode()))
    assert isinstance(request, ContactRequest)
    (shown,) = fences(page, "json")
    answered = json.loads(shown)
    _, evidence = answered["kinds"]["solicitation"]["evidence"]
    start, end = evidence["span"]
    assert request.note
    assert request.note[start:end] == evidence["quote"]
    assert answered.keys() == RequestAnswer.__annotations__.keys()


def test_the_python_of_the_how_to_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = fences("docs/howto/screen-json.md", "python")
    request = ContactRequest(id="1", note="", sender=Person(contacts_count=999))
    (card,) = screen_requests([request], preset_policy("ask-back"))
    exec(code, {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == f"{card.proposal.action} {card.proposal.clause}\n"


def test_the_python_that_checks_a_draft_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (code,) = fences("docs/howto/check-a-draft.md", "python")
    exec(code, {})  # noqa: S102 - our own page
    assert capsys.readouterr().out.startswith("mend ")


def test_the_recipient_of_the_how_to_can_be_read() -> None:
    (shown,) = fences("docs/howto/check-a-draft.md", "json")
    assert read_recipient(shown.encode()).form == "frau"


def test_the_python_for_many_requests_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = fences("docs/howto/screen-many-requests.md", "python")
    exec(code, {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == "0 ask\n1 ask\n2 ask\n"


def test_the_schemas_are_valid_and_name_every_field() -> None:
    folder = ROOT / "docs/reference/schema"
    asked = json.loads((folder / "request.schema.json").read_text("utf-8"))
    told = json.loads((folder / "answer.schema.json").read_text("utf-8"))
    assert asked["required"] == ["id"]
    assert set(asked["properties"]) == set(RequestFields.__struct_fields__)
    sender = asked["$defs"]["SenderFields"]["properties"]
    assert set(sender) == set(SenderFields.__struct_fields__)
    assert set(told["required"]) == set(RequestAnswer.__annotations__)
    for schema in (asked, told):
        assert all(references_hold(each, schema["$defs"]) for each in nodes(schema))


def nodes(schema: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    if isinstance(schema, list):
        return [node for each in schema for node in nodes(each)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(node for each in schema.values() for node in nodes(each))]


def references_hold(node: dict[str, Any], definitions: dict[str, Any]) -> bool:
    reference = node.get("$ref", "")
    return not reference or reference.rpartition("/")[2] in definitions


DOORS: tuple[set[Action], ...] = (
    {Action.ACCEPT},
    {Action.ASK, Action.ANSWER},
    {Action.HOLD},
    {Action.IGNORE, Action.DECLINE},
    {Action.REPORT_UNKNOWN, Action.REPORT_SPAM, Action.BLOCK},
)


def test_the_table_of_presets_is_what_they_propose_on_the_sample(
    tmp_path: Path,
) -> None:
    page = (ROOT / "docs/howto/rehearse-a-policy.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z-]+) \|((?: \d+ \|){5})$", page, flags=re.MULTILINE)
    told = {name: [int(each) for each in re.findall(r"\d+", row)] for name, row in rows}
    with Desk.open(Settings(database=str(tmp_path / "sample.db"))) as desk:
        desk.import_from(write_archive(tmp_path))
        proposed = desk.rehearsal.proposed(desk.policies().good)
    assert told == {
        name: [sum(counts.get(each, 0) for each in door) for door in DOORS]
        for name, counts in proposed.items()
    }


def commands_shown() -> list[tuple[str, str]]:
    """Return page and command line of each command that a page tells to type."""
    shown = []
    for page in PAGES:
        for code in fences(named(page), "sh"):
            lines = code.replace("\\\n", " ").splitlines()
            shown += [(named(page), line) for line in lines if "vorzimmer " in line]
    return [each for each in shown if "keyring" not in each[1]]


@pytest.mark.parametrize(("page", "line"), commands_shown())
def test_a_command_that_is_shown_can_be_typed(page: str, line: str) -> None:
    assert ".venv/bin/vorzimmer " in line, page
    typed = line.partition(".venv/bin/vorzimmer ")[2].partition(" > ")[0]
    words = shlex.split(typed, comments=True)
    command: Any = typer.main.get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    known = {option for each in command.params for option in each.opts}
    options = {word for word in words if word.startswith("--")}
    assert not getattr(command, "commands", {}), f"{page}: {line}"
    assert options <= known, f"{page}: {line}"


def test_every_exit_code_is_explained() -> None:
    page = (ROOT / "docs/reference/exit-codes.md").read_text("utf-8")
    assert all(f"`{code}`" in page for code in EXIT_CODES)


def test_the_licence_is_the_whole_of_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
