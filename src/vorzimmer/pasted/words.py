"""What a single line of a pasted text is: a button, a heading, a degree, a name; pure.

The patterns stand in ``words.toml``. Only short lines are looked at: whatever a network
writes around people is short, and so nobody can make a pattern slow.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import count
from typing import Any

from vorzimmer.mails.blocks import looks_like_name
from vorzimmer.mails.templates import GREETING
from vorzimmer.names import plain_name
from vorzimmer.names.words import PARTICLES, TITLES

LONGEST = 200
"""Of a line that a network writes."""

_NAME = "[^\\n|:;!?<>@{}\\[\\]]{2,80}?"
_NAMES = "[^\\n|:;!?<>@{}\\[\\]]{2,150}?"
TIME = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\.?)?"
_CAPITAL = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_ROLES = ("end", "section", "answer", "degree", "pronoun", "badge", "noise", "footer")
_SMALL = frozenset(PARTICLES) | frozenset(TITLES) | {"und", "and", "y", "e", "&"}
_MOST_NAME_WORDS = 6


@cache
def _table() -> dict[str, Any]:
    place = files("vorzimmer") / "pasted" / "words.toml"
    return tomllib.loads(place.read_text("utf-8"))


@cache
def patterns(part: str, what: str) -> re.Pattern[str]:
    """Return the pattern of one entry of ``words.toml``; its names are numbered."""
    numbers = count()
    whole = "|".join(_table()[part][what])
    whole = whole.replace("NAMES", f"(?:{_NAMES})").replace("TIME", TIME)
    whole = re.sub("NAME", lambda _: f"(?P<name{next(numbers)}>{_NAME})", whole)
    return re.compile(whole, re.IGNORECASE)


def is_all(part: str, what: str, text: str) -> bool:
    """Return whether a whole line is what an entry describes."""
    return len(text) <= LONGEST and bool(patterns(part, what).fullmatch(text))


def name_in(what: str, text: str) -> str | None:
    """Return the name in a sentence of the network; ``None`` when it is none."""
    if len(text) > LONGEST:
        return None
    found = patterns("named", what).fullmatch(text)
    if not found:
        return None
    named = (value for key, value in found.groupdict().items() if value)
    name = next(named, "").strip(" ,.-–")
    return name if looks_like_name(name) else None


@lru_cache(maxsize=8192)
def role_of(text: str) -> str:
    """Return what a line is, ``""`` when it is words of somebody's own."""
    if len(text) > LONGEST:
        return ""
    if not _CAPITAL.search(text) and not re.search(r"\d", text):
        return "noise"
    plain = text.strip(" •·|").rstrip(":")
    for role in _ROLES:
        if is_all("role", role, text) or is_all("role", role, plain):
            return role
    for what in ("wrote", "asks", "picture", "visited", "from"):
        if name_in(what, text):
            return what
    return "visited" if is_all("named", "visited_alone", text) else ""


@cache
def _single(what: str) -> frozenset[str]:
    return frozenset("|".join(_table()["words"][what]).split("|"))


def has_word(what: str, text: str) -> bool:
    """Return whether one of the words of a text is in a list of them."""
    known = _single(what)
    return any(
        word.casefold().rstrip(".") in known or word.casefold() in known
        for word in _pieces(text)
    )


def _pieces(text: str) -> Iterable[str]:
    for word in _WORD.findall(text):
        yield word
        yield from word.split("-") if "-" in word else ()


def is_labelled(text: str) -> tuple[str, str] | None:
    """Return field and value of a line like ``Name: …``; ``None`` when it is none."""
    label, colon, value = text.partition(":")
    if not colon or len(label) > 30 or value.startswith("//"):
        return None
    for field in _table()["labelled"]:
        if patterns("labelled", field).fullmatch(label.strip()):
            return field, value.strip()
    return None


def is_surely_name(text: str) -> bool:
    """Return whether a line with nothing beside it reads like a person's name."""
    words = text.split()
    if not 2 <= len(words) <= _MOST_NAME_WORDS or not looks_like_name(text):
        return False
    if re.search(r"[\d|/@&•·:;!?_#]", text) or has_word("job", text) or role_of(text):
        return False
    if place_sureness(text) or is_closing(text):
        return False
    real = [
        word
        for word in words
        if word.casefold().strip(".,") not in _SMALL
        or (word[:1].isupper() and not word.endswith("."))
    ]
    return len(real) >= 2 and all(word[:1].isupper() for word in real)


def may_be_name(text: str) -> bool:
    """Return whether a line can be a name, if something beside it says so."""
    if not looks_like_name(text) or role_of(text):
        return False
    return bool(plain_name(text)) and not re.search(r"\d{2}|[|@]", text)


@lru_cache(maxsize=1024)
def place_sureness(text: str) -> float:
    """Return how surely a line is a place, 0 is not at all."""
    if not 2 <= len(text) <= 100 or re.search(r"[.!?;:@/|]|\d{3}(?!\d{2})", text):
        return 0.0
    low = text.lower()  # case-folding would part ß
    parts = [part.strip() for part in re.split(r",|\(|\)", low) if part.strip()]
    countries, towns = _single("country"), patterns("words", "town")
    is_job = has_word("job", text) or bool(re.search(r"\b(?:at|bei|of|in)\b", low))
    is_short = bool(parts) and not is_job and len(parts[0].split()) <= 4
    if is_short and (parts[-1] in countries or all(map(towns.fullmatch, parts))):
        return 0.95
    if patterns("words", "region").fullmatch(low) and not has_word("job", text):
        return 0.9
    if len(parts) > 1 and any(map(towns.fullmatch, parts)):
        return 0.0 if is_job else 0.9
    has_shape = len(parts) in {2, 3} and all(
        len(part.split()) <= 3 and not re.search(r"\d", part) for part in parts
    )
    return 0.6 if has_shape and not is_job else 0.0


def is_closing(text: str) -> bool:
    """Return whether a line ends a letter (``Viele Grüße``)."""
    return len(text) <= 60 and bool(patterns("words", "closing").fullmatch(text))


def is_greeting(text: str) -> bool:
    """Return whether a line begins a letter (``Hallo Frau Brandt,``)."""
    head = re.split(r"(?<=[,!.])\s", text, maxsplit=1)[0][:80]
    return bool(GREETING.search(head))


def is_prose(text: str) -> bool:
    """Return whether a line reads like a sentence of a letter."""
    words = text.split()
    ends = bool(re.search(r"[.!?…)\"”“:]$|[:;]-?\)$", text))
    return len(words) > 14 or (ends and len(words) > 3)
