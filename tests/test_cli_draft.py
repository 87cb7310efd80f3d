"""The coach on the command line: words, JSON, SARIF, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import CommandLine
from drafts.test_checking import KIND, PITCH
from vorzimmer.desk import Desk
from vorzimmer.settings import Settings


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def pitch(tmp_path: Path) -> str:
    file = tmp_path / "pitch.txt"
    file.write_text(f"Moin 🚀\n{PITCH}\n", "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (KIND, 0, "You can send it."),
        ("Hallo Frau Brandt, wollen wir uns vernetzen?", 3, "Mend it first."),
        (PITCH, 4, "Better not send it."),
    ],
)
def test_the_exit_code_says_what_to_do(
    run: CommandLine, text: str, code: int, words: str
) -> None:
    done = run("draft", "check", "-", given=text)
    assert done.exit_code == code
    assert done.stdout.startswith(words)


def test_it_speaks_german(run: CommandLine) -> None:
    done = run("--language", "de", "draft", "check", "-", given=PITCH)
    assert done.stdout.startswith("Besser nicht senden.")


def test_json_says_the_same(run: CommandLine, pitch: str, tmp_path: Path) -> None:
    to = tmp_path / "to.json"
    to.write_text('{"name": "Dr. Katrin Brandt", "headline": "Leergut"}', "utf-8")
    done = run("draft", "check", pitch, "--json", "--to", str(to))
    answered = json.loads(done.stdout)
    assert (done.exit_code, answered["verdict"]) == (4, "better_not_send")
    text = Path(pitch).read_text("utf-8").removesuffix("\n")
    for found in answered["findings"]:
        if found["span"]:
            start, end = found["span"]
            assert text[start:end] == found["quote"]
    assert answered["relevance"]["missing"] == ["special", "problem", "whom"]


def test_the_contact_card_of_the_command_line_is_read_by_the_coach(
    run: CommandLine, pitch: str, tmp_path: Path
) -> None:
    card = tmp_path / "card.json"
    card.write_text(run("contact-card", "--json").stdout, "utf-8")
    done = run("draft", "check", pitch, "--json", "--card", str(card))
    said = json.loads(done.stdout)["seen_as"]["card"]
    assert (said["sort"], said["outcome"]) == ("offer", "unwelcome")
    card.write_text('{"wants": []}', "utf-8")
    done = run("draft", "check", pitch, "--card", str(card))
    assert done.exit_code == 1
    assert "no contact card" in done.stderr


def test_sarif_has_the_shape_of_its_schema(run: CommandLine, pitch: str) -> None:
    log = json.loads(run("draft", "check", pitch, "--sarif").stdout)
    assert log["version"] == "2.1.0"
    (sarif,) = log["runs"]
    assert_sarif(sarif)
    lines = Path(pitch).read_text("utf-8").splitlines()
    places = [
        result["locations"][0]["physicalLocation"].get("region")
        for result in sarif["results"]
    ]
    quoted = {
        lines[at["startLine"] - 1][at["startColumn"] - 1 : at["endColumn"] - 1]
        for at in places
        if at
    }
    assert "qualifizierte Leads" in quoted


def assert_sarif(sarif: dict[str, Any]) -> None:
    """Hold a run against what SARIF 2.1.0 requires of the objects used here."""
    driver = sarif["tool"]["driver"]
    assert driver["name"]  # §3.19.8
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))  # §3.19.23
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert sarif["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}  # §3.14.27
    assert sarif["results"]
    for result in sarif["results"]:
        assert result["ruleId"] in ids
        assert result["level"] in {"none", "note", "warning", "error"}  # §3.27.10
        assert result["message"]["text"]  # §3.11
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert place["artifactLocation"]["uri"]
            assert_region(place.get("region"))
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:  # §3.55.3
                assert change["artifactLocation"]["uri"]
                for each in change["replacements"]:
                    assert_region(each["deletedRegion"])
                    assert isinstance(each["insertedContent"]["text"], str)


def assert_region(region: dict[str, int] | None) -> None:
    if region is None:
        return
    assert region["startLine"] >= 1  # §3.30.5
    assert region["startColumn"] >= 1
    assert region["endLine"] >= region["startLine"]
    assert region["charOffset"] >= 0
    assert region["charLength"] >= 0


def test_a_megabyte_is_refused_with_a_sentence(run: CommandLine) -> None:
    done = run("draft", "check", "-", given="a" * 1_000_000)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "longer than any message" in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "no text in UTF-8. Save the file as UTF-8"),
        ("schöne Grüße".encode("cp1252"), "no text in UTF-8"),
        (None, "There is no such file or folder."),
    ],
)
def test_what_cannot_be_read_is_told(
    run: CommandLine, tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "draft.txt"
    if content is not None:
        file.write_bytes(content)
    done = run("draft", "check", str(file))
    assert done.exit_code == 1
    assert words in done.stderr


def test_json_and_sarif_exclude_each_other(run: CommandLine) -> None:
    assert run("draft", "check", "-", "--json", "--sarif", given="a").exit_code == 2


def test_what_was_sent_from_the_desk_is_known_and_no_desk_is_made(
    run: CommandLine,
) -> None:
    assert run("draft", "check", "-", given=KIND).exit_code == 0
    assert not run.database.exists()
    with Desk.open(Settings(database=str(run.database))) as desk:
        desk.drafting.remember(KIND)
    done = run("draft", "check", "-", given=KIND.replace("Brandt", "Sommer"))
    assert done.exit_code == 3
    assert "much like it, before" in done.stdout


def test_there_is_no_way_to_check_many_at_once(run: CommandLine, pitch: str) -> None:
    assert run("draft", "check", pitch, pitch).exit_code == 2
