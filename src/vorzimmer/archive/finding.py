"""Finds out which files of a source are of a form, by name and by first bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vorzimmer.archive import Archive, ArchiveFile, opened
from vorzimmer.errors import SourceError
from vorzimmer.model import Sentence

# Nobody keeps more address books; it bounds the bytes that are looked at.
_MOST_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file, such as vCard.

    Attributes:
        is_of_form: Decides by the first bytes.
        suffixes: Only files with one of these are looked at, where there are several.
        missing: Said of a source that holds none.
        mend: How to get one.
    """

    is_of_form: Callable[[bytes], bool]
    suffixes: frozenset[str]
    missing: Sentence
    mend: Sentence

    def is_in(self, source: Path) -> bool:
        """Return whether a source holds such a file; one that cannot be read, not."""
        try:
            with opened(source, is_plain=True) as archive:
                return bool(self._files(archive))
        except SourceError:
            return False

    def files(self, source: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the name and the bytes of each such file.

        Args:
            source: File, folder or ZIP archive; a single file is looked at whatever its
                name.

        Raises:
            SourceError: Nothing can be read: it is not there, damaged, beyond the
                limits, or holds no such file.
        """
        with opened(source, is_plain=True) as archive:
            files = self._files(archive)
            if not files:
                raise SourceError(source, self.missing, self.mend)
            for file in files:
                yield file.name, archive.chunks(file)

    def _files(self, archive: Archive) -> list[ArchiveFile]:
        files = archive.files
        if len(files) > 1:
            files = tuple(
                each for each in files if suffix_of(each.name) in self.suffixes
            )
        return [
            each
            for each in files[:_MOST_LOOKED_AT]
            if self.is_of_form(archive.head(each))
        ]


def suffix_of(name: str) -> str:
    """Return what follows the last full stop of a name, lower-case, with it."""
    _, stop, suffix = name.rpartition(".")
    return f".{suffix.casefold()}" if stop else ""
