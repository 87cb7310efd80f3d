"""The commands on sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import CommandLine
from vorzimmer.importers import all_sources


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def test_all_sources_are_listed_before_anything_was_read(run: CommandLine) -> None:
    told = run("sources")
    assert told.exit_code == 0
    for name in all_sources():
        assert name in told.stdout
    assert not run.database.exists()


def test_what_was_read_is_listed_with_when_and_what_was_skipped(
    run: CommandLine,
) -> None:
    assert run("import", run.lines).exit_code == 0
    told = run("sources").stdout
    assert "[1] requests.jsonl: 2 requests, 0 ties" in told
    assert "one row skipped" in told
    of = {each["name"]: each for each in json.loads(run("sources", "--json").stdout)}
    assert list(of) == list(all_sources())
    (read,) = of["json_lines"]["read"]
    assert (read["label"], read["requests"]) == ("requests.jsonl", 2)
    (reading,) = read["runs"]
    assert (reading["new_requests"], reading["rows"]) == (2, {"requests.jsonl": 3})
    assert reading["skipped"][0]["line"] == 3
    assert of["vcard"]["read"] == []
    assert of["vcard"]["takes"] == ["file", "folder"]


def test_one_source_is_explained_in_full_and_in_german(run: CommandLine) -> None:
    told = run("--language", "de", "sources", "linkedin_archive").stdout
    assert "LinkedIn: Ihr Datenarchiv" in told
    assert "  1. " in told
    assert "$ vorzimmer import archive.zip" in told


def test_an_unknown_source_is_told_with_the_nearest(run: CommandLine) -> None:
    told = run("sources", "vcart")
    assert told.exit_code == 1
    assert "vcard" in told.stderr


def test_forgetting_says_what_goes_and_asks(run: CommandLine) -> None:
    run("import", run.lines)
    kept = run("forget", "1", given="n\n")
    assert kept.exit_code == 1
    assert kept.stderr.endswith("Nothing was forgotten.\n")
    assert "Goes: 2 requests" in kept.stderr
    assert "2 requests, 0 ties" in run("sources").stdout
    gone = run("forget", "1", "--yes")
    assert "Forgotten." in gone.stderr
    assert "requests.jsonl" not in run("sources").stdout
    assert run("forget", "1", "--yes").exit_code == 1
