r"""Content lines, the common form of vCard and iCalendar; pure, and bounded.

``NAME;PARAMETER=value:VALUE``, where a line that begins with a blank goes on with the
one before. Only lines whose name is wanted are kept, so that a picture of ten megabytes
costs no memory. A line that is none is passed over.

Source:
    RFC 5545 §3.1 and RFC 6350 §3.3 (form, folding), RFC 6868 (``^`` in parameters),
    vCard 2.1 §2.1 (parameters without name, quoted-printable with soft line breaks).
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

LONGEST_LINE = 65_536
"""Bytes of a line that are kept, folded lines together."""

_QUOTED = b"QUOTED-PRINTABLE"
# Of a line that is looked at to see whether it is quoted-printable.
_HEAD = 400
_NAME = re.compile(rb"(?:[A-Za-z0-9_-]{1,40}\.)?([A-Za-z0-9-]{1,40})[;:]")
_IN_QUOTES = re.compile(rb'"[^"]*"')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^[n^']")
_CARETS = {"^n": " ", "^^": "^", "^'": '"'}
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# Only what writes text: Python knows codecs that pack, and some that take long.
_CHARSET = re.compile(
    r"(?:utf-?8|us-ascii|ascii|iso-?8859-?[0-9]{1,2}|latin-?[0-9]{1,2}"
    r"|(?:windows|cp)-?(?:125[0-8]|874|932|936|949|950|437|85[02])|koi8-[ru]"
    r"|shift_jis|euc-(?:jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5|macintosh|mac_roman)"
)


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One line, unfolded and decoded.

    Attributes:
        name: In capitals, without a group before it.
        value: As it stands there, escapes included.
        line: Physical line where it begins, from 1.
        parameters: By name in capitals; one without a name has the value ``""``.
    """

    name: str
    value: str
    line: int
    parameters: Mapping[str, str] = field(default_factory=dict)


def content_lines(
    chunks: Iterable[bytes], wanted: Collection[str]
) -> Iterator[ContentLine]:
    """Yield the wanted lines of a file in their order.

    Args:
        chunks: The bytes of the file, in pieces of any size.
        wanted: Names of the lines to yield, in capitals.
    """
    names = frozenset(each.encode() for each in wanted)
    for number, raw in _unfolded(physical_lines(chunks), names):
        line = _parsed(raw, number)
        if line is not None:
            yield line


def physical_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines without their ends; of longer ones only the first part."""
    rest, is_cut = b"", False
    for chunk in _in_utf8(chunks):
        *lines, last = (chunk if is_cut else rest + chunk).split(b"\n")
        if lines and is_cut:
            lines[0] = rest
            is_cut = False
        elif is_cut:
            continue
        for line in lines:
            yield line.removesuffix(b"\r")[:LONGEST_LINE]
        is_cut = len(last) > LONGEST_LINE
        rest = last[:LONGEST_LINE] if is_cut else last
    if rest:
        yield rest.removesuffix(b"\r")


def _in_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes without byte order mark; UTF-16 is put into UTF-8."""
    pieces = iter(chunks)
    first = next(pieces, b"")
    coding = _UTF16.get(first[:2])
    has_only_returns = b"\r" in first and b"\n" not in first
    if coding:
        decoder = codecs.getincrementaldecoder(coding)(errors="replace")
        yield decoder.decode(first[2:]).encode("utf-8", "replace")
        for piece in pieces:
            yield decoder.decode(piece).encode("utf-8", "replace")
        return
    first = first.removeprefix(codecs.BOM_UTF8)
    yield first.replace(b"\r", b"\n") if has_only_returns else first
    for piece in pieces:
        yield piece.replace(b"\r", b"\n") if has_only_returns else piece


def _unfolded(
    lines: Iterable[bytes], wanted: frozenset[bytes]
) -> Iterator[tuple[int, bytes]]:
    held: bytes | None = None  # None while a line that nobody wants goes on
    begin, is_soft = 0, False
    for number, line in enumerate(lines, 1):
        if is_soft:
            is_soft = line.endswith(b"=")
            if held is not None and len(held) < LONGEST_LINE:
                held = held[:-1] + line
            continue
        if line[:1] in b" \t" and line:
            if held is not None and len(held) < LONGEST_LINE:
                held += line[1:]
            continue
        if held is not None:
            yield begin, held
        found = _NAME.match(line)
        held = line if found and found[1].upper() in wanted else None
        begin = number
        is_soft = line.endswith(b"=") and _is_quoted(line)
    if held is not None:
        yield begin, held


def _is_quoted(line: bytes) -> bool:
    return _QUOTED in line[:_HEAD].partition(b":")[0].upper()


def _parsed(raw: bytes, number: int) -> ContentLine | None:
    if b'"' in raw:
        # What stands in quotes divides nothing.
        hidden = _IN_QUOTES.sub(lambda found: b"_" * len(found[0]), raw)
        at = hidden.find(b":")
        if at < 0:
            return None
        marks = [i for i, byte in enumerate(hidden[:at]) if byte == ord(";")]
        ends = zip([-1, *marks], [*marks, at], strict=True)
        head = [raw[begin + 1 : end] for begin, end in ends]
        value = raw[at + 1 :]
    else:
        before, colon, value = raw.partition(b":")
        if not colon:
            return None
        head = before.split(b";")
    parameters = dict(map(_parameter, head[1:])) if len(head) > 1 else {}
    name = head[0].rpartition(b".")[2].upper().decode("ascii", "replace")
    return ContentLine(name, _decoded(value, parameters), number, parameters)


def _parameter(raw: bytes) -> tuple[str, str]:
    name, sign, value = text_of(raw).partition("=")
    if not sign:
        # "QUOTED-PRINTABLE" alone is how vCard 2.1 may say it.
        bare = name.strip().upper()
        return ("ENCODING", bare) if bare == _QUOTED.decode() else (bare, "")
    value = value.strip().strip('"')
    if "^" in value:
        value = _CARET.sub(lambda found: _CARETS[found[0]], value)
    return name.strip().upper(), value


def _decoded(value: bytes, parameters: Mapping[str, str]) -> str:
    if not parameters:
        return text_of(value)
    if parameters.get("ENCODING", "").upper() == _QUOTED.decode():
        value = binascii.a2b_qp(value)
    return text_of(value, parameters.get("CHARSET", ""))


def text_of(raw: bytes, charset: str = "") -> str:
    """Return bytes as text: in the charset named, in UTF-8, else as Windows wrote it.

    Args:
        raw: The bytes.
        charset: As the file names it; unknown ones count as none.
    """
    if charset and _CHARSET.fullmatch(charset.casefold()):
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass  # the next best guess follows
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def unescaped(value: str) -> str:
    r"""Return a value without its escapes; ``\n`` becomes a line end."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def parts_of(value: str) -> list[str]:
    """Return the parts of a structured value, divided by semicolons."""
    if "\\" not in value:
        return value.split(";")
    parts, part, is_escaped = [], "", False
    for letter in value[:LONGEST_LINE]:
        if letter == ";" and not is_escaped:
            parts.append(part)
            part = ""
            continue
        part += letter
        is_escaped = letter == "\\" and not is_escaped
    return [unescaped(each) for each in [*parts, part]]
