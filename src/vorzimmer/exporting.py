"""Everything that the desk holds, in one ZIP file: a page of JSON lines each table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from vorzimmer.errors import SourceError, WritingError
from vorzimmer.model import say
from vorzimmer.retention import FADING_KEY
from vorzimmer.store import Reading

_README = """Vorzimmer: everything that this desk holds

Exported on {day}. One file each table, one JSON object a line, UTF-8.
Times are UTC. null is: not known. What the tables mean stands in
docs/reference/schema.md of Vorzimmer.

Vorzimmer: alles, was dieser Schreibtisch enthält

Exportiert am {day}. Eine Datei je Tabelle, ein JSON-Objekt je Zeile, UTF-8.
Zeiten sind UTC. null heißt: nicht bekannt.

{tables}
Not in it: the key of the hashes in faded.jsonl, passwords and tokens (they lie in your
system's keyring), settings and policies of your own (they are files already).
"""


def write_export(file: Path, reading: Reading, *, now: datetime) -> dict[str, int]:
    """Write everything into a new ZIP file; return how many rows of each table.

    Args:
        file: Where; it must not be there yet. Only the owner can read it.
        reading: What is held.
        now: Stands in the readme.

    Raises:
        SourceError: The file is there already.
        WritingError: It cannot be written; what was begun is removed.
    """
    counts: dict[str, int] = {}
    with _new_file(file) as stream, ZipFile(stream, "w", ZIP_DEFLATED) as whole:
        for table in reading.counts():
            with whole.open(f"{table}.jsonl", "w", force_zip64=True) as out:
                counts[table] = 0
                for row in reading.rows_of(table):
                    if row.get("name") != FADING_KEY:
                        out.write(_line(row))
                        counts[table] += 1
        listed = "".join(f"{name}.jsonl  {count}\n" for name, count in counts.items())
        text = _README.format(day=now.date().isoformat(), tables=listed)
        whole.writestr("README.txt", text)
    return counts


def _line(row: dict[str, Any]) -> bytes:
    return msgspec.json.encode(row) + b"\n"


@contextmanager
def _new_file(file: Path) -> Iterator[IO[bytes]]:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        problem = say("This file is there already; nothing was written.")
        raise SourceError(file, problem, say("Choose another name.")) from error
    except OSError as error:
        raise WritingError(error, file) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
    except OSError as error:
        file.unlink(missing_ok=True)
        raise WritingError(error, file) from error
    except BaseException:
        file.unlink(missing_ok=True)
        raise
