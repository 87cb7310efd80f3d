"""Names in a draft, held against the recipient's profile; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from vorzimmer.drafts.rule import Facts
from vorzimmer.names import fold, read_name
from vorzimmer.names.words import CALL_NAMES

ALIKE = 70.0
"""Per cent of letters from which on two words are a slip, and no other name."""

_PART = re.compile(r"[^\W\d_][\w'’-]*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST = 4
# A call name keeps so many letters, and leaves out so many; less may be a slip.
_SHORTEST_CALL, _LEFT_OUT = 3, 2


def names_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as written, without titles; empty when unknown."""
    read = read_name(name) if name else None
    if read is None:
        return ()
    parts = {*read.given, *read.family}
    return tuple(
        word
        for word in _PART.findall(name)
        if fold(word) in parts or any(fold(half) in parts for half in word.split("-"))
    )


def is_call_name(word: str, name: str) -> bool:
    """Return whether a word is short for the first name: Tobi, Kathi, Alex."""
    read = read_name(name) if name else None
    short = fold(word)
    stem = short.rstrip("iye")
    return any(
        given in CALL_NAMES.get(short, ())
        or (len(stem) >= _SHORTEST_CALL and given[:-1].startswith(stem))
        for given in (read.given if read else ())
        if len(given) >= len(short) + _LEFT_OUT
    )


def nearest_name(word: str, names: Sequence[str]) -> tuple[str, float]:
    """Return which of these names is most like a word, and how much (per cent)."""
    alike = [
        (name, fuzz.ratio(fold(word), fold(part)))
        for name in names
        for part in (name, *name.split("-"))
    ]
    return max(alike, key=lambda pair: pair[1])


def names_profile(facts: Facts) -> bool:
    """Return whether the text names something of the recipient's profile."""
    to = facts.draft.recipient
    profile = " ".join((to.company, to.position, to.headline, *to.seeks, *to.offers))
    known = {fold(word) for word in _WORD.findall(profile)}
    greeted = facts.salutation.span[1] if facts.salutation else 0
    said = {fold(word) for word in _WORD.findall(facts.text[greeted:])}
    return any(len(word) > _SHORTEST for word in known & said)
