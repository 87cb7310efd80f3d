"""Describes a LinkedIn archive without personal data: headers and shapes of values.

With it, users can report a variant that is not known yet. A shape has ``A`` for a run
of capitals, ``a`` for one of small letters and ``9`` for each digit; only words that
LinkedIn itself writes are shown as they are. Of names and texts only the length is
told, of files that are not read only their number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePath

from vorzimmer.archive import opened
from vorzimmer.archive.tables import Table
from vorzimmer.linkedin import FILES, KnownFile, known_file
from vorzimmer.linkedin.columns import column
from vorzimmer.model import Skipped

MAX_SHAPES = 5  # shown a column, the commonest first
MAX_COUNTED = 500  # different shapes kept in memory a column; the rest is “other”
MAX_SHAPE_CHARS = 48
MAX_SHAPED_CHARS = 400  # of a value; longer ones are texts, whatever the column says

# Only these columns hold values that LinkedIn writes and whose form matters.
_SHAPED = frozenset(
    {"sentat", "date", "connectedon", "createdat", "updatedat", "createdon", "editedon"}
    | {"startedon", "finishedon", "updatedon", "endorsementdate", "creationdate"}
    | {"direction", "folder", "status", "endorsementstatus", "confirmed", "primary"}
    | {"ismessagedraft", "isconversationdraft", "isconversationarchived"}
    | {"inviterprofileurl", "inviteeprofileurl", "senderprofileurl", "url"}
    | {"recipientprofileurls", "connectionprofileurl", "conversationid"}
    | {"endorserpublicurl", "endorseepublicurl"}
)
_OWN_WORDS = frozenset(
    {"INCOMING", "OUTGOING", "INBOX", "ARCHIVE", "SPAM", "SENT", "RECEIVED", "ACCEPTED"}
    | {"VISIBLE", "HIDDEN", "PENDING", "Yes", "No", "UTC", "AM", "PM"}
    | {"https", "www", "linkedin", "com", "in", "company", "school"}
)
_KNOWN_COLUMNS = frozenset(column(each) for known in FILES for each in known.expected)
_KNOWN_COLUMNS |= _SHAPED | {"url", "subject", "position", "company", "headline"}
_LETTERS_ONLY = re.compile(r"[^\W\d_]+(?:[ _-][^\W\d_]+){0,4}")
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]|\s|.", re.DOTALL)
_RUN = re.compile(r"(.)\1{7,}", re.DOTALL)


def structure(source: Path) -> Iterator[str]:
    """Yield the lines of the description, file by file.

    Args:
        source: ZIP file, folder, or one CSV file of a LinkedIn archive.

    Raises:
        SourceError: It cannot be opened, is damaged, or beyond the limits.
    """
    others: Counter[str] = Counter()
    with opened(source) as archive:
        for file in archive.files:
            known = known_file(file.name)
            if known:
                is_header = partial(_is_header, known)
                chunks = archive.chunks(file)
                yield from _table(known, Table(file.name, chunks, is_header=is_header))
            else:
                others[_ending(file.name)] += 1
    for ending, count in sorted(others.items()):
        yield f"Not read: {ending} ×{count}"


def _ending(name: str) -> str:
    ending = PurePath(name).suffix.lower()
    return (
        ending
        if ending in {".csv", ".html", ".zip", ".json", ".pdf"}
        else "other files"
    )


def _is_header(known: KnownFile, cells: Sequence[str]) -> bool:
    """Return whether a row is the header, perhaps in a language not known yet.

    Then it holds the name of a column that is known, and nothing but different words;
    rows of people have dates or addresses in them.
    """
    return known.is_header(cells) or (
        len(cells) > 2
        and len(set(cells)) == len(cells)
        and any(column(cell) in _KNOWN_COLUMNS for cell in cells)
        and all(_LETTERS_ONLY.fullmatch(cell) for cell in cells)
    )


def _table(known: KnownFile, table: Table) -> Iterator[str]:
    if not table.header:
        yield f"{known.name}: no header found"
        for cells in table.head[:3]:
            yield f"  a row of {len(cells)} cells"
        return
    found = [_Column(name) for name in table.header]
    rows = skipped = 0
    for row in table:
        if isinstance(row, Skipped):
            skipped += 1
            continue
        rows += 1
        for each, cell in zip(found, row[1], strict=True):
            each.count(cell)
    yield (
        f"{known.name}: {rows} rows, {skipped} notices, header in line"
        f" {table.header_line}"
    )
    for each in found:
        yield f"  {each}"


class _Column:
    """What can be told of one column."""

    def __init__(self, name: str) -> None:
        self._name = name[:MAX_SHAPE_CHARS]
        self._is_shaped = column(name) in _SHAPED
        self._shapes: Counter[str] = Counter()
        self._longest = 0
        self._shortest = 0
        self._filled = 0

    def count(self, cell: str) -> None:
        """Add a value."""
        if not cell:
            return
        size = len(cell)
        self._filled += 1
        self._longest = max(self._longest, size)
        self._shortest = min(self._shortest, size) if self._filled > 1 else size
        if self._is_shaped:
            shape = _shape(cell)
            if shape not in self._shapes and len(self._shapes) >= MAX_COUNTED:
                shape = "other"
            self._shapes[shape] += 1

    def __str__(self) -> str:
        if not self._filled:
            return f"{self._name}: always blank"
        if not self._is_shaped:
            return (
                f"{self._name}: text of {self._shortest}–{self._longest} characters"
                f" ×{self._filled}"
            )
        shown = self._shapes.most_common(MAX_SHAPES)
        listed = [f"{shape} ×{count}" for shape, count in shown]
        rest = self._filled - sum(count for _, count in shown)
        return f"{self._name}: " + " | ".join([*listed, *([f"… ×{rest}"] * bool(rest))])


def _shape(value: str) -> str:
    if len(value) > MAX_SHAPED_CHARS:
        return "a long text"
    shape = "".join(_shape_of(found.group()) for found in _TOKEN.finditer(value))
    shape = _RUN.sub(r"\1\1\1\1\1\1\1+", shape)
    return shape if len(shape) <= MAX_SHAPE_CHARS else f"{shape[:MAX_SHAPE_CHARS]}…"


def _shape_of(token: str) -> str:
    """Return the shape of a run of letters, or of one other character."""
    if token in _OWN_WORDS:
        return token
    if token[0].isalpha():
        return _case(token)
    if token[0].isdigit():
        return "9"
    if token.isascii() and token.isprintable():
        return token
    return f"<U+{ord(token):04X}>" if token.isspace() else "?"


def _case(token: str) -> str:
    if token.isupper():
        return "A"
    if token.istitle():
        return "Aa"
    return "a" if token == token.lower() else "aA"
