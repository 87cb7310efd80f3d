"""The normal form of a note, and the way back to the words as written; pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Format characters (zero-width joiners, soft hyphens, direction marks) carry no
# words, but break up the words that a phrase looks for; so do invisible fillers.
# The planes between hold ideographs only, and a walk through them takes a while.
_INVISIBLE = dict.fromkeys(
    [
        *(c for c in range(0x20000) if unicodedata.category(chr(c)) == "Cf"),
        *(c for c in range(0xE0000, 0xE1000) if unicodedata.category(chr(c)) == "Cf"),
        0x034F,
        0x115F,
        0x1160,
        0x3164,
        0xFFA0,
    ]
)
_QUOTES = str.maketrans(
    dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)  # fmt: skip
_TRANSLATION = {**_INVISIBLE, **_QUOTES}
# Anything outside plain Latin writing takes the slow path through the table; so does
# ǰ, which case-folding takes apart.
_RARE = re.compile(
    "[^\t-~\u00a1-\u00aa\u00ac\u00ae-\u00b3\u00b5-\u00ba\u00bc-\u01ef\u01f1-\u024f]|`"
)
# No writing puts more marks on a letter; sorting thousands takes seconds.
# Source: Unicode Standard Annex 15, section 13 (Stream-Safe Text Format).
_MOST_MARKS = 30
_MAYBE_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_WORD = re.compile(r"\S+")
_CLUSTER = re.compile(
    "[^\\s\u0300-\u036f\u1100-\u11ff]?[\u0300-\u036f\u1100-\u11ff]+|\\s+|.", re.DOTALL
)


def normalise(note: str) -> str:
    """Return the form in which notes are compared and searched.

    NFKC, case-folded, invisible characters removed, quotes and dashes unified, white
    space (line breaks too) collapsed to single blanks, ends stripped.
    """
    if not _RARE.search(note):
        return " ".join(unicodedata.normalize("NFKC", note).casefold().split())
    return " ".join(_fold(note).split())


def original_span(note: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where ``normalise(note)[start:end]`` stands in ``note``.

    ``None`` when the two cannot be aligned (rare scripts). Costs a pass over the
    note, so ask only for what is shown.
    """
    if start >= end:
        return None
    if not _RARE.search(note):
        folded = unicodedata.normalize("NFKC", note).casefold()
        # Plain Latin letters only ever grow, so equal length is letter for letter.
        if len(folded) == len(note):
            return _span_between_blanks(note, start, end)
    return _span_by_cluster(note, start, end)


def _span_between_blanks(note: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span where only white space differs from the normal form."""
    first: int | None = None
    at = previous = 0
    for word in _WORD.finditer(note):
        begin, finish = word.span()
        stop = at + finish - begin
        if first is None and start < stop:
            first = begin + start - at if start >= at else previous
        if first is not None and end <= stop:
            return first, begin + end - at
        at, previous = stop + 1, finish
    return None


def _span_by_cluster(note: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span letter by letter, each with its marks."""
    places = _places_by_cluster(note)
    if places is None or end > len(places):
        return None
    return places[start][0], places[end - 1][1]


@lru_cache(maxsize=4)  # several signals quote from one note in turn
def _places_by_cluster(note: str) -> tuple[tuple[int, int], ...] | None:
    """Return where each letter of the normal form stands, if they can be aligned."""
    places: list[tuple[int, int]] = []
    built: list[str] = []
    for found in _CLUSTER.finditer(note):
        form = _normal_cluster(found.group())
        if not form or (form == " " and (not built or built[-1][-1:] == " ")):
            continue
        built.append(form)
        places.extend([found.span()] * len(form))
    if "".join(built).rstrip(" ") != normalise(note):
        return None
    return tuple(places)


@lru_cache(maxsize=4096)  # a few hundred letters make up most notes
def _normal_cluster(piece: str) -> str:
    form = " " if piece.isspace() else _fold(piece)
    return " " if form.isspace() else form


def _fold(text: str) -> str:
    bare = _MAYBE_MARKS.sub(_with_few_marks, text.translate(_TRANSLATION))
    plain = unicodedata.normalize("NFKC", bare).translate(_TRANSLATION)
    return unicodedata.normalize("NFKC", plain.casefold())


def _with_few_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run.group():
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def words(text: str) -> list[str]:
    """Return the words of a text, case-folded, in order; digits count as words."""
    return re.findall(r"[^\W_]+", text.casefold())
