"""Where the output goes: full disks, files, pipes and terminals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from command_line import COMMAND, CommandLine
from vorzimmer.cli.tables import print_leftovers
from vorzimmer.model import Skipped, say
from vorzimmer.translation import translator

FULL = Path("/dev/full")


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [("screen", "-", "--json"), ("--help",)])
def test_a_full_disk_is_one_sentence_and_exit_code_1(
    run: CommandLine, arguments: tuple[str, ...]
) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(  # noqa: S603 - our own command
            [
                *(sys.executable, "-c", COMMAND, "--settings", str(run.settings)),
                *arguments,
            ],
            input=b'{"id": "a"}\n',
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    said = done.stderr.decode()
    assert done.returncode == 1
    assert said.startswith("vorzimmer: The disk is full")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("form", [("screen", "--json"), ("campaigns", "--json")])
def test_json_is_utf_8_whatever_the_system_writes_in(
    run: CommandLine, form: tuple[str, str]
) -> None:
    command, flag = form
    row = {"note": "Schöne Grüße aus dem Süden, Ihre Tänzer 💃", "sender": {}}
    given = "".join(f"{json.dumps({'id': name, **row})}\n" for name in "abc")
    done = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-c", COMMAND, "--settings", str(run.settings)),
            *(command, "-", flag),
        ],
        input=given.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Grüße" in done.stdout.decode("utf-8")


def test_no_room_for_a_passing_folder_is_one_sentence(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("vorzimmer.cli.desk_commands.TemporaryDirectory", refuse)
    result = run("desk", "--sample")
    assert result.exit_code == 1
    assert "No usable temporary directory found" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def leftovers(skipped: list[Skipped], *, is_terminal: bool) -> str:
    shown = StringIO()
    print_leftovers(
        (),
        skipped,
        rest=say("Look there.") if is_terminal else None,
        console=Console(file=shown, width=200),
        _=translator("en"),
    )
    return shown.getvalue()


def reasons(count: int) -> list[Skipped]:
    return [Skipped("a.csv", 1 + n, say("Odd: {n}.", n=n)) for n in range(count)]


def test_a_notice_on_a_file_is_no_skipped_row() -> None:
    notice = Skipped("a.csv", 0, say("It is odd."))
    assert leftovers([notice], is_terminal=False) == "a.csv: It is odd.\n"
    shown = leftovers([notice, *reasons(1)], is_terminal=False)
    assert "1 row was skipped:\n  a.csv:1: Odd: 0." in shown


def test_a_terminal_shows_some_reasons_and_where_the_rest_is() -> None:
    shown = leftovers(reasons(10), is_terminal=True)
    assert shown.count("Odd") == 8
    assert shown.endswith("… and 2 more reasons. Look there.\n")


def test_a_file_gets_every_reason() -> None:
    assert leftovers(reasons(10), is_terminal=False).count("Odd") == 10


def test_every_skipped_row_is_told_where_that_is_wanted(run: CommandLine) -> None:
    bad = '{"id": "a", "kind": "fax"}\n'
    given = '{"id": "a"}\n' + bad * 3
    few = run("screen", "-", "--scores", given=given).stderr
    assert "(and 2 more like it)" in " ".join(few.split())
    told = run("screen", "-", "--scores", "--all-skipped", given=given).stderr
    places = [line.split(": ")[0] for line in told.splitlines()]
    assert places == [f"standard input:{number}" for number in (2, 3, 4)]


def test_where_not_one_row_can_be_read_no_answers_are_written(
    run: CommandLine, tmp_path: Path
) -> None:
    output = tmp_path / "answers.jsonl"
    output.write_text("old")
    bad = '{"id": "a", "sent_at": 1761990000}\n' * 3
    more = ["--scores", "--all-skipped", "--output", str(output)]
    told = run("screen", "-", *more, given=bad)
    assert (told.exit_code, output.read_text()) == (1, "old")
    *rows, end = told.stderr.splitlines()
    assert len(rows) == 3
    assert "standard input: Not one of its rows can be read" in end


def test_a_file_or_pipe_gets_lines_as_long_as_they_are(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    wrapped = run("policies", "ask-back").stdout
    whole = run("policies", "ask-back", COLUMNS=None).stdout
    assert max(map(len, wrapped.splitlines())) <= 100
    assert len(whole.splitlines()) < len(wrapped.splitlines())


def test_what_is_written_about_a_signal_keeps_its_indent(run: CommandLine) -> None:
    shown = run("signals", "blank_note", COLUMNS="50").stdout
    told = shown.partition("Known errors:\n")[2].partition("\n\n")[0]
    lines = [line.rstrip() for line in told.split("\n")]
    assert len(lines) > 2
    assert all(line.startswith("    ") for line in lines if line)


def test_an_empty_source_is_refused(run: CommandLine) -> None:
    for command in ("screen", "import"):
        result = run(command, "")
        assert result.exit_code == 2
        assert "it is empty" in result.stderr


def test_a_policy_file_that_is_not_there_is_told_so(run: CommandLine) -> None:
    result = run("screen", "-", "--policy", "nofile.toml", given="")
    assert "nofile.toml: There is no such file." in result.stderr


def test_where_nothing_speaks_for_a_proposal_no_room_is_printed(
    run: CommandLine,
) -> None:
    given = json.dumps({"id": "a", "note": "Je lis votre article sur les toits verts."})
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", COMMAND, "--settings", str(run.settings), "screen", "-"],
        input=given,
        env={key: each for key, each in os.environ.items() if key != "COLUMNS"},
        text=True,
        capture_output=True,
        check=True,
    )
    assert "no clause applies" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 200


@pytest.mark.parametrize("form", [(), ("--scores",)])
def test_the_first_start_on_a_machine_says_that_it_takes_longer(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    quiet = run("screen", run.lines, *form)
    assert "set up" not in quiet.stderr
    monkeypatch.setattr("vorzimmer.cli.progress.is_phrasebook_kept", lambda: False)
    told = run("screen", run.lines, *form)
    assert told.stderr.startswith("Vorzimmer is being set up on this machine.")
    assert told.stdout == quiet.stdout
