"""Tells by name which files hold rows of requests: one file, or a folder of parts.

Programs that write many rows leave a folder: a file a day, or one table in parts.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from vorzimmer.model import Sentence, say
from vorzimmer.packed import suffix_of

LINES = frozenset({".jsonl", ".ndjson", ".json"})
"""How files of JSON lines end, once they are unpacked."""
PARQUET = ".parquet"
# Names of what such programs lay beside their parts: ``_SUCCESS``, ``.part-0.crc``.
_NO_PART = (".", "_")


def has_rows(name: str) -> bool:
    """Return whether a file of this name holds rows, packed or not."""
    file = PurePath(name)
    return is_parquet(file) or suffix_of(file) in LINES


def is_parquet(file: PurePath) -> bool:
    """Return whether a file of this name is Parquet."""
    return file.suffix.casefold() == PARQUET


def row_files(source: Path) -> tuple[Path, ...]:
    """Return the files of rows that a source is; none where it is anything else.

    A folder is one where it holds such files and nothing besides, in the order of
    their names; of any other, its importer says what is wrong with it.
    """
    parts: list[Path] = []
    try:
        with os.scandir(source) as entries:
            for each in entries:
                if each.name.startswith(_NO_PART):
                    continue
                if not (has_rows(each.name) and each.is_file()):
                    return ()
                parts.append(Path(each.path))
    except (OSError, ValueError):  # a file, or what will not be opened either
        return (source,) if has_rows(source.name) else ()
    return tuple(sorted(parts))


def no_rows(name: str) -> Sentence:
    """Return what to tell of a source without a single row, which is no error.

    Args:
        name: What to call the source.
    """
    return say("{file}: there is not one row in it. Check what wrote it.", file=name)
