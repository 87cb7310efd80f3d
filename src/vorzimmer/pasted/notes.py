"""Finds the words that were sent along; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from vorzimmer.names import plain_name
from vorzimmer.pasted.page import Page
from vorzimmer.pasted.words import (
    has_word,
    is_closing,
    is_greeting,
    is_labelled,
    is_prose,
)

_QUOTES = '“”„"»«‚‘'
_MORE = re.compile(
    r"(?:…|\.\.\.)?\s?(?:see|show|read)? ?(?:more|less)"
    r"|(?:…|\.\.\.)?\s?(?:mehr|weniger)(?: anzeigen| lesen)?",
    re.IGNORECASE,
)
_TRAILING_MORE = re.compile(
    r"\s*(?:…|\.\.\.)\s?(?:(?:see|show|read) more|mehr(?: anzeigen| lesen)?)$",
    re.IGNORECASE,
)
_CARD = {"degree", "pronoun"}


def find_note(
    page: Page, start: int, stop: int, *, name: str, taken: Collection[int] = ()
) -> tuple[str, float] | None:
    """Return the words sent along, and how surely these are they.

    Args:
        page: The pasted text.
        start: The first line to look at.
        stop: The first line not to look at any more.
        name: Whose words, ``""`` when not known.
        taken: Lines that say something else.
    """
    for at in range(start, stop):
        if at in taken or page.roles[at]:
            continue
        sure = _begins(page, at, start, name=name)
        if not sure:
            continue
        lines = list(_lines(page, at, _until(at, stop, taken), name=name))
        text = joined(page, lines)
        is_networks = len(lines) == 1 and is_greeting(text) and len(text.split()) <= 6
        if text and not is_networks:
            return text, sure
    return None


def labelled_note(page: Page) -> tuple[str, float] | None:
    """Return the words behind ``Note:`` or ``Nachricht:``."""
    for at, role in enumerate(page.roles[: page.end]):
        if role == "label note":
            labelled = is_labelled(page.lines[at].text)
            first = labelled[1] if labelled else ""
            rest = joined(page, list(_lines(page, at + 1, page.end, name="")))
            text = f"{first}\n{rest}".strip()
            return (text, 0.95) if text else None
    return None


def _begins(page: Page, at: int, start: int, *, name: str) -> float:
    """Return how surely a note begins at a line, 0 is not at all."""
    text = page.lines[at].text
    if is_greeting(text):
        return 0.95
    if text[0] in _QUOTES:
        return 0.9
    is_asked = page.has("asks") or page.has("answer")
    if page.has("section") and not is_asked:
        return 0.0  # a profile's own words about itself
    if is_prose(text):
        return 0.85 if is_asked or not name else 0.7
    has_answer = page.next_role(at) == "answer"
    is_words = len(text.split()) >= 2 and bool(re.search(r"[.!?)]$", text))
    if has_answer or is_words:
        return 0.6
    # Of a text without anybody's name, whatever is said is the note.
    is_whole = not name and at == start and not any(page.roles[: page.end])
    is_job = has_word("job", text) or bool(re.search(r"\b(?:at|bei)\b|[|@]", text))
    return 0.5 if is_whole and len(text.split()) > 3 and not is_job else 0.0


def _lines(page: Page, start: int, stop: int, *, name: str) -> Iterable[int]:
    """Yield the lines of a note from its first one on."""
    is_signed = False
    for at in range(start, stop):
        text, role = page.lines[at].text, page.roles[at]
        if role == "noise" and _MORE.fullmatch(text):
            continue
        is_own_name = bool(name) and plain_name(text) == plain_name(name)
        is_end = bool(role) and role != "shared head"
        if is_end or (is_own_name and page.next_role(at) in _CARD):
            return
        if is_own_name and not is_signed and _stands_alone(page, at, stop):
            return
        is_signed = is_closing(text) or text.endswith(",")
        yield at


def _until(start: int, stop: int, taken: Collection[int]) -> int:
    """Return the first line behind a start that says something else."""
    return min((at for at in taken if at > start), default=stop)


def _stands_alone(page: Page, at: int, stop: int) -> bool:
    """Whether a name below a note belongs to what the network shows of the person."""
    return at + 1 < stop and page.lines[at].gap and not page.roles[at + 1]


def joined(page: Page, lines: list[int]) -> str:
    """Return lines as a text; a gap stays one empty line."""
    pieces = [
        ("\n\n" if page.lines[at].gap else "\n") + page.lines[at].text for at in lines
    ]
    text = _TRAILING_MORE.sub("", "".join(pieces).strip())
    is_quoted = len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES
    return text[1:-1].strip() if is_quoted else text
