"""The consonants of words: equal for every spelling that ``names.fold`` makes one.

To fold a word takes time; to compare consonants rules most words out before.
"""

from __future__ import annotations

import re
from functools import cache

from vorzimmer.names import fold

# Folding only ever touches these, and "ks", which may become "x".
_SILENT = "aeiouyj'’"
_LATIN_END = 0x250
# What else stands in headlines and is no part of a word.
_SIGNS = "–—•·…„“”‘’"
_PLAIN = re.compile(f"[\0-\x7f\xc0-\xd6\xd8-\xf6\xf8-\u024f{_SIGNS}]*")


def consonants(word: str) -> str:
    """Return the consonants of one word in Latin letters."""
    return word.casefold().translate(_table()).replace("ks", "x")


def plain_consonants(text: str) -> str | None:
    """Return the consonants of a text, all words and signs in their order.

    ``None`` where words may be put together otherwise than they stand there: with dots
    inside (S.A.P.), or in another script.
    """
    if "." in text or not _PLAIN.fullmatch(text):
        return None
    return consonants(text)


def sound_of(sign: str) -> str | None:
    """Return the consonants of a letter; ``None`` when it may be anything."""
    if ord(sign) >= _LATIN_END or not sign.isalnum():
        return None
    return consonants(sign)


@cache
def _table() -> dict[int, str]:
    table = {
        code: "".join(each for each in fold(chr(code)) if each not in _SILENT)
        for code in range(0xC0, _LATIN_END)
        if chr(code).isalnum()
    }
    return table | dict.fromkeys(map(ord, _SILENT), "")
