"""What the database says when it fails, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from vorzimmer.errors import StoreError

_ELSEWHERE = "or choose another place with the setting database"

# By the beginning of SQLite's name of the failure; the first that fits holds.
# Source: https://www.sqlite.org/rescode.html
_SQLITE = {
    "SQLITE_NOTADB": "This is not a database of Vorzimmer, or it is damaged. Put "
    f"your last backup in its place, {_ELSEWHERE}.",
    "SQLITE_CORRUPT": "The database is damaged. Put your last backup in its place, "
    "or move the file away and import your archive again.",
    "SQLITE_FULL": "The disk is full. Nothing of this step was kept; all that was "
    "there before is safe. Make room and try again.",
    "SQLITE_BUSY": "Another program is writing to the database. Wait until it is "
    "done, or close it, and try again.",
    "SQLITE_LOCKED": "Another part of the program is writing to the database. Try "
    "again in a moment.",
    "SQLITE_READONLY": "The database cannot be written to. Give yourself the right "
    f"to write to the file and its folder, {_ELSEWHERE}.",
    "SQLITE_CANTOPEN": "The database cannot be opened. Check that you may read and "
    f"write the file and its folder, {_ELSEWHERE}.",
    "SQLITE_PERM": "The database cannot be opened. Give yourself the right to read "
    f"and write it, {_ELSEWHERE}.",
    "SQLITE_IOERR": "The disk could not be read or written. Check that it is "
    "connected, has room and is sound, and try again.",
}

# By the beginning of PostgreSQL's error code.
# Source: PostgreSQL documentation, appendix A, error codes
_POSTGRESQL = {
    "28": "The database server refuses this name and password. Check the setting "
    "database.",
    "3D": "The database server has no such database. Create it, or check the setting "
    "database.",
    "42501": "This user may not write to the database. Ask who runs the server.",
    "53100": "The disk of the database server is full. Nothing of this step was "
    "kept; all that was there before is safe.",
    "53": "The database server is too busy. Try again in a moment.",
    "40": "Two changes met in the database. Try again.",
    "55P03": "Another program is writing to the database. Try again in a moment.",
    "57": "The database server is stopping or starting. Try again in a moment.",
    "08": "The connection to the database server broke. Try again.",
    "XX": "The database is damaged. Ask who runs the server.",
}
_NO_ANSWER = (
    "The database server does not answer, or refuses this name, password or database. "
    "Check that it runs and that the setting database is right."
)


@contextmanager
def failures_told(place: str) -> Iterator[None]:
    """Turn what can happen to any database into ``StoreError``.

    A mistake in our own queries is none of that and stays what it is.
    """
    try:
        yield
    except DBAPIError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        message = f"{place}: {sentence}"
        raise StoreError(message) from error
    except PoolTimeoutError as error:
        message = f"{place}: {_SQLITE['SQLITE_LOCKED']}"
        raise StoreError(message) from error


def _sentence(error: DBAPIError) -> str | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return _first(_SQLITE, name)
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        return _first(_POSTGRESQL, code)
    is_postgresql = type(error.orig).__module__.startswith("psycopg")
    is_connecting = type(error.orig).__name__ == "OperationalError"
    return _NO_ANSWER if is_postgresql and is_connecting else None


def _first(sentences: dict[str, str], name: str) -> str | None:
    fitting = (text for start, text in sentences.items() if name.startswith(start))
    return next(fitting, None)
