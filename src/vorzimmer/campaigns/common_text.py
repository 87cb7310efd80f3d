"""The text that the notes of a campaign have in common, and where they differ; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from vorzimmer.text import normalise

SLOT = "…"
# More notes do not change what is common; more words do not fit what is shown.
_MOST_NOTES, _MOST_WORDS = 15, 400
# Notes of which the most typical is shown.
_CANDIDATES = 5
# A word is common when so many of the other notes have it at the same place.
_COMMON = 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a common text.

    Attributes:
        text: As written in one of the notes; what stands in a slot differs elsewhere.
        is_slot: Whether the notes differ here.
    """

    text: str
    is_slot: bool


def common_text(notes: Sequence[str]) -> tuple[Part, ...]:
    """Return the words that notes have in common, with slots where they differ.

    Args:
        notes: As written; of many, some that stand evenly apart are read.
    """
    count = min(len(notes), _MOST_NOTES)
    chosen = [notes[at * len(notes) // count] for at in range(count)]
    written = [note.split()[:_MOST_WORDS] for note in chosen]
    compared = [[normalise(word) for word in words] for words in written]
    best = max(range(min(count, _CANDIDATES)), key=lambda at: _alike(compared, at))
    others = [words for at, words in enumerate(compared) if at != best]
    is_common, is_gap = _marks(compared[best], others)
    return _parts(written[best], is_common, is_gap)


def shown(parts: Sequence[Part]) -> str:
    """Return a common text in one line, a sign in each slot."""
    return " ".join(SLOT if part.is_slot else part.text for part in parts)


def _alike(notes: Sequence[Sequence[str]], at: int) -> int:
    return sum(LCSseq.similarity(notes[at], other) for other in notes)


def _marks(
    words: Sequence[str], others: Sequence[Sequence[str]]
) -> tuple[list[bool], list[bool]]:
    """Return which words are common, and before which something else often stands."""
    having = [0] * len(words)
    before = [0] * (len(words) + 1)
    for other in others:
        for code in LCSseq.opcodes(words, other):
            if code.tag == "equal":
                for at in range(code.src_start, code.src_end):
                    having[at] += 1
            elif code.tag == "insert":
                before[code.src_start] += 1
    least = _COMMON * len(others)
    return [each >= least for each in having], [each > least for each in before]


def _parts(
    words: Sequence[str], is_common: Sequence[bool], is_gap: Sequence[bool]
) -> tuple[Part, ...]:
    parts: list[Part] = []

    def add(text: str, *, is_slot: bool) -> None:
        if parts and parts[-1].is_slot == is_slot:
            text = f"{parts.pop().text} {text}".strip()
        parts.append(Part(text, is_slot))

    for word, common, gap in zip(words, is_common, is_gap, strict=False):
        if gap:
            add("", is_slot=True)
        add(word, is_slot=not common)
    if is_gap[-1]:
        add("", is_slot=True)
    return tuple(parts)
