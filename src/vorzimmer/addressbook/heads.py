"""The head of a mail: from whom, to whom, when; never what it says; pure, and bounded.

The same for mails in files and for what an IMAP server hands out; only the header
lines named in ``WANTED`` are looked at.

Source:
    RFC 5322 (form), RFC 2047 (coded words in names), RFC 3834 (``Auto-Submitted``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.header import decode_header
from email.utils import parsedate_to_datetime
from functools import lru_cache

from vorzimmer.addressbook.addresses import email_of, is_automatic, word_of
from vorzimmer.addressbook.lines import text_of
from vorzimmer.items import SentMail
from vorzimmer.model import Person

WANTED = ("From", "To", "Cc", "Bcc", "Date", "Message-ID", "Auto-Submitted")
"""The header lines that are needed, as IMAP may be asked for them."""

LONGEST_HEAD = 262_144
"""Bytes of a head that are read; a mail to a thousand people has 60,000."""

_LONGEST_LIST = 65_536  # of addresses; what stands behind it is left out
_MOST_LISTED = 200
_YEARS = range(1980, 2100)
_FIELD = re.compile(
    rb"^(from|to|cc|bcc|date|message-id|auto-submitted):((?:.*)(?:\n[ \t].*)*)",
    re.IGNORECASE | re.MULTILINE,
)
# What stands in quotes, angle brackets or brackets divides nothing.
_PIECE = re.compile(
    r'(?:"(?:[^"\\]|\\.)*"|<[^<>]*>|\((?:[^()\\]|\\.)*\)|[^,;"<(]|["<(])+'
)
_COMMENT = re.compile(r"\([^()]*\)")
_LONGEST_NAME = 400
_USUAL = re.compile(
    r"\s*(?:[A-Z][a-z]{2}, +)?([0-9]{1,2}) ([A-Z][a-z]{2}) (19[89][0-9]|20[0-9]{2})"
    r" ([0-9]{2}:[0-9]{2}:[0-9]{2}) ([+-][0-9]{4})(?: \([A-Z]{1,5}\))?\s*"
)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        (*_NAMES, "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_BLANKS = re.compile(r"\s+")


def sent_mail_of(head: bytes, *, is_filed_as_sent: bool = False) -> SentMail | None:
    """Return what the head of a mail says; ``None`` when it says nothing of people.

    Mails that a program answered by itself say nothing, nor do those without a sender
    or a recipient who can be written to.

    Args:
        head: The header lines, all of them or the wanted ones, up to the blank line.
        is_filed_as_sent: Whether the mail lies in a folder for sent mail.
    """
    fields = _fields(head[:LONGEST_HEAD])
    automatic = fields.get("auto-submitted", "").strip().casefold()
    if automatic and not automatic.startswith("no"):
        return None
    senders = people_of(fields.get("from", ""))
    recipients: dict[str, Person] = {}
    for name in ("to", "cc", "bcc"):
        for person in people_of(fields[name]) if name in fields else ():
            recipients.setdefault(person.email or "", person)
    if not senders or not recipients:
        return None
    return SentMail(
        sender=senders[0].email or "",
        recipients=tuple(recipients.values()),
        sent_at=_moment_of(fields.get("date", "")),
        message_id=fields.get("message-id", "").strip()[:300],
        is_filed_as_sent=is_filed_as_sent,
    )


def _fields(head: bytes) -> dict[str, str]:
    if b"\r" in head:
        head = head.replace(b"\r\n", b"\n")
    fields: dict[str, str] = {}
    for found in _FIELD.finditer(head):
        name = found[1].lower().decode()
        value = text_of(found[2][:_LONGEST_LIST])
        # To, Cc and Bcc may be repeated, though they must not.
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


def people_of(value: str) -> tuple[Person, ...]:
    """Return the people whom a list of addresses names, each once.

    Args:
        value: The value of a ``To`` line or the like, folded or not.
    """
    simple = _person_of(value.strip()) if value.count("@") == 1 else None
    if simple:
        return (simple,)
    people: dict[str, Person] = {}
    for piece in _listed(value[:_LONGEST_LIST]):
        person = _person_of(piece)
        if person and len(people) < _MOST_LISTED:
            people.setdefault(person.email or "", person)
    return tuple(people.values())


def _listed(value: str) -> Iterator[str]:
    """Yield the pieces of a list that have an address, each with its name."""
    before = ""
    for found in _PIECE.finditer(_BLANKS.sub(" ", value)):
        piece = found[0].strip()
        if "@" in piece:
            yield before + piece
            before = ""
        else:
            # "Doe, Jane <…>" without quotes is two pieces and one name.
            before = f"{before}{piece}, " if len(before) < _LONGEST_NAME else ""


@lru_cache(maxsize=65536)
def _person_of(piece: str) -> Person | None:
    at = piece.rfind("<")
    if at >= 0:
        # A colon ends the name of a group ("Team: …").
        name = piece[:at].rpartition(":")[2]
        email = email_of(piece[at + 1 :].partition(">")[0])
    else:
        bare = _COMMENT.sub(" ", piece).rpartition(":")[2].split()
        name, email = "", email_of(bare[-1]) if bare else None
    if not email or is_automatic(email):
        return None
    return Person(name=_name_of(name), email=email)


def _name_of(written: str) -> str | None:
    text = _decoded(written) if "=?" in written else written
    name = word_of(text.replace('"', "").strip(" '"))
    return None if not name or "@" in name else name


def _decoded(written: str) -> str:
    try:
        parts = decode_header(written[:2000])
    except (ValueError, LookupError):  # a word that is coded wrongly stays as it is
        return written
    return "".join(
        part if isinstance(part, str) else text_of(part, charset or "")
        for part, charset in parts
    )


def _moment_of(value: str) -> datetime | None:
    usual = _USUAL.fullmatch(value)
    try:
        if usual:  # a tenth of the time, and nearly all are written so
            day, month, year, clock, zone = usual.groups()
            written = f"{year}-{_MONTHS[month]}-{day:0>2}T{clock}{zone}"
            return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, KeyError, OverflowError):
        return None
    try:
        moment = parsedate_to_datetime(value[:200])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.year in _YEARS else None
