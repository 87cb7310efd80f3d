"""The sources that can be read: one module each, with ``read(source)``.

``read`` yields one item a row, ``Skipped`` for a row that cannot be read, and a
``FileRead`` after each file; it raises ``SourceError`` when nothing can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from vorzimmer.importers import (
    calendar,
    contacts_csv,
    linkedin_archive,
    mail_files,
    sent_mail,
    vcard,
)
from vorzimmer.items import FileRead, Item

SOURCES: Mapping[str, Callable[[Path], Iterator[Item]]] = {
    "linkedin_archive": linkedin_archive.read,
    "vcard": vcard.read,
    "contacts_csv": contacts_csv.read,
    "calendar": calendar.read,
    "sent_mail": sent_mail.read,
    "mail_files": mail_files.read,
}

_FITS: Mapping[str, Callable[[Path], bool]] = {
    "vcard": vcard.fits,
    "contacts_csv": contacts_csv.fits,
    "calendar": calendar.fits,
    "sent_mail": sent_mail.fits,
    "mail_files": mail_files.fits,
}
# Whose importer says best what is wrong with a file of this name.
_ENDINGS: Mapping[str, str] = {
    ".vcf": "vcard",
    ".vcard": "vcard",
    ".ics": "calendar",
    ".ical": "calendar",
    **dict.fromkeys(mail_files.ENDINGS, "mail_files"),
}
_USUAL = "linkedin_archive"


def sources_of(source: Path) -> tuple[str, ...]:
    """Return which sources a file or folder holds, by content and then by name.

    A mailbox may hold what the member sent and what the networks wrote, so both are
    looked for. What fits nowhere counts as an archive, whose importer says what is
    wrong with it.
    """
    found = {name for name, fits in _FITS.items() if fits(source)}
    if "sent_mail" in found:
        found.add("mail_files")
    named = (_ENDINGS.get(source.suffix.casefold(), _USUAL),)
    return tuple(name for name in SOURCES if name in found) or named


def read_files(source: Path, *, trusted: Collection[str] = ()) -> Iterator[Item]:
    """Yield what a file or folder holds, all sources one after the other.

    Args:
        source: As for ``sources_of``.
        trusted: Names under which the member's mailbox provider writes its results.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    names = sources_of(source)
    for name in names:
        if name == "mail_files":
            yield from mail_files.read(source, trusted=trusted)
        elif name == "sent_mail":
            # The same mails come again, to be looked at once more; they count once.
            for item in sent_mail.read(source):
                if not isinstance(item, FileRead):
                    yield item
        else:
            yield from SOURCES[name](source)
