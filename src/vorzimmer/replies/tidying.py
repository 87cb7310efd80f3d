"""Letters without gaps: what may be quoted, and how spaces are set; pure."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[^\S\n]+")
_BEFORE_MARK = re.compile(r" +(?=[,.;:!?])")
_EMPTY_LINES = re.compile(r"\n{3,}")
# After "Muster Inc." a sentence ends with one full stop, not two.
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_LOOSE_MARKS = " ,;:!?"
# Brackets of any kind may be gaps that nobody filled; quotation marks would stand
# within ours; what is unseen could turn the rest of the line around.
_UNFIT = re.compile(r"[\[\]{}<>(\"“”„«»‹›|\\\u0000-\u001f\u007f-\u009f\ufffd]|\)(?!\w)")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ADDRESS = re.compile(
    r"https?:|www\.|\w@\w|\b\w+\.(?:com|de|net|org|io|info|biz)\b", re.IGNORECASE
)
_NOTHING = frozenset(["none", "null", "nan", "undefined", "n/a", "-", "...", "…"])
_LONGEST_FACT = 80
_SHORTEST_QUOTE, _LONGEST_QUOTE = 12, 120
# A mark within a number or an address ends nothing.
_SENTENCE_END = re.compile(r"[.!?;:…](?!\w)|\n")
_CLAUSE_END = re.compile(r"[.!?;:,…](?!\w)|\n|\s[–—-]\s")
_LOOKED_AT = 400
_FEWEST_SPACES = 2
# Nobody is held to how he says hello and goodbye.
_GREETING = re.compile(
    r"\b(?:hallo|hello|hi|hey|guten (?:tag|morgen|abend)|servus|moin|grüß gott|dear"
    r"|liebe[r]?|sehr geehrte[r]?|gr[uü](?:ß|ss)(?:e|en)?|regards|cheers)\b",
    re.IGNORECASE,
)
_MARKS = " ,.;:!?…\n"


def tidied(text: str) -> str:
    """Return a text with single spaces and stops, none before a comma, and no gaps.

    Lines stay; at most one empty line stands between two paragraphs.
    """
    lines = (_SPACES.sub(" ", each).strip() for each in text.split("\n"))
    joined = _TWO_STOPS.sub(".", _BEFORE_MARK.sub("", "\n".join(lines)))
    return _EMPTY_LINES.sub("\n\n", joined).strip()


def fit_fact(value: str | None) -> str | None:
    """Return words from outside as a letter can hold them, ``None`` when it cannot."""
    words = tidied(" ".join((value or "").split())[: _LONGEST_FACT + 1])
    words = words.strip(_LOOSE_MARKS)
    if not words or len(words) > _LONGEST_FACT or words.casefold() in _NOTHING:
        return None
    is_fit = not (_UNFIT.search(words) or _UNSEEN.search(words))
    return words if is_fit and any(map(str.isalnum, words)) else None


def fit_quote(words: str) -> bool:
    """Return whether words of a note can stand in a letter as they are."""
    return (
        _SHORTEST_QUOTE <= len(words) <= _LONGEST_QUOTE
        and words == tidied(words)
        and "\n" not in words
        and words.count(" ") >= _FEWEST_SPACES
        and not _UNFIT.search(words)
        and not _UNSEEN.search(words)
        and not _ADDRESS.search(words)
        and not _GREETING.search(words)
        and any(map(str.isalpha, words))
    )


def quote_around(note: str, span: tuple[int, int]) -> str | None:
    """Return words of the note around a place, to the letter.

    The whole sentence if it is short enough, else the clause, else the place alone;
    ``None`` where none of them can be quoted.

    Args:
        note: As written.
        span: Where the words stand that something rests on, ``[start, end)``.
    """
    start, end = span
    if not 0 <= start < end <= len(note):
        return None
    for ends in (_SENTENCE_END, _CLAUSE_END):
        words = _between(note, start, end, ends)
        if fit_quote(words):
            return words
    words = note[start:end].strip(_MARKS)
    return words if fit_quote(words) else None


def _between(note: str, start: int, end: int, ends: re.Pattern[str]) -> str:
    """Return what stands around a place, up to what ends it on either side."""
    first = max(0, start - _LOOKED_AT)
    for mark in ends.finditer(note, first, start):
        first = mark.end()
    after = ends.search(note, end, end + _LOOKED_AT)
    return note[first : after.start() if after else end + _LOOKED_AT].strip(_MARKS)
