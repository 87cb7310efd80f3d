"""Finds out which files of a source are of a form, by name and by first bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vorzimmer.archive import Archive, ArchiveFile, opened
from vorzimmer.errors import SourceError

# Nobody keeps more address books; it bounds the bytes that are looked at.
_MOST_LOOKED_AT = 500

IsOfForm = Callable[[str, bytes], bool]
"""Whether a file is of a form: its suffix, lower-case, and its first bytes."""


def files_of_form(
    archive: Archive, is_of_form: IsOfForm, *, suffixes: frozenset[str]
) -> list[ArchiveFile]:
    """Return the files of a form; a single file is looked at whatever its name.

    Args:
        archive: Where to look.
        is_of_form: Decides by the first bytes.
        suffixes: Only files with one of these are looked at, where there are several.
    """
    files = archive.files
    if len(files) > 1:
        files = tuple(each for each in files if suffix_of(each.name) in suffixes)
    return [
        each
        for each in files[:_MOST_LOOKED_AT]
        if is_of_form(suffix_of(each.name), archive.head(each))
    ]


def suffix_of(name: str) -> str:
    """Return what follows the last full stop of a name, lower-case, with it."""
    _, stop, suffix = name.rpartition(".")
    return f".{suffix.casefold()}" if stop else ""


def has_form(source: Path, is_of_form: IsOfForm, *, suffixes: frozenset[str]) -> bool:
    """Return whether a source holds a file of a form; one that cannot be read, not."""
    try:
        with opened(source, is_plain=True) as archive:
            return bool(files_of_form(archive, is_of_form, suffixes=suffixes))
    except SourceError:
        return False
