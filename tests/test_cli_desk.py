"""The commands that use the database, and how commands end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from command_line import COMMAND, CommandLine
from vorzimmer.cli import desk_commands
from vorzimmer.desk import Desk
from vorzimmer.sample import write_archive


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("sample"))


def test_importing_twice_changes_nothing(run: CommandLine) -> None:
    first = run("import", run.lines)
    again = run("import", run.lines)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "2 new requests, 0 updated" in first.stderr
    assert "0 new requests, 0 updated" in again.stderr


class TestDesk:
    """The command ``desk``, with the pages replaced by a look at what they get."""

    @pytest.fixture
    def served(self, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = []

        def serve(desk: Desk, **options: Any) -> None:  # noqa: ANN401 - whatever comes
            session = desk.session()
            seen.append(
                {"open": session.open_count, "at": desk.settings.database, **options}
            )

        monkeypatch.setattr("vorzimmer.web.serve.serve", serve)
        return seen

    def test_sample_opens_on_a_database_of_its_own_that_is_gone_afterwards(
        self, run: CommandLine, served: list[dict[str, Any]]
    ) -> None:
        result = run("desk", "--sample", "--no-browser", "--port", "0")
        assert result.exit_code == 0, result.output
        (seen,) = served
        assert seen["open"] > 100
        assert (seen["port"], seen["open_browser"]) == (0, False)
        assert not Path(seen["at"]).exists()
        assert not run.database.exists()

    def test_archive_is_imported_into_the_members_own_database(
        self, run: CommandLine, served: list[dict[str, Any]]
    ) -> None:
        result = run("desk", "--archive", run.lines)
        assert result.exit_code == 0, result.output
        (seen,) = served
        assert seen["open"] == 2
        assert seen["at"] == str(run.database)
        assert (seen["port"], seen["open_browser"]) == (8700, True)

    def test_ctrl_c_is_how_the_desk_ends(
        self, run: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def serve(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("vorzimmer.web.serve.serve", serve)
        assert run("desk").exit_code == 0


def test_ctrl_c_while_importing_is_exit_code_130_and_stores_nothing(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(Desk):
        """Is stopped in the middle of an import."""

        def import_from(self, *_: object, **__: object) -> Any:  # noqa: ANN401 - never returns
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(desk_commands, "Desk", Interrupted)
        result = run("import", run.lines)
    assert result.exit_code == 130
    assert "Traceback" not in result.output
    assert "2 new requests" in run("import", run.lines).stderr


def test_an_interrupt_from_outside_ends_quietly(run: CommandLine) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own command
        [
            *(sys.executable, "-c", COMMAND),
            *("--settings", str(run.settings), "screen", "-"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    # More than a pipe holds: when it is written, the command is already reading.
    process.stdin.write(b'{"id": "a"}\n' * 20_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in complaint


def test_a_reader_that_has_enough_is_no_error(run: CommandLine) -> None:
    closed, ours = os.pipe()
    os.close(closed)
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", COMMAND, "--settings", str(run.settings), "policies"],
        stdout=ours,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")


def wait_for_answer(told: str) -> None:
    """Wait until the server is up: a stop before that may meet Python half started."""
    port = re.search(r":(\d+)/", told)
    assert port
    asking = HTTPConnection("127.0.0.1", int(port[1]), timeout=20)
    asking.request("GET", "/")
    asking.getresponse().read()
    asking.close()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_stopped_from_outside_the_sample_leaves_nothing_behind(
    run: CommandLine, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [
            *(sys.executable, "-c", COMMAND, "--settings", str(run.settings)),
            *("desk", "--sample", "--no-browser", "--port", "0"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(folder), "LC_ALL": "C"},
    )
    assert process.stdout
    told = process.stdout.readline()
    assert b"Your desk is open" in told
    wait_for_answer(told.decode())
    process.send_signal(getattr(signal, name))
    _, complaint = process.communicate(timeout=20)
    assert process.returncode == 0
    assert b"Traceback" not in complaint
    assert list(folder.iterdir()) == []
