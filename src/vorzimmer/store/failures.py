"""What the database says when it fails, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from vorzimmer.errors import StoreError
from vorzimmer.model import Sentence, say

_ANOTHER_PROGRAM = say(
    "Another program is writing to the database. Wait until it is done, or close it,"
    " and try again."
)
_ANOTHER_PART = say(
    "Another part of the program is writing to the database. Try again in a moment."
)

# By the beginning of SQLite's name of the failure; the first that fits holds.
# Source: https://www.sqlite.org/rescode.html
_SQLITE = {
    "SQLITE_NOTADB": say(
        "This is not a database of Vorzimmer, or it is damaged. Put your last backup in"
        " its place, or choose another place with the setting database."
    ),
    "SQLITE_CORRUPT": say(
        "The database is damaged. Put your last backup in its place, or move the file"
        " away and import your archive again."
    ),
    "SQLITE_FULL": say(
        "The disk is full. Nothing of this step was kept; all that was there before is"
        " safe. Make room and try again."
    ),
    "SQLITE_BUSY": _ANOTHER_PROGRAM,
    "SQLITE_LOCKED": _ANOTHER_PART,
    "SQLITE_READONLY": say(
        "The database cannot be written to. Give yourself the right to write to the"
        " file and its folder, or choose another place with the setting database."
    ),
    "SQLITE_CANTOPEN": say(
        "The database cannot be opened. Check that you may read and write the file and"
        " its folder, or choose another place with the setting database."
    ),
    "SQLITE_PERM": say(
        "The database cannot be opened. Give yourself the right to read and write it,"
        " or choose another place with the setting database."
    ),
    "SQLITE_IOERR": say(
        "The disk could not be read or written. Check that it is connected, has room"
        " and is sound, and try again."
    ),
}

# By the beginning of PostgreSQL's error code.
# Source: PostgreSQL documentation, appendix A, error codes
_POSTGRESQL = {
    "28": say(
        "The database server refuses this name and password. Check the setting"
        " database."
    ),
    "3D": say(
        "The database server has no such database. Create it, or check the setting"
        " database."
    ),
    "42501": say("This user may not write to the database. Ask who runs the server."),
    "53100": say(
        "The disk of the database server is full. Nothing of this step was kept; all"
        " that was there before is safe. Ask who runs the server."
    ),
    "53": say("The database server is too busy. Try again in a moment."),
    "40": say("Two changes met in the database. Try again."),
    "55P03": _ANOTHER_PROGRAM,
    "57": say("The database server is stopping or starting. Try again in a moment."),
    "08": say("The connection to the database server broke. Try again."),
    "XX": say("The database is damaged. Ask who runs the server."),
}
_NO_ANSWER = say(
    "The database server does not answer, or refuses this name, password or database."
    " Check that it runs and that the setting database is right."
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
        raise StoreError(sentence, place=place) from error
    except PoolTimeoutError as error:
        raise StoreError(_ANOTHER_PART, place=place) from error


def _sentence(error: DBAPIError) -> Sentence | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return _first(_SQLITE, name)
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        return _first(_POSTGRESQL, code)
    is_postgresql = type(error.orig).__module__.startswith("psycopg")
    is_connecting = type(error.orig).__name__ == "OperationalError"
    return _NO_ANSWER if is_postgresql and is_connecting else None


def _first(sentences: dict[str, Sentence], name: str) -> Sentence | None:
    fitting = (each for start, each in sentences.items() if name.startswith(start))
    return next(fitting, None)
