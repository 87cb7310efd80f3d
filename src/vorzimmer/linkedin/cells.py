"""What one cell of LinkedIn's data means: dates, profile addresses, names, texts; pure.

A profile address is kept as ``https://www.linkedin.com/in/`` and the slug: percent-
decoded, composed (NFC) and in lower case, so that one person has one address however an
export writes it. Only LinkedIn's opaque ids (``ACoAAA…``) keep their capitals, because
there a capital is another letter.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from vorzimmer.model import Person
from vorzimmer.people import is_hidden

_PROFILE = re.compile(
    r"\s*(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com"
    r"/(in|pub|company|school|showcase)/([^?#\s]+)",
    re.IGNORECASE,
)
_PROFILES = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/[^,\s;|]+",
    re.IGNORECASE,
)
_OPAQUE_ID = re.compile(r"AC[or][A-Za-z0-9_-]{20,}")
_NOT_IN_SLUG = re.compile(
    r"[\s/\\?#%<>\"'`\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]"
)
_MAX_PEOPLE = 1 << 15  # kept so as not to be made anew; LinkedIn allows 30,000 contacts
_MAX_SLUG = 200  # a slug has 100 letters at most

# What follows a comma in "Jane Doe, Ph.D." and begins no name of its own; besides
# words in capitals and words with full stops.
_CREDENTIALS = frozenset(
    {"phd", "dphil", "msc", "bsc", "meng", "beng", "mphil", "edd", "pharmd", "psyd"}
    | {"jr", "sr", "mag", "ing", "dipl", "esq", "mphys", "llm", "emba"}
)

_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
    "mär": 3,
    "mrz": 3,
    "mai": 5,
    "okt": 10,
    "dez": 12,
}
_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = r"(?P<month>[0-9]{1,2})"
_MONTH_NAME = r"(?P<month>[^\W\d_]{3,9})"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_FULL_YEAR = r"(?P<year>[0-9]{4})"
_DAYS = tuple(
    re.compile(form)
    for form in (
        rf"{_FULL_YEAR}[-/.]{_MONTH}[-/.]{_DAY}",
        rf"(?P<day>1[3-9]|2[0-9]|3[01])/{_MONTH}/{_YEAR}",
        rf"{_MONTH}/{_DAY}/{_YEAR}",
        rf"{_DAY}\.{_MONTH}\.{_YEAR}",
        rf"{_DAY}\.?[ -]{_MONTH_NAME}\.?,?[ -]{_YEAR}",
        rf"{_MONTH_NAME}\.? {_DAY},? {_FULL_YEAR}",
        rf"{_MONTH_NAME}\.?[ -]{_YEAR}",
        _FULL_YEAR,
    )
)
_TIME = re.compile(
    r"(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?:UTC|GMT|Z|(?P<zone>[+-][0-9]{2}:?[0-9]{2})))?"
)
_YEARS = range(1900, 2100)

_TAG = re.compile(
    r"<(/?)(a|b|br|blockquote|body|center|div|em|font|h[1-6]|head|hr|html|i|img|li|link"
    r"|meta|noscript|ol|p|pre|script|span|strong|style|table|tbody|td|template|th|thead"
    r"|title|tr|u|ul|!doctype)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-f]{1,5});")
# Numbers this long name no letter, and html.unescape() fails on the longest of them.
_LONG_ENTITY = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
_BLANKS = re.compile(r"\s+")
_MANY_BREAKS = re.compile(r"\n{3,}")
_INLINE = frozenset(
    {"a", "b", "em", "font", "i", "img", "span", "strong", "u", "link", "meta"}
)
_DROPPED = frozenset({"script", "style", "head", "title", "template", "noscript"})


def text_of(cell: str) -> str:
    """Return a cell as it was meant: line ends unified, ends stripped.

    Text that was coded twice (``Ã©`` for é) is repaired where that is certain: where it
    decodes without error and leaves fewer of the tell-tale letters.
    """
    if not cell:
        return cell
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if not cell.isascii() and ("Ã" in cell or "â" in cell or "Â" in cell):
        cell = _decoded_once_more(cell)
    return cell.strip()


def _decoded_once_more(cell: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            repaired = cell.encode(encoding).decode()
        except UnicodeError:
            continue
        if _tell_tales(repaired) < _tell_tales(cell):
            return repaired
    return cell


def _tell_tales(text: str) -> int:
    return text.count("Ã") + text.count("â") + text.count("Â")


def moment_of(cell: str) -> datetime | None:
    """Return the moment a cell names, or ``None`` when it names none.

    Invitations bear no time zone; theirs are taken as UTC, so they are right to a day.
    Where day and month are numbers with strokes between them, the month comes first
    unless that is impossible. Without a time it is midnight.

    Source:
        Forms seen in exports from 2018 to 2026: ``2026-08-01 02:00:00 UTC``, ``2024/02/
        01 15:02:55 UTC``, ``9/20/26, 4:10 PM``, ``05 Mar 2024``, ``5-Jun-24``,
        ``5 Mar 2019, 14:22``, ``Mar 2019``.
    """
    if len(cell) == 23 and cell.endswith(" UTC"):  # messages: many, in one form
        try:
            moment = datetime.fromisoformat(f"{cell[:-4]}+00:00")
        except ValueError:
            return _moment_of(cell)
        return moment if moment.year in _YEARS else None
    return _moment_of(cell)


@lru_cache(maxsize=4096)
def _moment_of(cell: str) -> datetime | None:
    cell = " ".join(cell.split())  # also the narrow blank before AM
    for form in _DAYS:
        found = form.match(cell)
        time = _TIME.fullmatch(cell, found.end()) if found else None
        if found and (time or found.end() == len(cell)):
            return _moment(found.groupdict(), time.groupdict() if time else {})
    return None


def day_of(cell: str) -> date | None:
    """Return the day a cell names; a month or a year alone means its first day."""
    moment = moment_of(cell)
    return moment.date() if moment else None


def _moment(day: dict[str, str], time: dict[str, str | None]) -> datetime | None:
    month, number = _month(day.get("month", "1")), int(day.get("day", "1"))
    if month is None:
        return None
    year = int(day["year"])
    if len(day["year"]) == 2:
        year += 2000 if year < 70 else 1900
    hour = int(time.get("hour") or 0)
    half = (time.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if year not in _YEARS:
        return None
    minute, second = int(time.get("minute") or 0), int(time.get("second") or 0)
    try:
        return datetime(
            year, month, number, hour, minute, second, tzinfo=_zone(time.get("zone"))
        ).astimezone(UTC)
    except ValueError:
        return None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return _MONTHS.get(text[:3].casefold())


def _zone(text: str | None) -> timezone:
    if not text:
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-ahead if text[0] == "-" else ahead)


def profile_url_of(cell: str) -> str | None:
    """Return the one form of a profile address, or ``None`` when it is none.

    Scheme, country sub-domain, query and what follows the slug are left out. Addresses
    of companies and schools, which send paid messages, are kept as such.
    """
    found = _PROFILE.match(cell)
    if not found:
        return None
    kind = found[1].lower()
    parts = found[2].rstrip("/").split("/")
    slugs = [_slug(part) for part in (parts if kind == "pub" else parts[:1])]
    if not all(slugs):
        return None
    return f"https://www.linkedin.com/{kind}/{'/'.join(slugs)}"


def _slug(part: str) -> str:
    slug = unicodedata.normalize("NFC", unquote(part))
    if len(slug) > _MAX_SLUG or _NOT_IN_SLUG.search(slug):
        return ""
    return slug if _OPAQUE_ID.fullmatch(slug) else slug.lower()


@lru_cache(maxsize=_MAX_PEOPLE)
def person_of(name: str, url: str = "") -> Person:
    """Return a person of whom name and address are known, as far as they are.

    A closed or hidden account (“LinkedIn Member”) has no name.
    """
    return Person(name=name_of(name), profile_url=profile_url_of(url))


def name_of(*parts: str) -> str | None:
    """Return a name from its parts; ``None`` when it is blank or hidden."""
    name = " ".join(" ".join(map(text_of, parts)).split())
    return None if not name or is_hidden(name) else name


@lru_cache(maxsize=8192)
def recipients_of(names: str, urls: str) -> tuple[Person, ...]:
    """Return to whom a message went, from a list of names and one of addresses.

    Names are joined with commas, and may hold commas. Where the two lists cannot be
    aligned, the addresses count, without names.
    """
    found = _PROFILES.findall(urls)
    if len(found) == 1:
        return (person_of(names, found[0]),)
    pieces = _names(names, len(found))
    if not found:
        people = (person_of(piece) for piece in pieces)
        return tuple(person for person in people if person.name)
    if len(pieces) != len(found):
        pieces = [""] * len(found)
    return tuple(map(person_of, pieces, found))


def _names(joined: str, count: int) -> list[str]:
    """Divide names at commas; where that gives too many, keep titles with names."""
    pieces = [each for part in text_of(joined).split(",") if (each := part.strip())]
    if len(pieces) <= count:
        return pieces
    names: list[str] = []
    for piece in pieces:
        if names and _is_credential(piece):
            names[-1] += f", {piece}"
        else:
            names.append(piece)
    return names


def _is_credential(piece: str) -> bool:
    for word in piece.strip("()®™").split():
        is_known = word.replace(".", "").lower() in _CREDENTIALS
        is_short = len(word) <= 8 and (word.isupper() or "." in word)
        if not is_known and not is_short:
            return False
    return True


def plain_text(cell: str) -> str:
    """Return the text of a message that may be HTML; scripts and styles are dropped.

    What only looks like a tag (``List<String>``, ``<3``) stays. Each tag ends at the
    next angle bracket, so that the time grows with the length, whatever is in it.
    """
    text = text_of(cell)
    if "<" not in text or not _TAG.search(text):
        return _unescaped(text) if "&" in text and _ENTITY.search(text) else text
    text = _without_comments(text)
    pieces: list[str] = []
    at, dropped = 0, ""
    for tag in _TAG.finditer(text):
        is_end, name = bool(tag[1]), tag[2].lower()
        if dropped:
            dropped = "" if is_end and name == dropped else dropped
        else:
            pieces.append(_BLANKS.sub(" ", text[at : tag.start()]))
            if name in _DROPPED and not is_end:
                dropped = name
            elif name not in _INLINE and not (is_end and name == "li"):
                pieces.append("\n")
        at = tag.end()
    if not dropped:
        pieces.append(_BLANKS.sub(" ", text[at:]))
    lines = (" ".join(line.split()) for line in _unescaped("".join(pieces)).split("\n"))
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    ends = (piece.partition("-->") for piece in rest)
    return first + "".join(after if end else before for before, end, after in ends)


def _unescaped(text: str) -> str:
    return unescape(_LONG_ENTITY.sub("\N{REPLACEMENT CHARACTER}", text))
