"""Streams of any size: in order, in chunks, by several processes, interrupted."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from command_line import COMMAND, CommandLine
from vorzimmer import streams
from vorzimmer.answer_files import open_answers
from vorzimmer.model import Kind
from vorzimmer.passed_over import PassedOver
from vorzimmer.policy_file import preset_policy
from vorzimmer.streams import Work, open_rows, screen_stream

# Unlike each other: copies are another matter.
TEXTS = """\
Guten Tag, wir bieten Webinare an.
Ihr Vortrag in Linz war gut, darf ich Sie anrufen?
Our agency rents forklifts, interested?
Servus Toni, Samstag Fußball?
Ich möchte Sie in mein Netzwerk aufnehmen.
We are hiring a welder in Graz.
Kostenlose Solaranlage, nur heute!
Your account is locked, click here.
Danke für die Unterlagen zum Estrich.
""".splitlines()
ROWS: list[dict[str, Any]] = [
    {
        "id": f"r{number}",
        "note": text,
        "sender": {"name": f"Rex Nummer{'abcdefg'[number % 7]}", "contacts_count": 900},
    }
    for number, text in enumerate(TEXTS)
]
WORK = Work(policy=preset_policy("ask-back"))
SCORES = Work(policy=preset_policy("ask-back"), form="scores")


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    folder = tmp_path / "own"
    folder.mkdir()
    return CommandLine(folder)


def lines_of(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in rows)


def screened(source: Path | BytesIO, work: Work, *, jobs: int = 1) -> list[str]:
    with open_rows(source, "rows") as rows:
        found = list(screen_stream(rows, work, jobs=jobs))
    return [line for each in found for line in each.lines]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BATCH", 2)
    monkeypatch.setattr(streams, "MOST_COUNTED", 4)


def write_parquet(file: Path, table: dict[str, Any]) -> Path:
    pq.write_table(pa.table(table), file)
    return file


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("work", [WORK, SCORES], ids=["answers", "scores"])
def test_chunks_say_what_all_rows_together_say(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_chunks = screened(BytesIO(lines_of(ROWS)), work)
    monkeypatch.setattr(streams, "MOST_COUNTED", 100)
    assert by_chunks == screened(BytesIO(lines_of(ROWS)), work)
    assert [json.loads(line)["id"] for line in by_chunks] == [r["id"] for r in ROWS]


@pytest.mark.usefixtures("small_chunks")
def test_several_processes_keep_the_order() -> None:
    alone = screened(BytesIO(lines_of(ROWS)), SCORES)
    assert screened(BytesIO(lines_of(ROWS)), SCORES, jobs=2) == alone


@pytest.mark.usefixtures("small_chunks")
def test_a_bad_row_costs_itself_and_is_told() -> None:
    raw = b'{"id": 1}\nnonsense\n' + lines_of(ROWS[:4]) + b'{"kind": "fax"}\n'
    with open_rows(BytesIO(raw), "rows") as rows:
        found = list(screen_stream(rows, SCORES))
    assert sum(len(each.lines) for each in found) == 5
    assert [skip.line for each in found for skip in each.skipped] == [2, 7]
    assert sum(each.count for each in found) == 7


def test_equal_notes_are_counted_among_few_rows_and_not_among_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = "Ich freue mich auf den Austausch mit Ihnen und Ihrem Haus."
    rows = [{"id": str(n), "note": note, "sender": {"name": f"{n}"}} for n in range(5)]
    few = screened(BytesIO(lines_of(rows)), WORK)
    assert all("same_note_from_others" in line for line in few)
    monkeypatch.setattr(streams, "BATCH", 2)
    monkeypatch.setattr(streams, "MOST_COUNTED", 2)
    many = screened(BytesIO(lines_of(rows)), WORK)
    assert not any("same_note_from_others" in line for line in many)


def test_long_lines_make_short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_MOST_BYTES", 100)
    rows = [{"id": str(n), "note": "x" * size} for n, size in enumerate((1, 90, 1, 1))]
    with open_rows(BytesIO(lines_of(rows)), "rows") as opened:
        sizes = [[len(part) for _, part in chunk] for chunk in opened.chunks]
    assert sizes == [[2], [2]]


def test_parquet_says_what_json_lines_say(tmp_path: Path) -> None:
    columns = {key: [row[key] for row in ROWS] for key in ROWS[0]}
    nested = write_parquet(tmp_path / "nested.parquet", columns)
    flat = write_parquet(
        tmp_path / "flat.PARQUET",
        {
            "id": columns["id"],
            "note": columns["note"],
            "sender.name": [row["sender"]["name"] for row in ROWS],
            "sender.contacts_count": [900] * len(ROWS),
            "other": [b"x"] * len(ROWS),
        },
    )
    expected = screened(BytesIO(lines_of(ROWS)), WORK)
    assert screened(nested, WORK) == expected
    assert screened(flat, WORK) == expected


def test_a_bad_row_of_parquet_costs_itself(tmp_path: Path) -> None:
    file = write_parquet(tmp_path / "a.parquet", {"id": ["a", "", "c"]})
    with open_rows(file, "a") as rows:
        (found,) = screen_stream(rows, SCORES)
    assert [(each.line, str(each.reason)) for each in found.skipped] == [
        (2, 'The field "id" is empty.')
    ]


def test_a_packed_file_and_a_list_give_the_same_answers(tmp_path: Path) -> None:
    expected = screened(BytesIO(lines_of(ROWS)), SCORES)
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(lines_of(ROWS)))
    in_list = tmp_path / "a.json"
    in_list.write_text(json.dumps(ROWS, indent=2), "utf-8")
    assert screened(packed, SCORES) == screened(in_list, SCORES) == expected


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("jobs", [1, 2])
def test_fields_that_are_not_ours_are_counted_over_all_rows(jobs: int) -> None:
    rows = [{**row, "body": "x", "contact": "y"} for row in ROWS]
    passed_over = PassedOver()
    with open_rows(BytesIO(lines_of(rows)), "rows") as opened:
        for each in screen_stream(opened, SCORES, jobs=jobs):
            passed_over.join(each.passed_over)
    (words,) = passed_over.notices()
    assert str(words) == 'Passed over, as none of our fields: "body", "contact".'
    assert passed_over.saying == len(rows)


def test_rows_whose_words_are_misnamed_are_refused_before_any_answer(
    run: CommandLine, tmp_path: Path
) -> None:
    rows = [{"id": str(n), "text": "Guten Tag", "name": "Rex"} for n in range(3)]
    lines = tmp_path / "a.jsonl"
    lines.write_bytes(lines_of(rows))
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    parquet_file = write_parquet(tmp_path / "a.parquet", columns)
    for file in (lines, parquet_file):
        result = run("screen", str(file), "--scores")
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"{file.name}: From line 1 on, no field is known" in result.stderr
        assert '"text" → "note"' in result.stderr
    table = run("screen", str(lines), "--language", "de")
    assert table.exit_code == 1
    assert "Benennen Sie sie um" in table.stderr


def test_columns_that_are_not_ours_are_told(run: CommandLine, tmp_path: Path) -> None:
    table = {
        "id": ["a"],
        "note": ["Guten Tag"],
        "headline": ["Chef"],
        "sender": [{"name": "Rex", "aura": 1}],
    }
    result = run("screen", str(write_parquet(tmp_path / "a.parquet", table)), "--json")
    assert result.exit_code == 0
    assert 'Did you mean "sender.headline"?' in result.stderr
    assert 'none of our fields: "sender.aura".' in result.stderr


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([b"gut", b"\xff", b"gut"]).view(pa.string()),
        pa.array([0, 10**15, 0], pa.timestamp("ms")),
    ],
    ids=["text", "time"],
)
def test_a_cell_that_cannot_be_held_costs_its_row(
    tmp_path: Path, cells: pa.Array
) -> None:
    name = "note" if pa.types.is_string(cells.type) else "sent_at"
    table = {"id": ["a", "b", "c"], name: cells}
    with open_rows(write_parquet(tmp_path / "a.parquet", table), "a") as rows:
        (found,) = screen_stream(rows, SCORES)
    assert [json.loads(line)["id"] for line in found.lines] == ["a", "c"]
    assert [each.line for each in found.skipped] == [2]


def test_no_parquet_file_is_told_in_a_sentence(
    run: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "a.parquet"
    file.write_bytes(b"no such thing")
    result = run("screen", str(file))
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr
    assert "Traceback" not in result.output


def test_scores_are_printed_line_by_line(run: CommandLine) -> None:
    result = run("screen", run.lines, "--scores")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert all(set(row["scores"]) == set(Kind) for row in rows)
    assert "kind" in result.stderr


def test_answers_go_into_a_file(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    printed = run("screen", run.lines, "--json")
    result = run("screen", run.lines, "--output", str(file))
    assert result.stdout == ""
    assert file.read_text("utf-8") == printed.stdout
    assert list(tmp_path.glob("*.unfinished")) == []


@pytest.mark.parametrize("flags", [(), ("--scores",)])
def test_answers_go_into_parquet(
    run: CommandLine, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    file = tmp_path / "out.parquet"
    printed = run("screen", run.lines, *(flags or ("--json",)))
    run("screen", run.lines, *flags, "--output", str(file))
    rows = pq.read_table(file).to_pylist()
    for row, line in zip(rows, printed.stdout.splitlines(), strict=True):
        answered = json.loads(line)
        assert (row["id"], row["action"]) == (answered["id"], answered["action"])
        whole = None if flags else line
        assert row["answer"] == whole
        score = answered.get("scores") or {
            kind: each["score"] for kind, each in answered["kinds"].items()
        }
        assert {kind: row[f"score_{kind}"] for kind in score} == score


def test_answers_never_take_the_place_of_their_requests(run: CommandLine) -> None:
    before = Path(run.lines).read_bytes()
    result = run("screen", run.lines, "--output", run.lines)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "This is the file that is read." in result.stderr
    assert Path(run.lines).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("folder", "This is a folder. Name a file in it."),
        ("none/out.jsonl", "There is no such folder. Check the name."),
        ("x" * 250, "It cannot be written; the system says: File name too long."),
    ],
)
def test_a_place_where_no_file_can_be_is_told_before_the_work(
    run: CommandLine, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    result = run("screen", run.lines, "--scores", "--output", str(tmp_path / name))
    assert result.exit_code == 1
    assert said in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "own"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_gets_the_answers_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with open_answers(pipe) as write:
        write(["{}\n"])
    assert os.read(reader, 100) == b"{}\n"
    os.close(reader)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
    assert pipe.is_fifo()


def test_a_line_for_output_is_standard_output(run: CommandLine) -> None:
    printed = run("screen", run.lines, "--scores")
    result = run("screen", run.lines, "--scores", "--output", "-")
    assert result.stdout == printed.stdout != ""


def test_an_unfinished_file_is_not_left_behind(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("before", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        _write_and_be_interrupted(file)
    assert file.read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def _write_and_be_interrupted(file: Path) -> None:
    with open_answers(file) as write:
        write(["{}\n"])
        raise KeyboardInterrupt


def test_an_archive_takes_no_jobs(run: CommandLine, tmp_path: Path) -> None:
    result = run("screen", str(tmp_path), "--jobs", "2")
    assert result.exit_code == 2
    assert "need a .jsonl or .parquet file, a folder" in result.stderr


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (signal.SIGINT, 130),
        (signal.SIGTERM, 130),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_several_processes_end_with_the_command(
    run: CommandLine, tmp_path: Path, how: signal.Signals, code: int
) -> None:
    source = tmp_path / "many.jsonl"
    source.write_bytes(lines_of(ROWS) * 5_000)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [
            *(sys.executable, "-c", COMMAND, "--settings", str(run.settings)),
            *("screen", str(source), "--scores", "--jobs", "2"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline().startswith(b'{"id":"r0"')
    process.send_signal(how)
    # Standard error is closed once the last process is gone, too.
    rest, complaint = process.communicate(timeout=30)
    assert process.returncode == code
    assert b"Traceback" not in complaint
    assert rest == b"" or rest.endswith(b"\n") or how == signal.SIGKILL
    assert _is_empty(process.pid)


def _is_empty(group: int) -> bool:
    """Return whether no process of a group is left, within five seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_the_reader_of_a_stream_may_stop(run: CommandLine, tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_bytes(lines_of(ROWS) * 3_000)
    closed, ours = os.pipe()
    os.close(closed)
    done = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-c", COMMAND, "--settings", str(run.settings)),
            *("screen", str(source), "--scores"),
        ],
        stdout=ours,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
