"""Reads address books as vCards (.vcf): of Apple, Google, Outlook, Thunderbird, phones.

Versions 2.1, 3.0 and 4.0, many cards a file, one file, a folder or a ZIP archive of
them. Kept are name, employer, job, e-mail addresses, and the profiles on LinkedIn and
XING; not telephone, postal address, birthday, picture or note. Groups are left out.

Source:
    RFC 6350 (4.0), RFC 2426 (3.0), vCard 2.1 (versit); ``X-SOCIALPROFILE`` and
    ``X-ABShowAs`` as Apple writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vorzimmer.addressbook.addresses import (
    email_of,
    is_automatic,
    profile_url_of,
    word_of,
)
from vorzimmer.addressbook.blocks import Block, blocks
from vorzimmer.addressbook.lines import (
    ContentLine,
    content_lines,
    parts_of,
    unescaped,
)
from vorzimmer.archive.finding import Form
from vorzimmer.errors import SourceError
from vorzimmer.items import FileRead, ImportedContact, Item
from vorzimmer.model import Person, Skipped, say
from vorzimmer.source import Source, Takes

MOST_CARDS = 500_000  # ten times the longest address book that was heard of
_MOST_ADDRESSES = 20  # of one card; more are no person's
_SUFFIXES = frozenset({".vcf", ".vcard"})
_BEGIN = b"BEGIN:VCARD"
_WANTED = frozenset(
    {"BEGIN", "END", "AGENT", "FN", "N", "ORG", "TITLE", "EMAIL", "URL", "KIND"}
    | {"X-SOCIALPROFILE", "SOCIALPROFILE", "X-ABSHOWAS", "X-LINKEDIN"}
    | {"X-ADDRESSBOOKSERVER-KIND"}
)
_ONE_PERSON = {"", "individual"}

_NOBODY = say("This card has neither a name nor an e-mail address.")
_CUT_OFF = say("The file ends within this card, so the card was not read.")
_NO_CARDS = say("There is no vCard in it.")
_EXPORT = say("Export your contacts again as vCard (.vcf), and give that file.")


def fits(source: Path) -> bool:
    """Return whether there are vCards at this place."""
    return _FORM.is_in(source)


def read(source: Path) -> Iterator[Item]:
    """Yield one item, or one ``Skipped``, for each card.

    Args:
        source: File, folder or ZIP archive.

    Raises:
        SourceError: Nothing can be read: it is not there, damaged, beyond the limits,
            or holds no vCard.
    """
    for file, chunks in _FORM.files(source):
        yield from cards_of(file, chunks)


def _is_cards(head: bytes) -> bool:
    return _BEGIN in head.replace(b"\0", b"").upper()


_FORM = Form(_is_cards, _SUFFIXES, missing=_NO_CARDS, mend=_EXPORT)


def cards_of(file: str, chunks: Iterable[bytes]) -> Iterator[Item]:
    """Yield the contact of each card of one file, and at the end that it was read.

    Args:
        file: What to call it in what is told.
        chunks: Its bytes.

    Raises:
        SourceError: It has more cards than an address book can have.
    """
    count = 0
    for block in blocks(content_lines(chunks, _WANTED), "VCARD"):
        count += 1
        if count > MOST_CARDS:
            raise SourceError(
                file,
                say("This file has more than {most:,} cards.", most=MOST_CARDS),
                say(
                    "Divide it into smaller files, and import them one after the other."
                ),
            )
        item = _item(block, file)
        if item is not None:
            yield item
    yield FileRead(file, count)


@dataclass(slots=True)
class _Card:
    """What was read of one card so far."""

    is_person: bool = True
    is_organisation: bool = False
    full_name: str = ""
    name: str = ""
    company: str = ""
    position: str = ""
    emails: dict[str, None] = field(default_factory=dict)
    urls: dict[str, None] = field(default_factory=dict)

    def add(self, line: ContentLine) -> None:
        """Take one line of the card; where one is repeated, the first counts."""
        match line.name:
            case "FN" | "N" | "ORG" | "TITLE":
                self._add_word(line.name, line.value)
            case "EMAIL":
                self._add_email(line.value)
            case "X-ABSHOWAS":
                self.is_organisation = line.value.strip().upper() == "COMPANY"
            case "KIND" | "X-ADDRESSBOOKSERVER-KIND":
                self.is_person = line.value.strip().casefold() in _ONE_PERSON
            case _:
                self._add_url(unescaped(line.value))

    def _add_word(self, name: str, value: str) -> None:
        match name:
            case "FN":
                self.full_name = self.full_name or word_of(unescaped(value))
            case "N":
                self.name = self.name or _name(value)
            case "ORG":
                self.company = self.company or word_of(parts_of(value)[0])
            case _:
                self.position = self.position or word_of(unescaped(value))

    def _add_email(self, value: str) -> None:
        email = email_of(unescaped(value))
        if email and not is_automatic(email) and len(self.emails) < _MOST_ADDRESSES:
            self.emails.setdefault(email)

    def _add_url(self, value: str) -> None:
        url = profile_url_of(value.strip())
        if url and len(self.urls) < _MOST_ADDRESSES:
            self.urls.setdefault(url)

    def contact(self) -> ImportedContact | None:
        """Return the contact, if the card says who it is."""
        name = self.full_name or self.name
        if self.is_organisation or (name == self.company and not self.name):
            name = ""
        if email_of(name):  # programs put the address where they know no name
            name = ""
        emails, urls = tuple(self.emails), tuple(self.urls)
        if not name and not emails and not urls:
            return None
        person = Person(
            name=name or None,
            company=self.company or None,
            position=self.position or None,
            email=emails[0] if emails else None,
            profile_url=urls[0] if urls else None,
        )
        return ImportedContact(person=person, emails=emails, profile_urls=urls)


def _item(block: Block, file: str) -> ImportedContact | Skipped | None:
    """Return the contact, why there is none, or nothing for a group."""
    if block.is_cut_off:
        return Skipped(file, block.line, _CUT_OFF)
    card = _Card()
    for line in block.lines:
        card.add(line)
    if not card.is_person:
        return None
    return card.contact() or Skipped(file, block.line, _NOBODY)


def _name(value: str) -> str:
    """Return first, middle and last name of ``Last;First;Middle;Title;Suffix``."""
    last, first, middle, *_ = [*parts_of(value), "", "", ""]
    return word_of(f"{first} {middle} {last}")


SOURCE = Source(
    name="vcard",
    title=say("Address book (vCard)"),
    brings=(say("Whom you know from elsewhere: name, employer, mail address."),),
    steps=(
        say("Google: contacts.google.com, “Export”, “vCard”."),
        say("Mac: Contacts, “Edit”, “Select All”, “File”, “Export”, “Export vCard …”."),
        say(
            "iPhone: Contacts, “Lists”, hold a list, “Export”. Android: Contacts, “Fix"
            " & manage”, “Export to file”."
        ),
        say("Thunderbird: “Address Book”, ⋮ beside the book, “Export”, “vCard”."),
    ),
    takes=(Takes.FILE, Takes.FOLDER),
    endings=(".vcf",),
    command="vorzimmer import contacts.vcf",
)
