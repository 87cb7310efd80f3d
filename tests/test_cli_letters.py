"""Letters on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import CommandLine


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def test_the_templates_are_listed_and_one_is_shown(run: CommandLine) -> None:
    listed = run("letters").stdout
    assert "collector" in listed
    assert "Polite decline" in listed
    rows = [json.loads(each) for each in run("letters", "--json").stdout.splitlines()]
    names = [each["name"] for each in rows]
    # A letter comes before those for special cases of it.
    assert names.index("decline") < names.index("decline-job")
    assert {"name": "decline", "manner": "en"}.items() <= rows[1].items()
    shown = run("letters", "decline", "--manner", "de-du").stdout
    assert shown.startswith("Hallo Eva,")
    assert not run.database.exists()


def test_a_letter_to_a_sender_is_printed(run: CommandLine) -> None:
    run("import", run.lines)
    row = json.loads(run("letters", "decline", "--request", "b", "--json").stdout)
    assert row["template"] == "decline"
    assert row["manner"] == "en"
    assert row["text"].startswith("Hello Jörg,")
    assert row["used"]["salutation"] == "Hello Jörg"
    assert "\x1b" not in run("letters", "decline", "--request", "a").stdout


def test_a_wrong_name_is_told_with_the_nearest(run: CommandLine) -> None:
    ended = run("letters", "colector")
    assert ended.exit_code == 1
    assert 'Did you mean "collector"?' in ended.stderr


def test_a_mistake_in_an_own_file_is_told(run: CommandLine) -> None:
    folder = run.settings.parent / "letters"
    folder.mkdir()
    (folder / "bad.en.txt").write_text("no head", "utf-8")
    assert "begins with a head" in run("letters").stderr
