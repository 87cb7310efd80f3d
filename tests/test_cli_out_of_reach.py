"""Files, folders and streams that cannot be had: a sentence, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import COMMAND, CommandLine
from vorzimmer import compiled_phrases
from vorzimmer.cli import progress

LONG = "a" * 300
"""No file system takes such a name, whoever asks."""


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        ["screen", LONG],
        ["screen", f"{LONG}.parquet"],
        ["screen", "LINES", "--policy", LONG],
        ["screen", "LINES", "--output", LONG],
        ["policies", LONG],
        ["rehearse", LONG],
        ["draft", "check", LONG],
        ["draft", "check", "LINES", "--card", LONG],
        ["export", LONG],
        ["paste", LONG],
    ],
    ids=lambda arguments: " ".join(arguments).replace(LONG, "long"),
)
def test_what_cannot_be_opened_is_told_with_its_name(
    run: CommandLine, arguments: list[str]
) -> None:
    told = run(*(run.lines if each == "LINES" else each for each in arguments))
    assert (told.exit_code, told.stdout) == (1, "")
    assert f"vorzimmer: {LONG}" in told.stderr
    assert "the system says: File name too long." in told.stderr


def test_a_folder_that_may_not_be_entered_is_told(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests may enter all; so the system is asked to say no.
    def refuse(path: Path) -> bool:
        if path.name == "cur":
            raise PermissionError(13, "Permission denied", str(path))
        return path.exists() and not path.is_file()

    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(Path, "is_dir", refuse)
    told = run("screen", str(tmp_path / "closed"))
    assert told.exit_code == 1
    assert "There is no file in it." in told.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("arguments", "closed", "told"),
    [
        ("screen {lines} --scores", ">&-", "1 row was skipped"),
        ("screen {lines}", ">&-", "1 row was skipped"),
        ("settings", ">&-", ""),
        ("screen -", "<&-", "there is not one row in it"),
        ("paste -", "<&-", "There is neither a name nor a note in it."),
    ],
)
def test_a_closed_stream_is_an_empty_one(
    run: CommandLine, arguments: str, closed: str, told: str
) -> None:
    python = f'"{sys.executable}" -c "{COMMAND}" --settings "{run.settings}"'
    done = subprocess.run(  # noqa: S602 - our own command
        f"{python} {arguments.format(lines=run.lines)} {closed}",
        shell=True,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    assert "Traceback" not in done.stderr
    assert told in done.stderr


def test_a_set_up_that_cannot_be_kept_is_told(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_phrases.shipped_phrasebook()
    monkeypatch.setattr(progress, "is_phrasebook_kept", lambda: False)
    monkeypatch.setattr(progress, "kept_in", lambda: Path("some/place"))
    told = run("screen", run.lines, "--language", "de").stderr
    place = str(Path("some/place"))
    assert f"ließ sich in {place} nicht behalten" in told


def test_no_mailbox_at_all_is_told_with_where_to_write_one(run: CommandLine) -> None:
    for command in (["watch", "--once"], ["watch", "home"], ["import", "imap:home"]):
        told = run(*command)
        assert told.exit_code == 1
        assert f"{run.settings}: There is no mailbox in the settings." in told.stderr
        assert "[mailbox.NAME]" in told.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a file that cannot be read on")
@pytest.mark.parametrize("command", [["screen", "--scores"], ["screen"], ["campaigns"]])
def test_a_file_that_breaks_off_is_no_output_that_does(
    run: CommandLine, tmp_path: Path, command: list[str]
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.symlink_to("/proc/self/mem")  # can be opened, but nothing stands at byte 0
    told = run(*command, str(broken))
    assert (told.exit_code, told.stdout) == (1, "")
    assert "broken.jsonl: It cannot be opened; the system says:" in told.stderr


def test_python_finds_the_command_where_the_shell_does_not(run: CommandLine) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "vorzimmer", "--settings", str(run.settings)),
            *("screen", run.lines, "--scores"),
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    assert len(done.stdout.splitlines()) == 2


def test_rows_by_another_name_are_recognised(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "requests.txt"
    file.write_bytes(Path(run.lines).read_bytes())
    assert "let its name end in .jsonl." in run("screen", str(file)).stderr


@pytest.mark.parametrize("data", ["Hallo".encode("utf-16"), b"PAR1\0\0\0"])
def test_no_text_is_not_pasted(run: CommandLine, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    told = run("paste", str(file))
    assert (told.exit_code, told.stdout) == (1, "")
    assert "This is no text in UTF-8. Save it in UTF-8." in told.stderr
