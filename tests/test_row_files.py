"""Folders of JSON lines and Parquet, files without a row: read, or told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from command_line import CommandLine
from vorzimmer import streams
from vorzimmer.row_files import row_files
from vorzimmer.streams import open_rows

NOTE = "Ich freue mich auf den Austausch mit Ihnen und Ihrem Haus."
ROWS: list[dict[str, Any]] = [
    {"id": f"r{number}", "note": NOTE, "sender": {"name": f"Rex Nummer{letter}"}}
    for number, letter in enumerate("abcdef")
]


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    folder = tmp_path / "own"
    folder.mkdir()
    return CommandLine(folder)


@pytest.fixture
def days(tmp_path: Path) -> Path:
    """Return a folder as a program leaves it: a file a day, and signs of its own."""
    folder = tmp_path / "days"
    folder.mkdir()
    folder.joinpath("2.jsonl").write_bytes(lines_of(ROWS[2:4]))
    folder.joinpath("1.jsonl.gz").write_bytes(gzip.compress(lines_of(ROWS[:2])))
    folder.joinpath("3.json").write_text(json.dumps(ROWS[4:]))
    folder.joinpath("_SUCCESS").touch()
    folder.joinpath(".2.jsonl.crc").touch()
    return folder


def lines_of(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in rows)


def test_a_folder_of_rows_says_what_one_file_says(
    run: CommandLine, days: Path, tmp_path: Path
) -> None:
    one = tmp_path / "one.jsonl"
    one.write_bytes(lines_of(ROWS))
    for more in (["--json"], ["--scores"], []):
        told = run("screen", str(days), *more)
        assert (told.exit_code, told.stderr) == (0, "")
        assert told.stdout == run("screen", str(one), *more).stdout
    together = run("screen", str(days), "--json").stdout
    assert [json.loads(line)["id"] for line in together.splitlines()] == [
        each["id"] for each in ROWS
    ]
    assert "same_note_from_others" in together


def test_rows_of_a_folder_make_one_campaign_and_one_import(
    run: CommandLine, days: Path
) -> None:
    assert "1 campaign among 6 requests" in run("campaigns", str(days)).stdout
    assert "6 rows read: 6 new requests" in run("import", str(days)).stderr
    assert "6 rows read: 0 new requests" in run("import", str(days)).stderr


def test_a_folder_of_parquet_is_screened_and_not_imported(
    run: CommandLine, days: Path
) -> None:
    table = pa.Table.from_pylist([{**each, "id": f"p{each['id']}"} for each in ROWS])
    pq.write_table(table, days / "0.parquet")
    told = run("screen", str(days)).stdout.splitlines()
    assert [json.loads(line)["id"] for line in told][5:8] == ["pr5", "r0", "r1"]
    refused = run("import", str(days))
    assert refused.exit_code == 1
    assert "Parquet can be screened, but not imported." in refused.stderr


def test_short_files_are_screened_together(
    days: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "BATCH", 3)
    with open_rows(days, "days") as rows:
        sizes = [[len(part) for _, part in chunk] for chunk in rows.chunks]
    assert sizes == [[2, 2], [2]]


def test_rows_of_a_folder_are_told_with_their_file(
    run: CommandLine, days: Path
) -> None:
    days.joinpath("2.jsonl").write_bytes(b'{"kind": "fax"}\n')
    for more in ([], ["--scores"]):
        assert "  2.jsonl:1: " in run("screen", str(days), *more).stderr


def test_answers_do_not_go_where_the_next_run_would_read_them(
    run: CommandLine, days: Path
) -> None:
    output = days / "answers.jsonl"
    told = run("screen", str(days), "--output", str(output))
    assert (told.exit_code, output.exists()) == (1, False)
    assert "This is in the folder that is read." in told.stderr


@pytest.mark.parametrize("other", ["notes.txt", "inner"])
def test_other_files_beside_rows_are_told(
    run: CommandLine, days: Path, other: str
) -> None:
    (days / other).mkdir() if other == "inner" else (days / other).touch()
    (days / other / "x.csv").touch() if other == "inner" else None
    assert row_files(days) == ()
    told = run("screen", str(days))
    assert told.exit_code == 1
    assert "(1.jsonl.gz, 2.jsonl, 3.json), but other files lie" in told.stderr
    assert "a folder with nothing else in it." in told.stderr


def test_an_empty_folder_is_told(run: CommandLine, tmp_path: Path) -> None:
    told = run("screen", str(tmp_path / "own"), "--language", "en")
    (tmp_path / "empty").mkdir()
    told = run("screen", str(tmp_path / "empty"))
    assert (told.exit_code, told.stdout) == (1, "")
    assert "There is no file in it." in told.stderr


@pytest.mark.parametrize("words", ["", "\n\n", "[]"])
@pytest.mark.parametrize("more", [["screen"], ["screen", "--scores"], ["campaigns"]])
def test_no_row_is_no_error_and_is_told(
    run: CommandLine, tmp_path: Path, words: str, more: list[str]
) -> None:
    file = tmp_path / "none.json"
    file.write_text(words)
    for source, name in ((str(file), "none.json"), ("-", "standard input")):
        told = run(*more, source, given=words)
        assert told.exit_code == 0
        assert told.stderr == (
            f"{name}: there is not one row in it. Check what wrote it.\n"
        )


def test_no_row_is_told_by_an_import(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "none.jsonl"
    file.touch()
    told = run("import", str(file))
    assert told.exit_code == 0
    assert "none.jsonl: there is not one row in it." in told.stderr


def test_a_packed_file_without_a_byte_is_a_broken_one(
    run: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "none.jsonl.gz"
    file.touch()
    told = run("screen", str(file), "--scores")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "not all of it is there" in told.stderr
    file.write_bytes(gzip.compress(b""))
    assert run("screen", str(file), "--scores").exit_code == 0


def test_campaigns_tell_fields_that_are_not_known(run: CommandLine) -> None:
    told = run("campaigns", "-", given='{"id": "1", "text": "Hallo"}\n')
    assert told.exit_code == 1
    assert '"text" → "note"' in told.stderr
    told = run("campaigns", "-", given='{"id": "1", "note": "Hallo", "own": 1}\n')
    assert told.exit_code == 0
    assert 'none of our fields: "own"' in told.stderr
