"""Names in a draft, held against the recipient's profile; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from vorzimmer.drafts.rule import Facts
from vorzimmer.drafts.salutation import TITLES
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


def words_of(name: str) -> tuple[str, ...]:
    """Return all words of a name as written, particles and titles, too."""
    return tuple(_PART.findall(name))


def title_of(name: str) -> str:
    """Return by which title of a name one is addressed, ``""`` when it has none.

    Of several, a professor's stands before a doctor's, and that before all others.
    """
    titles = [each.group() for each in TITLES.finditer(name)]
    for sign in ("prof", "dr"):
        for title in titles:
            if sign in title.casefold():
                return title.rpartition("-")[2]
    return titles[0] if titles else ""


def is_call_name(word: str, name: str) -> bool:
    """Return whether a word is short for the first name: Tobi, Kathi, Lisa, Alex."""
    read = read_name(name) if name else None
    short = fold(word)
    stem = short.rstrip("iye")
    return any(
        given in CALL_NAMES.get(short, ())
        or (
            len(given) >= len(short) + _LEFT_OUT
            and (
                (len(stem) >= _SHORTEST_CALL and given[:-1].startswith(stem))
                or (len(short) >= _SHORTEST and short in given)
            )
        )
        for given in (read.given if read else ())
    )


def nearest_name(word: str, names: Sequence[str]) -> tuple[str, float]:
    """Return which of these names is most like a word, and how much (per cent)."""
    alike = [
        (name, fuzz.ratio(fold(word), fold(part)))
        for name in names
        for part in (name, *name.split("-"))
    ]
    return max(alike, key=lambda pair: pair[1])


def greets_another(facts: Facts) -> bool:
    """Return whether the greeting names somebody else than the recipient."""
    greeting, name = facts.salutation, facts.draft.recipient.name
    own = names_of(name)
    if greeting is None or not own or not greeting.names or greets_firm(facts):
        return False
    if any(is_call_name(each.text, name) for each in greeting.names):
        return False
    return all(nearest_name(each.text, own)[1] < ALIKE for each in greeting.names)


def greets_firm(facts: Facts) -> bool:
    """Return whether the greeting names the firm or the post, and not the person."""
    to, greeting = facts.draft.recipient, facts.salutation
    if greeting is None or not greeting.names or greeting.form:
        return False
    posts = f"{to.company} {to.position} {to.headline}"
    known = {fold(word) for word in _WORD.findall(posts)}
    own = {fold(word) for word in words_of(to.name)}
    return all(fold(each.text) in known - own for each in greeting.names)


def names_profile(facts: Facts) -> bool:
    """Return whether the text names something of the recipient's profile."""
    to = facts.draft.recipient
    profile = " ".join((to.company, to.position, to.headline, *to.seeks, *to.offers))
    known = {fold(word) for word in _WORD.findall(profile)}
    greeted = facts.salutation.span[1] if facts.salutation else 0
    said = {fold(word) for word in _WORD.findall(facts.text[greeted:])}
    return any(len(word) > _SHORTEST for word in known & said)
