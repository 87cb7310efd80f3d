"""The normal form of a note, and the way back to the words as written; pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain

_QUOTES = str.maketrans(
    dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)  # fmt: skip
# Fillers that show nothing, though they count as letters.
_FILLERS = (0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0)
# Anything outside plain Latin writing takes the slow path through the table; so does
# ǰ, which case-folding takes apart.
_RARE = re.compile(
    "[^\t-~\u00a1-\u00aa\u00ac\u00ae-\u00b3\u00b5-\u00ba\u00bc-\u01ef\u01f1-\u024f]|`"
)
# No writing puts more marks on a letter; sorting thousands takes seconds.
# Source: Unicode Standard Annex 15, section 13 (Stream-Safe Text Format).
_MOST_MARKS = 30
_MAYBE_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
# Latin, Cyrillic, punctuation, symbols, emoji and their selector, what marks the byte
# order, and what stands for letters that were lost. No two characters of these become
# one, and no other writing does as much for so few entries.
_SIMPLE_BLOCKS = (
    (0x00, 0x250),
    (0x400, 0x460),
    (0x2000, 0x2C00),
    (0xFE0F, 0xFE10),
    (0xFEFF, 0xFF00),
    (0xFFFD, 0xFFFE),
    (0x1F000, 0x1FB00),
)
_GAP = re.compile(r"\s\s+")
_NO_GAP = re.compile(r"\S*+(?:\s\S++)*+")
_CLUSTER = re.compile(
    "[^\\s\u0300-\u036f\u1100-\u11ff]?[\u0300-\u036f\u1100-\u11ff]+|\\s+|.", re.DOTALL
)


def normalise(note: str) -> str:
    """Return the form in which notes are compared and searched.

    NFKC, case-folded, invisible characters removed, quotes and dashes unified, white
    space (line breaks too) collapsed to single blanks, ends stripped.
    """
    if note.isascii():
        return " ".join(note.lower().replace("`", "'").split())
    if not _RARE.search(note):
        return " ".join(unicodedata.normalize("NFKC", note).casefold().split())
    return " ".join(_fold(note).split())


def original_span(
    note: str, start: int, end: int, *, normal: str | None = None
) -> tuple[int, int] | None:
    """Return where ``normalise(note)[start:end]`` stands in ``note``.

    ``None`` when the two cannot be aligned (rare scripts). Costs a pass over the
    note, so ask only for what is shown.

    Args:
        note: As written.
        start: First letter in the normal form.
        end: The letter behind the last one.
        normal: The normal form, if it is at hand.
    """
    if start >= end:
        return None
    form = normalise(note) if normal is None else normal
    if " " not in (form[start : start + 1], form[end - 1 : end]):
        # The letter behind may be a mark on the last one.
        if note[: end + 1].isascii() and note[:end].lower() == form[:end]:
            return start, end
        turns = _turns(note, form)
        if turns is not None and end <= len(form):
            if turns is _NO_TURNS:
                return start, end
            return _place(turns, start), _place(turns, end - 1) + 1
    return _span_by_cluster(note, start, end)


# Where the form of a note gets longer or shorter than what it was made of.
_Turns = tuple[list[int], list[int]]
_NO_TURNS: _Turns = ([], [])


@lru_cache(maxsize=4)  # several signals quote from one note in turn
def _turns(note: str, form: str) -> _Turns | None:
    """Return between which places a note and its form go on letter by letter.

    Places in the form, and the same in the note; ``None`` where letters depend on what
    is beside them.
    """
    if len(note) == len(form) and (note.isascii() or _even().fullmatch(note)):
        return _NO_TURNS
    if not _simple().fullmatch(note):
        return None
    forms = simple_forms()
    body = note.strip()
    place = note.find(body)
    end = place + len(body)
    ours, theirs, at = [0], [place], 0
    # Two searches: one for either takes longer than both.
    gaps = _spans_behind(_NO_GAP, _GAP, note, place, end)
    uneven = _spans_behind(_even(), _uneven(), note, place, end)
    for first, behind in sorted((*gaps, *uneven)):
        at += first - place
        ours.append(at)
        theirs.append(first)
        at += len(forms[note[first]])
        ours.append(at)
        theirs.append(behind)
        place = behind
    at += end - place
    return ([*ours, at], [*theirs, end]) if at == len(form) else None


def _spans_behind(
    usual: re.Pattern[str], odd: re.Pattern[str], note: str, place: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield the spans of what is odd, which stands wherever the usual ends.

    To match what is usual takes a fifth of the time that a search for the odd does.
    """
    while (along := usual.match(note, place, end)) and (
        found := odd.match(note, along.end(), end)
    ):
        yield found.span()
        place = found.end()


def _place(turns: _Turns, at: int) -> int:
    """Return where one letter of the form stands in the note."""
    ours, theirs = turns
    turn = bisect_right(ours, at) - 1
    return min(theirs[turn] + at - ours[turn], theirs[turn + 1] - 1)


@cache
def simple_forms() -> dict[str, str]:
    """Return the form of each character that depends on nothing beside it.

    Those of the blocks below, less all that marks are put on or taken off, and less
    all that falls apart into words.
    """
    forms = {
        chr(code): " " if chr(code).isspace() else _fold(chr(code))
        for first, end in _SIMPLE_BLOCKS
        for code in range(first, end)
    }
    return {
        sign: form
        for sign, form in forms.items()
        if not any(map(unicodedata.combining, form))
        and (form == " " or " " not in form)
    }


@cache
def _simple() -> re.Pattern[str]:
    """Return what matches a text of simple characters alone."""
    return re.compile(f"[{_ranges(map(ord, simple_forms()))}]*")


@cache
def _even() -> re.Pattern[str]:
    """Return what matches a text of simple characters whose form is one letter long."""
    codes = [ord(sign) for sign, form in simple_forms().items() if len(form) == 1]
    return re.compile(f"[{_ranges(codes)}]*")


@cache
def _uneven() -> re.Pattern[str]:
    """Return what matches one of the other simple characters."""
    codes = [ord(sign) for sign, form in simple_forms().items() if len(form) != 1]
    return re.compile(f"[{_ranges(codes)}]")


def _ranges(characters: Iterable[int]) -> str:
    """Return code points in the form of a class of characters."""
    codes = set(characters)
    firsts = sorted(code for code in codes if code - 1 not in codes)
    lasts = sorted(code for code in codes if code + 1 not in codes)
    ends = zip(firsts, lasts, strict=True)
    return "".join(f"\\U{a:08x}-\\U{z:08x}" for a, z in ends)


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
    bare = _MAYBE_MARKS.sub(_with_few_marks, text.translate(_translation()))
    plain = unicodedata.normalize("NFKC", bare).translate(_translation())
    return unicodedata.normalize("NFKC", plain.casefold())


@cache
def _translation() -> dict[int, str | None]:
    """Return what becomes of quotes, dashes and invisible signs; made when needed.

    Format characters (zero-width joiners, soft hyphens, direction marks) carry no
    words, but break up the words that a phrase looks for; so do invisible fillers. The
    planes between hold ideographs only, and a walk through them takes a while.
    """
    codes = chain(range(0x20000), range(0xE0000, 0xE1000))
    formats = [code for code in codes if unicodedata.category(chr(code)) == "Cf"]
    quotes: dict[int, str | None] = dict(_QUOTES)
    return {**dict.fromkeys([*formats, *_FILLERS]), **quotes}


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
