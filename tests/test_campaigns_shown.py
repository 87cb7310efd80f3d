"""Campaigns on the command line and on the desk's pages."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet
import pytest

from command_line import CommandLine
from web_client import client_of, line, open_desk

NOTE = "Hallo {}, unser Seminar am {}. Mai zeigt, wie Sie zehn Kunden die Woche finden!"
ROWS = [
    line(name.lower(), NOTE.format(name, day), name=f"{name} <b>X\x1b")
    for day, name in enumerate(("Anna", "Ben", "Cleo", "Dora"), 5)
]


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    command = CommandLine(tmp_path)
    text = "\n".join(json.dumps(each) for each in ROWS)
    Path(command.lines).write_text(text, "utf-8")
    return command


def test_a_campaign_is_printed_with_its_common_text(run: CommandLine) -> None:
    result = run("campaigns", run.lines)
    assert result.exit_code == 0
    shown = " ".join(result.stdout.split())
    assert "4 4 14 Oct 2026 Hallo … unser Seminar am … Mai zeigt, wie" in shown
    assert "1 campaign among 4 requests" in shown


def test_campaigns_are_found_in_parquet_too(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "notes.PARQUET"
    table = pyarrow.Table.from_pylist([*ROWS, {**ROWS[0], "id": ""}])
    pyarrow.parquet.write_table(table, file)
    result = run("campaigns", str(file), "--json")
    (answer,) = map(json.loads, result.stdout.splitlines())
    assert answer["notes"] == 4
    assert "1 row was skipped" in result.stderr


def test_campaigns_speak_german(run: CommandLine) -> None:
    shown = run("campaigns", run.lines, "--language", "de").stdout
    assert "1 Kampagne in 4 Anfragen" in shown


def test_a_campaign_is_one_json_line(run: CommandLine) -> None:
    (answer,) = map(
        json.loads, run("campaigns", run.lines, "--json").stdout.split("\n")[:-1]
    )
    assert (answer["notes"], answer["senders"]) == (4, 4)
    assert answer["since"] == "2026-10-14T09:30:00+00:00"
    assert sorted(answer["requests"]) == ["anna", "ben", "cleo", "dora"]
    assert [each["is_slot"] for each in answer["text"]] == [False, True] * 2 + [False]


def test_where_there_is_no_campaign_that_is_said(run: CommandLine) -> None:
    result = run("campaigns", "-", given=json.dumps(ROWS[0]))
    assert "0 campaigns among 1 request" in result.stdout
    assert run("campaigns", "-", "--json", given="").stdout == ""


def test_the_desk_shows_a_request_its_campaign_and_lists_all(tmp_path: Path) -> None:
    with open_desk(tmp_path, ROWS) as desk:
        client = client_of(desk).enter()
        page = client.get("/?id=anna").text
        assert "Part of a campaign: 4 notes alike since" in page
        listed = client.get("/campaigns").text
        (found,) = desk.campaigns()
        assert f'id="c-{found.id}"' in listed
        assert "<b>" not in listed
        assert "unser Seminar am" in listed


def test_a_desk_without_campaigns_says_so(tmp_path: Path) -> None:
    with open_desk(tmp_path, ROWS[:2]) as desk:
        client = client_of(desk).enter()
        assert "Part of a campaign" not in client.get("/?id=anna").text
        assert "None so far" in client.get("/campaigns").text
