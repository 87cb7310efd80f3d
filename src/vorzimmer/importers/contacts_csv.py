"""Reads address books as tables (.csv): of Google, Outlook and Thunderbird.

Columns are known by their headings, in English and German, as Google writes them today
and wrote them until 2024, and as Outlook writes them on the web and on the desk;
divided by commas, semicolons or tabs; in UTF-8 or in the code page of Windows. Kept are
name, employer, job, e-mail addresses, and the profiles on LinkedIn and XING. What
Google collected by itself (“Other contacts”) counts little.

Source:
    Headings as seen in public importers and exports; the German ones of Outlook and
    Thunderbird as their own pages show them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vorzimmer.addressbook.addresses import (
    email_of,
    is_automatic,
    profile_url_of,
    word_of,
)
from vorzimmer.addressbook.lines import text_of
from vorzimmer.archive.finding import Form
from vorzimmer.archive.tables import DELIMITERS, Table
from vorzimmer.errors import SourceError
from vorzimmer.items import FileRead, ImportedContact, Item
from vorzimmer.model import Person, Skipped, say
from vorzimmer.source import Source, Takes

_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
_MOST_ADDRESSES = 20
_SEVERAL = " ::: "  # between several values in one cell of Google's
_BLANKS = re.compile(r"[\s_]+")
_DASHES = re.compile(r"[‐‑‒–—]")
_EMAIL = re.compile(r"e-?mail")
# In headings that speak of an address without being one.
_NOT_EMAIL = re.compile(r"type|typ\b|label|bezeichnung|display|anzeige|angezeigt|name")
_LINK = re.compile(
    r"(?:web ?page|web ?site|webseite|internetseite|homepage|url|profil)"
    r"(?: \d+)?(?: - (?:value|wert)| (?:address|adresse))?"
)
_FIRST = {"first name", "given name", "vorname"}
_MIDDLE = {"middle name", "additional name", "weitere vornamen", "2. vorname"}
_LAST = {"last name", "family name", "nachname", "familienname", "name (nachname)"}
_FULL = {"name", "display name", "full name", "anzeigename", "vollständiger name"}
_COMPANY = {"company", "firma", "unternehmen", "organization", "organisation"} | {
    "organization name", "organization 1 - name", "name der organisation",
    "organisation 1 - name",
}  # fmt: skip
_POSITION = {"job title", "position", "organization title", "berufsbezeichnung"} | {
    "organization 1 - title", "titel der organisation", "organisation 1 - titel",
}  # fmt: skip
_LABELS = {"labels", "group membership", "gruppenmitgliedschaft", "kategorien"}
# A table of LinkedIn's, whose importer knows more about it.
_LINKEDIN = {"connected on", "verbunden am", "firstname", "inviterprofileurl"}
_COLLECTED = re.compile(
    r"other contacts|weitere kontakte|andere kontakte", re.IGNORECASE
)

_NOBODY = say("This row has neither a name nor an e-mail address.")
_NO_TABLE = say("There is no table of contacts in it whose headings we know.")
_EXPORT = say(
    "Export your contacts again, as “Google CSV”, “Outlook CSV” or vCard, and give that"
    " file."
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cells of a row hold what."""

    first: tuple[int, ...]
    middle: tuple[int, ...]
    last: tuple[int, ...]
    full: tuple[int, ...]
    company: tuple[int, ...]
    position: tuple[int, ...]
    emails: tuple[int, ...]
    links: tuple[int, ...]
    labels: tuple[int, ...]


def fits(source: Path) -> bool:
    """Return whether there is a table of contacts at this place."""
    return _FORM.is_in(source)


def read(source: Path) -> Iterator[Item]:
    """Yield one item, or one ``Skipped``, for each row.

    Args:
        source: File, folder or ZIP archive.

    Raises:
        SourceError: Nothing can be read: it is not there, damaged, beyond the limits,
            or holds no table whose headings are known.
    """
    for file, chunks in _FORM.files(source):
        yield from contacts_of(file, chunks)


def _is_contacts(head: bytes) -> bool:
    for line in text_of(head.removeprefix(b"\xef\xbb\xbf")).splitlines()[:3]:
        for delimiter in DELIMITERS:
            if is_header([cell.strip('" ') for cell in line.split(delimiter)]):
                return True
    return False


_FORM = Form(_is_contacts, _SUFFIXES, missing=_NO_TABLE, mend=_EXPORT)


def is_header(cells: Sequence[str]) -> bool:
    """Return whether these are the headings of a table of contacts."""
    names = {_heading(cell) for cell in cells}
    has_name = not names.isdisjoint(_FIRST | _LAST | _FULL)
    return has_name and any(map(_is_email, names)) and names.isdisjoint(_LINKEDIN)


def contacts_of(file: str, chunks: Iterable[bytes]) -> Iterator[Item]:
    """Yield the contact of each row of one file, and at the end that it was read.

    Args:
        file: What to call it in what is told.
        chunks: Its bytes.

    Raises:
        SourceError: It is beyond the limits of a table.
    """
    table = Table(file, chunks, is_header=is_header)
    if not table.header:
        raise SourceError(file, _NO_TABLE, _EXPORT)
    columns = _columns(table.header)
    count = 0
    for row in table:
        if isinstance(row, Skipped):
            count += row.line > 0
            yield row
            continue
        count += 1
        line, cells = row
        yield _contact(cells, columns) or Skipped(file, line, _NOBODY)
    yield FileRead(file, count)


def _heading(cell: str) -> str:
    plain = _DASHES.sub("-", cell.lstrip("\ufeff").strip(' "'))
    return _BLANKS.sub(" ", plain).casefold()


def _is_email(heading: str) -> bool:
    return bool(_EMAIL.search(heading)) and not _NOT_EMAIL.search(heading)


def _columns(header: Sequence[str]) -> _Columns:
    headings = [_heading(cell) for cell in header]

    def named(names: set[str]) -> tuple[int, ...]:
        return tuple(at for at, each in enumerate(headings) if each in names)

    return _Columns(
        first=named(_FIRST),
        middle=named(_MIDDLE),
        last=named(_LAST),
        full=named(_FULL),
        company=named(_COMPANY),
        position=named(_POSITION),
        emails=tuple(at for at, each in enumerate(headings) if _is_email(each)),
        links=tuple(at for at, each in enumerate(headings) if _LINK.fullmatch(each)),
        labels=named(_LABELS),
    )


def _contact(cells: Sequence[str], columns: _Columns) -> ImportedContact | None:
    names = (*columns.first[:1], *columns.middle[:1], *columns.last[:1])
    name = word_of(" ".join(cells[at] for at in names)) or _first(cells, columns.full)
    company = _first(cells, columns.company)
    found = (email_of(each) for each in _values(cells, columns.emails))
    emails = tuple(
        dict.fromkeys(each for each in found if each and not is_automatic(each))
    )
    linked = (profile_url_of(each) for each in _values(cells, columns.links))
    urls = tuple(dict.fromkeys(each for each in linked if each))
    if email_of(name) or (name and name == company):
        name = ""
    if not name and not emails and not urls:
        return None
    person = Person(
        name=name or None,
        company=company or None,
        position=_first(cells, columns.position) or None,
        email=emails[0] if emails else None,
        profile_url=urls[0] if urls else None,
    )
    labels = " ".join(cells[at] for at in columns.labels)
    return ImportedContact(
        person=person,
        emails=emails,
        profile_urls=urls,
        is_collected=bool(_COLLECTED.search(labels))
        and "mycontacts" not in (labels.casefold()),
    )


def _first(cells: Sequence[str], columns: Sequence[int]) -> str:
    return next((word for at in columns if (word := word_of(cells[at]))), "")


def _values(cells: Sequence[str], columns: Sequence[int]) -> list[str]:
    values = [each for at in columns if cells[at] for each in cells[at].split(_SEVERAL)]
    return [each.strip() for each in values[:_MOST_ADDRESSES]]


SOURCE = Source(
    name="contacts_csv",
    title=say("Address book (table)"),
    brings=(say("Whom you know from elsewhere: name, employer, mail address."),),
    steps=(
        say("Google: contacts.google.com, “Export”, “Google CSV”."),
        say(
            "Outlook on the web: “People”, “Manage contacts”, “Export contacts”,"
            " “All contacts”, “Export”."
        ),
        say(
            "Outlook for Windows: “File”, “Open & Export”, “Import/Export”, “Export to"
            " a file”, “Comma Separated Values”, “Contacts”."
        ),
    ),
    takes=(Takes.FILE, Takes.FOLDER),
    endings=(".csv",),
    command="vorzimmer import contacts.csv",
)
