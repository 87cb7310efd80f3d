"""The sources that can be read: one module each, with ``read`` and its ``SOURCE``.

``read`` yields one item a row, ``Skipped`` for a row that cannot be read, and a
``FileRead`` after each file; it raises ``SourceError`` when nothing can be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from vorzimmer.items import Cursor, FileRead, Item
from vorzimmer.source import Source

SOURCES = (
    "linkedin_archive",
    "vcard",
    "contacts_csv",
    "calendar",
    "sent_mail",
    "mail_files",
)
"""The importers of files and folders; each module is loaded when it is needed."""

_USUAL = "linkedin_archive"
# Whose importer says best what is wrong with a file of this name.
_ENDINGS: Mapping[str, str] = {
    ".vcf": "vcard",
    ".vcard": "vcard",
    ".ics": "calendar",
    ".ical": "calendar",
}
# What a member of a network reads first, as pages list it; the rest follows by name.
_FIRST = ("linkedin_archive", "portability", "imap", "mail_files", "vcard")


def _importer(name: str) -> Any:  # noqa: ANN401 - one of the modules here
    return import_module(f"{__name__}.{name}")


@cache
def source_named(name: str) -> Source | None:
    """Return the source that an importer declares; ``None`` where there is none.

    Only its own module is loaded: what speaks over the network takes its time.
    """
    if name not in _module_names():
        return None
    declared: Source | None = getattr(_importer(name), "SOURCE", None)
    return declared


@cache
def all_sources() -> Mapping[str, Source]:
    """Return all sources that importers declare, by name, the usual ones first."""
    names = _module_names()
    order = [*(each for each in _FIRST if each in names), *sorted(names - {*_FIRST})]
    found = ((name, source_named(name)) for name in order)
    return {name: source for name, source in found if source is not None}


@cache
def _module_names() -> frozenset[str]:
    return frozenset(each.name for each in iter_modules(__path__))


def sources_of(source: Path) -> tuple[str, ...]:
    """Return which sources a file or folder holds, by content and then by name.

    A mailbox may hold what the member sent and what the networks wrote, so both are
    looked for. What fits nowhere counts as an archive, whose importer says what is
    wrong with it.
    """
    found = {
        name for name in SOURCES if name != _USUAL and _importer(name).fits(source)
    }
    if "sent_mail" in found:
        found.add("mail_files")
    return tuple(name for name in SOURCES if name in found) or (_named(source),)


def _named(source: Path) -> str:
    """Return the importer that reads files of this name."""
    ending = source.suffix.casefold()
    if ending in _importer("mail_files").ENDINGS:
        return "mail_files"
    return _ENDINGS.get(ending, _USUAL)


def read_files(
    source: Path,
    *,
    trusted: Collection[str] = (),
    names: Sequence[str] | None = None,
    cursor: str = "",
) -> Iterator[Item]:
    """Yield what a file or folder holds, all sources one after the other.

    Args:
        source: As for ``sources_of``.
        trusted: Names under which the member's mailbox provider writes its results.
        names: As ``sources_of`` gave them; ``None`` asks it.
        cursor: The last ``Cursor`` of a reading that was interrupted; ``""`` reads
            from the start.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    names = names or sources_of(source)
    first, _, passed = cursor.partition(" ")
    for number, name in enumerate(names):
        if first in names[number + 1 :]:
            continue  # it was read to its end
        if number and name != first:
            yield Cursor(f"{name} 0")
        start = int(passed) if name == first else 0
        for item in _read_as(name, source, trusted, start):
            if isinstance(item, Cursor):
                yield Cursor(f"{name} {item.value}")
            else:
                yield item


def _read_as(
    name: str, source: Path, trusted: Collection[str], passed: int
) -> Iterator[Item]:
    if name == "mail_files":
        yield from _importer(name).read(source, trusted=trusted, passed=passed)
    elif name == "sent_mail":
        # The same mails come again, to be looked at once more; they count once.
        for item in _importer(name).read(source, passed=passed):
            if not isinstance(item, FileRead):
                yield item
    else:
        yield from _importer(name).read(source)
