"""The sources that can be read: one module each, with ``read(source)``.

``read`` yields one item a row, ``Skipped`` for a row that cannot be read, and a
``FileRead`` after each file; it raises ``SourceError`` when nothing can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from vorzimmer.importers import linkedin_archive, mail_files
from vorzimmer.items import Item

SOURCES: Mapping[str, Callable[[Path], Iterator[Item]]] = {
    "linkedin_archive": linkedin_archive.read,
    "mail_files": mail_files.read,
}
