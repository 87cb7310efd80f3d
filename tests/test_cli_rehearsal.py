"""Rehearsing on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import CommandLine
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.settings import Settings

SHUT = 'otherwise = "ignore"\ntitle = "Shut"\n'


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    """Two requests, both decided: one accepted, one put off."""
    made = CommandLine(tmp_path)
    assert made("import", made.lines).exit_code == 0
    with Desk.open(Settings(database=str(made.database))) as desk:
        desk.decide("a", Action.ACCEPT)
        desk.decide("b", Action.HOLD)
    (tmp_path / "shut.toml").write_text(SHUT, "utf-8")
    return made


def test_a_policy_is_rehearsed_from_its_file(run: CommandLine, tmp_path: Path) -> None:
    done = run("rehearse", str(tmp_path / "shut.toml"), "--against", "open-door")
    assert done.exit_code == 0
    assert "Ignored or declined" in done.stdout
    assert "The two differ in one request." in done.stdout
    assert "Ignore / Accept" in done.stdout
    assert "This past is thin" in done.stderr
    assert "\x1b[2J" not in done.stdout


def test_as_json_nothing_is_cut(run: CommandLine, tmp_path: Path) -> None:
    file = str(tmp_path / "shut.toml")
    said = json.loads(run("rehearse", file, "--open", "0.5", "--json").stdout)
    assert said["past"] == {"requests": 1, "contacts": 0, "decided_by_you": 1}
    assert said["counts"]["ignored"] == said["kept_out"] == 1
    assert said["differences"] == []
    assert (said["seconds_each"], said["is_measured"]) == (8.0, False)


def test_of_a_policy_moved_and_as_written_one_sees_which_is_which(
    run: CommandLine, tmp_path: Path
) -> None:
    file = str(tmp_path / "shut.toml")
    shown = run("rehearse", file, "--open", "-0.5", COLUMNS="200").stdout
    assert shown.count("moved by −0.5") == 1


def test_without_a_name_the_policy_in_use_is_rehearsed(run: CommandLine) -> None:
    said = json.loads(run("rehearse", "--json").stdout)
    assert said["policy"] == "ask-back"
    assert "against" not in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("nobody",), 1), (("--open", "7"), 2), (("--against", "nobody"), 1)],
)
def test_what_is_not_there_is_told(
    run: CommandLine, arguments: tuple[str, ...], code: int
) -> None:
    assert run("rehearse", *arguments).exit_code == code


def test_needs_hold_on_the_command_line(run: CommandLine) -> None:
    bare = run("screen", run.lines, "--policy", "open-door", "--json").stdout
    run.set("[safety]\nno_faceless_strangers = true")
    safe = run("screen", run.lines, "--policy", "open-door", "--json").stdout
    first = [json.loads(each.splitlines()[0]) for each in (bare, safe)]
    assert [each["action"] for each in first] == ["accept", "hold"]
    assert first[1]["clause"].startswith("your safety:")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("[safety]\nno_danger = 1", "does not fit"),
        ("[safety]\nno_dangr = true", 'Did you mean "safety.no_danger"'),
    ],
)
def test_a_mistake_in_the_needs_is_told(
    run: CommandLine, line: str, sentence: str
) -> None:
    run.set(line)
    done = run("settings")
    assert done.exit_code == 1
    assert sentence in done.stderr
