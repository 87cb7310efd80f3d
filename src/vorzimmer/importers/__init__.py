"""The sources that can be read: one module each, with ``read(source)``.

``read`` yields one item a row, ``Skipped`` for a row that cannot be read, and a
``FileRead`` after each file; it raises ``SourceError`` when nothing can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from vorzimmer.importers import (
    calendar,
    contacts_csv,
    linkedin_archive,
    sent_mail,
    vcard,
)
from vorzimmer.items import Item

SOURCES: Mapping[str, Callable[[Path], Iterator[Item]]] = {
    "linkedin_archive": linkedin_archive.read,
    "vcard": vcard.read,
    "contacts_csv": contacts_csv.read,
    "calendar": calendar.read,
    "sent_mail": sent_mail.read,
}

_FITS: Mapping[str, Callable[[Path], bool]] = {
    "vcard": vcard.fits,
    "contacts_csv": contacts_csv.fits,
    "calendar": calendar.fits,
    "sent_mail": sent_mail.fits,
}
# Whose importer says best what is wrong with a file of this name.
_ENDINGS: Mapping[str, str] = {
    ".vcf": "vcard",
    ".vcard": "vcard",
    ".ics": "calendar",
    ".ical": "calendar",
    ".mbox": "sent_mail",
    ".mbx": "sent_mail",
}
_USUAL = "linkedin_archive"


def sources_of(source: Path) -> tuple[str, ...]:
    """Return which sources a file or folder holds, by content and then by name.

    What fits nowhere counts as an archive, whose importer says what is wrong with it.
    """
    found = tuple(name for name, fits in _FITS.items() if fits(source))
    return found or (_ENDINGS.get(source.suffix.casefold(), _USUAL),)
