"""Starts and stops the daemons of peers, and reads how long they worked.

Each speaks over sockets in a private folder, and is stopped by its own number.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from peers.asking import PeerError

PATIENCE_S = 120.0
_STOPPING_S = 15.0
_LOOK_AGAIN_S = 0.2
# Fields of /proc/PID/stat behind the name: number of the parent, and the times.
_PARENT, _TIMES = 1, slice(11, 13)


@contextmanager
def running(
    command: Sequence[str], *, sockets: Sequence[Path], log: Path
) -> Iterator[int]:
    """Run a daemon while the block lasts; give its number.

    Args:
        command: In the foreground, so that it is our child.
        sockets: It is ready when all of these answer.
        log: What it says goes here.

    Raises:
        PeerError: It ended, or was not ready in time.
    """
    with log.open("wb") as stream:
        daemon = subprocess.Popen(  # noqa: S603 - programs and settings of our own
            command, stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    try:
        _wait_for(daemon, sockets)
        yield daemon.pid
    finally:
        daemon.terminate()
        try:
            daemon.wait(_STOPPING_S)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()


def _wait_for(daemon: subprocess.Popen[bytes], sockets: Sequence[Path]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not all(_answers(each) for each in sockets):
        if daemon.poll() is not None:
            reason = f"it ended with status {daemon.returncode} while starting"
            raise PeerError(reason)
        if time.monotonic() > until:
            reason = f"it was not ready after {PATIENCE_S:.0f} seconds"
            raise PeerError(reason)
        time.sleep(_LOOK_AGAIN_S)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as tried:
        try:
            tried.connect(str(path))
        except OSError:
            return False
    return True


class UnixHTTPConnection(HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: Path) -> None:
        """Take where the socket is."""
        super().__init__("localhost", timeout=PATIENCE_S)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def children_of(number: int) -> list[int]:
    """Return the numbers of the processes that a process started."""
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _fields(int(entry.name))[_PARENT:][:1] == [number]
    ]


def seconds_of(number: int) -> float:
    """Return the processor time of a process so far."""
    ticks = sum(_fields(number)[_TIMES])
    return ticks / os.sysconf("SC_CLK_TCK")


def _fields(number: int) -> list[int]:
    try:
        text = Path(f"/proc/{number}/stat").read_text("utf-8", "replace")
    except OSError:  # it has ended meanwhile
        return []
    _, *rest = text.rpartition(")")[2].split()
    return [0, *(int(each) for each in rest)]
