"""Takes a mail apart into headers, text and HTML, within limits; pure.

The parser of the standard library keeps every part and calls itself for each level, so
a mail of ten thousand nested parts ends it. This one looks at a fixed number of parts
and levels, each byte a few times at most, and decodes only what is shown as text.

Source:
    RFC 5322 (headers), RFC 2045 and 2046 (parts), RFC 2047 (words in headers).
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

# No notification of a network comes near these.
MAX_BYTES = 2 << 20
MAX_HEAD_BYTES = 128 << 10
MAX_HEADERS = 500
MAX_HEADER_CHARS = 8_000
MAX_PARTS = 100
MAX_LEVELS = 8
MAX_TEXT_CHARS = 300_000

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(r"[!-9;-~]{1,100}")
_ENCODED = re.compile(r"=\?([\w.:*-]{1,60})\?([bBqQ])\?([^?\s]*)\?=(?:\s+(?==\?))?")
_PARAMETER = re.compile(
    r';\s*([\w*-]{1,40})\s*=\s*(?:"([^"]{0,200})"|([^\s;"]{1,200}))'
)
# Decoders that run in linear time and make text of bytes; the list of Python's holds
# others, too (punycode, idna, unicode_escape).
_CHARSETS = re.compile(
    r"utf-?(?:8|16(?:[bl]e)?)|iso-?8859-?\d{1,2}|latin-?\d|windows-?125\d|cp-?\d{3,4}"
    r"|koi8-[ru]|gb(?:2312|k|18030)|big5|euc-(?:jp|kr)|iso-2022-(?:jp|kr)"
    r"|shift[_-]?jis|mac-?roman|tis-620"
)
# Text in these has bytes that look like another charset's.
_SHIFTING = re.compile(r"utf-?16|iso-2022|utf-?7")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, as far as it was read.

    Attributes:
        headers: Names in lower case and values, decoded, from top to bottom.
        text: The plain text; ``""`` when there is none.
        html: The HTML; ``""`` when there is none.
        is_cut: Whether it was larger than what was read.
    """

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    is_cut: bool = False

    def header(self, name: str) -> str:
        """Return the first header of a name (lower case), ``""`` when there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return all headers of a name (lower case), from top to bottom."""
        return tuple(value for key, value in self.headers if key == name)


def read_mime(raw: bytes) -> Mail:
    """Take a mail apart; whatever is in it, this ends soon and raises nothing."""
    is_cut = len(raw) > MAX_BYTES
    head, body = _divided(raw[:MAX_BYTES])
    headers = tuple(_headers(head))
    found: dict[str, str] = {}
    parts = 0
    for content_type, each in _parts(headers, body):
        parts += 1
        if content_type in {"text/plain", "text/html"} and content_type not in found:
            text = each.replace("\r\n", "\n").replace("\r", "\n")
            is_cut = is_cut or len(text) > MAX_TEXT_CHARS
            if text.strip():
                found[content_type] = text[:MAX_TEXT_CHARS]
    return Mail(
        headers=tuple((name, decoded_words(value)) for name, value in headers),
        text=found.get("text/plain", ""),
        html=found.get("text/html", ""),
        is_cut=is_cut or parts >= MAX_PARTS,
    )


def _divided(raw: bytes) -> tuple[bytes, bytes]:
    """Return head and body; what begins with an empty line has no head."""
    if raw[:1] == b"\n" or raw[:2] == b"\r\n":
        return b"", raw
    end = _HEAD_END.search(raw, 0, MAX_HEAD_BYTES)
    if end is None:
        return raw[:MAX_HEAD_BYTES], b""
    return raw[: end.start()], raw[end.end() :]


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    """Yield names and unfolded values; a line that is no header is passed over."""
    lines: list[list[str]] = []
    for line in head.splitlines():
        if line[:1] in {b" ", b"\t"}:
            if lines:
                lines[-1].append(_as_text(line))
        elif len(lines) < MAX_HEADERS:
            lines.append([_as_text(line)])
    for pieces in lines:
        name, colon, value = "".join(pieces).partition(":")
        if colon and _NAME.fullmatch(name.rstrip()):
            yield name.rstrip().lower(), value.strip()[:MAX_HEADER_CHARS]


def _as_text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def decoded_words(value: str) -> str:
    """Return a header's value with its encoded words decoded (RFC 2047).

    Neighbours in one charset are put together before decoding, since some senders cut
    between the bytes of a letter.
    """
    if "=?" not in value:
        return value
    pieces: list[str] = []
    waiting, charset = b"", ""
    at = 0
    for found in _ENCODED.finditer(value):
        between = value[at : found.start()]
        named = found[1].partition("*")[0].lower()
        if between or named != charset:
            pieces.append(decoded(waiting, charset))
            waiting = b""
        pieces.append(between)
        charset, at = named, found.end()
        waiting += _word(found[2].lower(), found[3])
    pieces += [decoded(waiting, charset), value[at:]]
    return "".join(pieces)


def _word(encoding: str, text: str) -> bytes:
    data = text.encode("ascii", "replace")
    if encoding == "b":
        return _from_base64(data)
    return quopri.decodestring(data.replace(b"_", b" "))


def decoded(data: bytes, charset: str) -> str:
    """Return bytes as text, whatever they claim to be.

    What is valid UTF-8 is UTF-8, for hardly any text in another charset is by chance;
    then the charset named, then that of Windows.
    """
    name = charset.strip().lower()
    if not _SHIFTING.match(name):
        with suppress(UnicodeDecodeError):
            return data.decode()
    if name in {"iso-8859-1", "latin1", "us-ascii"} or not _CHARSETS.fullmatch(name):
        name = "cp1252"
    try:
        return data.decode(name, "replace")
    except (LookupError, UnicodeError):
        return data.decode("cp1252", "replace")


def _parts(
    headers: tuple[tuple[str, str], ...], body: bytes
) -> Iterator[tuple[str, str]]:
    """Yield type and text of each text part, from top to bottom."""
    waiting = [(headers, body, 0)]
    seen = 0
    while waiting and seen < MAX_PARTS:
        head, content, level = waiting.pop()
        seen += 1
        of = dict(reversed(head))
        content_type, parameters = _type_of(of.get("content-type", "text/plain"))
        boundary = parameters.get("boundary", "")
        if content_type.startswith("multipart/"):
            if boundary and level < MAX_LEVELS:
                pieces = _pieces(content, boundary, MAX_PARTS - seen)
                inner = [(tuple(_headers(h)), b, level + 1) for h, b in pieces]
                waiting += reversed(inner)
            continue
        disposition = of.get("content-disposition", "").strip().lower()
        if content_type[:5] != "text/" or disposition.startswith("attachment"):
            yield content_type, ""
            continue
        data = _transferred(content, of.get("content-transfer-encoding", ""))
        yield content_type, decoded(data, parameters.get("charset", ""))


def _type_of(value: str) -> tuple[str, dict[str, str]]:
    kind = value.partition(";")[0].strip().lower() or "text/plain"
    found = islice(_PARAMETER.finditer(value), 20)
    return kind, {each[1].lower(): each[2] or each[3] or "" for each in found}


def _pieces(body: bytes, boundary: str, most: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield head and body of each piece between boundaries."""
    mark = re.escape(boundary.encode("utf-8", "replace"))
    line = re.compile(rb"(?:\A|\r?\n)--" + mark + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start = -1
    for found in islice(line.finditer(body), most + 1):
        if start >= 0:
            yield _divided(_after_line_end(body[start : found.start()]))
        start = -1 if found[1] else found.end()
        if found[1]:
            return
    if start >= 0:  # the last boundary is missing, or there are too many parts
        yield _divided(_after_line_end(body[start:]))


def _after_line_end(piece: bytes) -> bytes:
    return piece.removeprefix(b"\r").removeprefix(b"\n")


def _transferred(content: bytes, encoding: str) -> bytes:
    match encoding.strip().lower():
        case "quoted-printable":
            return quopri.decodestring(content)
        case "base64":
            return _from_base64(content)
    return content


def _from_base64(data: bytes) -> bytes:
    """Decode what is there; missing ends and foreign signs do not matter."""
    signs = _NOT_BASE64.sub(b"", data)
    if len(signs) % 4 == 1:
        signs = signs[:-1]
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))
