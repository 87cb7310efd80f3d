"""A real PostgreSQL on this machine, for tests: a cluster of its own, on a socket."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

_ENVIRONMENT = "VORZIMMER_TEST_POSTGRESQL"
# Where Debian keeps the programs of a server.
_DEBIAN = "/usr/lib/postgresql"
# It runs as nobody's superuser, and refuses to run as root.
_ACCOUNT = "postgres"
# Nothing here outlives the tests, so nothing need reach the disk.
_SETTINGS = "-c fsync=off -c listen_addresses='' -c max_connections=20"
_PATIENCE_S = 60


@cache
def address() -> str:
    """Return the address of an empty database, starting a server if need be.

    Skips the test where there is none: ``VORZIMMER_TEST_POSTGRESQL`` names one that
    runs already.
    """
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    return os.environ.get(_ENVIRONMENT) or _started()


def _started() -> str:
    programs = _programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="vorzimmer-postgresql-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.geteuid() == 0:
        shutil.chown(folder, _ACCOUNT, _ACCOUNT)
    data = folder / "data"
    _run(programs / "initdb", "-D", data, "-A", "trust", "-U", "vorzimmer", "-N")
    control = programs / "pg_ctl"
    options = f"{_SETTINGS} -k {folder}"
    _run(control, "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    atexit.register(_run, control, "-D", data, "-m", "immediate", "-w", "stop")
    return f"postgresql+psycopg://vorzimmer@/postgres?host={folder}"


def _programs() -> Path | None:
    """Return the folder of the server's programs, the newest; ``None`` if none is."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(
        Path(_DEBIAN).glob("*/bin/initdb"), key=lambda each: float(each.parts[-3])
    )
    return found[-1].parent if found else None


def _run(*command: str | Path) -> None:
    account = _ACCOUNT if os.geteuid() == 0 else None
    done = subprocess.run(  # noqa: S603 - the server's own programs
        command,
        user=account,
        group=account,
        extra_groups=None if account is None else [],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=_PATIENCE_S,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"PostgreSQL did not start; it says: {done.stderr.decode()}")
