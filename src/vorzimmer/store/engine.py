"""Connections to SQLite and PostgreSQL: all in which the two differ, but upserts."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError

from vorzimmer.errors import StoreError
from vorzimmer.model import say

_OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR
_READING = "vorzimmer_reading"
_MIGRATING = 0x766F727A  # any number, the same in all versions: "vorz"
_DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg"}


def url_of(database: str) -> URL:
    """Return the address of a database, given as a URL or as a path of a file.

    Raises:
        StoreError: It is an address, but of no database that is known here.
    """
    if "://" not in database:
        return URL.create("sqlite", database=database)
    try:
        url = make_url(database)
        known = _DRIVERS.get(url.get_backend_name()) == url.get_driver_name()
    except (ArgumentError, ImportError, ValueError):
        known = False
        url = URL.create("sqlite")
    if not known or (url.database or "").startswith("file:"):
        problem = say("The setting database names no database that Vorzimmer knows.")
        mend = say("Write a path, sqlite:///path or postgresql://user@host/name.")
        raise StoreError(problem, mend)
    return url


def place_of(url: URL) -> str:
    """Return how to call the database in a sentence; without any password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "The database in memory"
    return url.render_as_string(hide_password=True)


def engine_for(url: URL, *, busy_timeout_s: float) -> Engine:
    """Return the engine of a database; nothing is opened yet.

    Args:
        url: Where it is.
        busy_timeout_s: How long to wait for another program that writes.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, busy_timeout_s)
    try:
        return create_engine(url, pool_pre_ping=True)
    except ImportError as error:
        problem = say(
            "PostgreSQL needs the package psycopg. Install it, for instance with:"
            " {line}",
            line="pip install 'psycopg[binary]'",
        )
        raise StoreError(problem) from error


def prepare_file(url: URL) -> None:
    """Make the file of an SQLite database, and its folder, for the owner alone."""
    if url.get_backend_name() != "sqlite" or _is_in_memory(url):
        return
    path = Path(str(url.database))
    try:
        for folder in reversed(path.parents):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        _for_owner_alone(path)
    except OSError as error:
        problem = say(
            "The database cannot be created or opened here; the system says: {why}."
            " Give yourself the right to write there, or choose another place with the"
            " setting database.",
            why=error.strerror or str(error),
        )
        raise StoreError(problem, place=str(path)) from error


def _for_owner_alone(path: Path) -> None:
    # A database that is there must not be opened and closed beside SQLite: closing
    # drops the locks of the whole process (sqlite.org/howtocorrupt.html, 2.2).
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        if each.is_file() and stat.S_IMODE(each.stat().st_mode) & 0o077:
            each.chmod(_OWNER_ONLY)


def files_of(url: URL) -> list[Path]:
    """Return the files of a database that are there; none of one on a server."""
    if url.get_backend_name() != "sqlite" or _is_in_memory(url):
        return []
    path = str(url.database)
    names = (path, f"{path}-wal", f"{path}-shm", f"{path}-journal")
    return [Path(each) for each in names if Path(each).is_file()]


def remove_files(url: URL) -> None:
    """Remove the files of a database that nobody has open.

    Raises:
        StoreError: The system does not allow it.
    """
    for each in files_of(url):
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            problem = say(
                "Everything in it is erased, but the file itself cannot be removed; the"
                " system says: {why}. Remove it by hand.",
                why=error.strerror or str(error),
            )
            raise StoreError(problem, place=str(each)) from error


def sweep(engine: Engine) -> bool:
    """Rewrite an SQLite database without what was erased; return whether it is done.

    Erased rows may still stand in the log that SQLite writes ahead, and in pages that
    are not in use: the log is written back, the file written anew, the log emptied.
    """
    if engine.url.get_backend_name() != "sqlite":
        return False
    raw = engine.raw_connection()
    try:
        run = raw.cursor()
        run.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        run.fetchall()
        run.execute("VACUUM")
        run.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = run.fetchall()
        return not rows or not rows[0][0]
    finally:
        raw.close()


def _is_in_memory(url: URL) -> bool:
    return url.database in {None, "", ":memory:"}


def _sqlite_engine(url: URL, busy_timeout_s: float) -> Engine:
    options: dict[str, Any] = {"connect_args": {"timeout": busy_timeout_s}}
    if _is_in_memory(url):
        # One connection, taken in turns: a second one would be another database.
        options["connect_args"]["check_same_thread"] = False
        options |= {
            "poolclass": QueuePool,
            "pool_size": 1,
            "max_overflow": 0,
            "pool_timeout": busy_timeout_s,
        }
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Python would begin transactions by itself, too late and never for reading.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = NORMAL")
    # What is deleted is overwritten; else its bytes would stay until others need room.
    connection.execute("PRAGMA secure_delete = ON")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "delete":
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its turn at once: one that reads first and
    # writes later would be refused when another has written in between.
    is_reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def for_reading(connection: Connection) -> Connection:
    """Return the connection set to read one unchanging state, without waiting."""
    if connection.dialect.name == "sqlite":
        return connection.execution_options(**{_READING: True})
    return connection.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def take_turn_to_migrate(connection: Connection) -> None:
    """Wait until no other program migrates this database.

    SQLite's transaction for writing has taken its turn already.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
