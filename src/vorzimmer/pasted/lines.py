"""A pasted text as clean lines, glued ones parted, doubled ones told once; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vorzimmer.mails.lines import clean
from vorzimmer.pasted.words import is_all, place_sureness

MAX_CHARS = 100_000
"""More than any page holds; what is longer is refused, not cut."""
MAX_LINES = 3_000
_LONGEST_GLUED = 300
_LONGEST_DOUBLED = 120

_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
# Control characters, halves of characters, and the private signs of icon fonts.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff9-\ufffd]"
)
_TAB = re.compile(r"\t+")
_AFTER_LABEL = re.compile(r"(?<=:)[ \t]*\t[ \t]*(?=\S)")
_ANSWERED = re.compile(r"^(?:>\s?)+")  # what a mail program puts before old lines
_DEGREE = re.compile(
    r"^(?P<name>.{2,80}?)\s*(?:[•·|,]\s*|\s)"
    r"(?P<degree>[123](?:st|nd|rd)\+?(?: degree(?: connection)?)?"
    r"|(?:(?<=[•·|] )|(?<=[•·|]))[123]\.\+?|[123]\.\+?\s?Grad(?:es)?\+?"
    r"|Kontakt [123]\. Grad(?:es)?)(?P<rest>(?![\w.]*\d).*)$",
    re.IGNORECASE,
)
_GLUED_DEGREE = re.compile(
    r"^(?P<name>[^\d•·|]{3,80}?)(?P<degree>[123](?:st|nd|rd)\+?(?=[A-Z•·\s]|$)"
    r"|[123]\. ?Grad(?:es)?\+?)(?P<rest>.*)$"
)
_COUNT = (
    r"(?:(?:\d{1,3}(?:[.,]\d{3})+|\d{1,6})\+?\s(?:other\s|weitere\s)?"
    r"(?:mutual\s|shared\s|gemeinsame\s)?"
    r"(?:connections?|contacts?|Kontakte?n?|followers?|Follower:?(?:innen)?)\b)"
)
_BEFORE_COUNT = re.compile(
    rf"(?<=[a-zäöüß)])(?={_COUNT})|(?<=[a-zäöüß)])\s*[•·|]\s*(?={_COUNT})"
)
_AFTER_COUNT = re.compile(rf"({_COUNT})\s*(?:[•·|]\s*|(?=[A-ZÄÖÜ]))(?=\S)")
_INFO = re.compile(
    r"(?<=\S)\s*[•·|]?\s*"
    r"(?=(?:Contact info|Kontaktinfo|Kontaktdaten)(?:\W|$|[A-ZÄÖÜ0-9]))"
)
_AFTER_INFO = re.compile(r"^(Contact info|Kontaktinfo|Kontaktdaten)\s*[•·|]?\s*(?=\S)")
_PRONOUN = re.compile(
    r"^(.{3,80}?)\s*(\((?:she|he|they|sie|er)\s?/\s?(?:her|him|them|ihr|ihm)\))(.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line.

    Attributes:
        text: Without what is not seen; never empty.
        gap: Whether an empty line stands before it.
        times: How often it stood there one after the other.
    """

    text: str
    gap: bool = False
    times: int = 1


def clean_text(text: str) -> str:
    """Return a text without control and invisible characters, with plain breaks."""
    lines = _TAB.sub("\n", _AFTER_LABEL.sub(" ", _BREAK.sub("\n", text)))
    return "\n".join(
        _ANSWERED.sub("", clean(_UNWANTED.sub("", line))) for line in lines.split("\n")
    )


def lines_of(text: str) -> tuple[PastedLine, ...]:
    """Return the lines of a clean text, at most ``MAX_LINES``."""
    lines: list[PastedLine] = []
    has_gap = False
    for raw in text.split("\n"):
        if not raw:
            has_gap = bool(lines)
            continue
        for piece in _parted(raw):
            line = _line(piece, gap=has_gap)
            has_gap = False
            last = lines[-1] if lines else None
            is_again = last and last.text == line.text
            if last and is_again and len(line.text) <= _LONGEST_DOUBLED:
                lines[-1] = replace(last, times=last.times + line.times)
            else:
                lines.append(line)
        if len(lines) >= MAX_LINES:
            break
    return tuple(lines[:MAX_LINES])


def _line(text: str, *, gap: bool) -> PastedLine:
    half = _half(text)
    return PastedLine(half or text, gap, 2 if half else 1)


def _half(text: str) -> str:
    """Return the half of a line that says the same twice, else ``""``."""
    middle, odd = divmod(len(text), 2)
    if not 6 <= len(text) <= _LONGEST_DOUBLED or " " not in text:
        return ""
    first, second = text[:middle].rstrip(), text[middle + odd :].lstrip()
    between = text[len(first) : len(text) - len(second)].strip()
    return first if first == second and between in {"", ",", "-"} else ""


def _parted(line: str) -> Iterator[str]:
    """Yield the pieces of a line in which a browser has glued several together."""
    if len(line) > _LONGEST_GLUED or is_all("role", "degree", line):
        yield line
        return
    found = _DEGREE.match(line) or _GLUED_DEGREE.match(line)
    if found and not re.search(r"[.!?]\s|[:;]", found["name"]):
        yield found["name"].rstrip(" •·|,")
        yield found["degree"]
        rest = found["rest"].strip(" •·|,")
        if rest:
            yield from _parted(rest)
        return
    pronoun = _PRONOUN.match(line)
    if pronoun and not re.search(r"\d", pronoun[3]):
        yield pronoun[1].strip()
        yield pronoun[2]
        if pronoun[3].strip(" •·|"):
            yield from _parted(pronoun[3].strip(" •·|"))
        return
    cut = _BEFORE_COUNT.sub("\n", _INFO.sub("\n", line))
    cut = _AFTER_COUNT.sub(r"\1\n", cut)
    for piece in cut.split("\n"):
        whole = _AFTER_INFO.sub(r"\1\n", piece.strip())
        for each in whole.split("\n"):
            yield from _without_place(each.strip())


def _without_place(piece: str) -> Iterator[str]:
    """Yield a headline, and the place that a phone sets behind it, by themselves."""
    before, dot, place = piece.rpartition(" · ")
    if dot and place_sureness(place) >= 0.9:
        yield from (each for each in (before, place) if each.strip(" •·|"))
    elif piece.strip(" •·|"):
        yield piece
