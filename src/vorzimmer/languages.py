"""In which language a text is written, and which languages a member reads; pure.

The letters themselves are judged by py3langid (a multinomial naive Bayes over byte
n-grams), held to the languages below. One text or a million get the same answer: many
go through the same tables in a compiled loop (``kernels.languages``).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vorzimmer.language_names import NAMES
from vorzimmer.links import find_links
from vorzimmer.once import once

if TYPE_CHECKING:
    from vorzimmer.language_tables import Tables

LANGUAGES = (
    *("ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi"),
    *("hr", "hu", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv"),
    *("tr", "uk", "zh"),
)
"""ISO 639-1 codes of the languages that are told apart: those of Europe's and the
world's large networks. Croatian stands for its sisters too. The fewer there are, the
fewer short notes are mistaken for a rare one."""

SURE = 0.6
"""From this probability on a language is named: of our own notes below it one in six
was mistaken, above it one in ten thousand (docs/experiments.md)."""

_LEAST_LETTERS = 12
_LOOKED_AT = 100
# A note says its language early; more is never read.
_MOST_CHARACTERS = 2_000
_ADDRESS = re.compile(r"\S+@\S+")
_CODES = {name: code for code in LANGUAGES for name in (code, *NAMES[code])}


def language_of(text: str | None) -> str | None:
    """Return the ISO 639-1 code of the language of a text.

    Args:
        text: A note; links and mail addresses in it count for nothing.

    Returns:
        One of ``LANGUAGES``, or ``None``: too short, or not sure.
    """
    return _language_of(text[:_MOST_CHARACTERS]) if text else None


def languages_of(texts: Sequence[str | None]) -> list[str | None]:
    """Return the same of many texts, three times as fast."""
    bare = [_bare(text[:_MOST_CHARACTERS]) if text else "" for text in texts]
    return [code if probability >= SURE else None for code, probability in _many(bare)]


def languages_named(words: Iterable[str]) -> frozenset[str]:
    """Return the codes of languages by their names.

    Args:
        words: Codes or names as people write them into a profile: ``"de"``,
            ``"German (native)"``, ``"Französisch"``, ``"Türkçe"``; what is no
            language here is passed over.
    """
    return frozenset(code for word in words for code in _codes_in(word))


@lru_cache(maxsize=4096)
def _language_of(text: str) -> str | None:
    bare = _bare(text)
    if not bare:
        return None
    # Where the compiled loops are loaded anyway, their tables are at hand.
    found = _many([bare]) if "numba" in sys.modules else [_one(bare)]
    code, probability = found[0]
    return code if probability >= SURE else None


def _one(bare: str) -> tuple[str, float]:
    code, probability = _identifier().classify(bare)
    return code, probability


def _many(bare: Sequence[str]) -> list[tuple[str, float]]:
    from vorzimmer.kernels.languages import surest  # noqa: PLC0415 - loads numba

    tables = _tables()
    codes = tables.classes.tolist()
    return [(codes[index], probability) for index, probability in surest(bare, tables)]


@once
def _tables() -> Tables:
    """Return the library's tables as the compiled loop reads them."""
    # In another file, since what is pure touches no disk.
    from vorzimmer.language_tables import shipped_tables  # noqa: PLC0415 - numpy

    return shipped_tables(LANGUAGES, _identifier)


def _bare(text: str) -> str:
    """Return the words without links and addresses; nothing, if few are left."""
    for link in reversed(find_links(text)):
        text = f"{text[: link.span[0]]} {text[link.span[1] :]}"
    if "@" in text:
        text = _ADDRESS.sub(" ", text)
    return text if _has_words(text.lstrip()[:_LOOKED_AT]) else ""


def _has_words(signs: str) -> bool:
    """Whether enough of them are letters; most texts have them at their beginning."""
    weight = 0
    for sign in signs:
        if sign.isalpha():
            # Chinese, Japanese and Korean say much with few signs.
            weight += 3 if sign > "\u2e80" else 1
            if weight >= _LEAST_LETTERS:
                return True
    return False


@once
def _identifier() -> Any:  # noqa: ANN401 - the library has no types
    """Return the library's tables, loaded once: 0.3 s and 60 MB."""
    from py3langid.langid import (  # type: ignore[import-untyped] # noqa: PLC0415 - heavy
        MODEL_FILE,
        LanguageIdentifier,
    )

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(LANGUAGES)
    return made


@lru_cache(maxsize=256)
def _codes_in(word: str) -> tuple[str, ...]:
    folded = word[:200].casefold().strip()
    if folded in _CODES:
        return (_CODES[folded],)
    parts = re.findall(r"[^\W\d_]{3,}", folded)
    return tuple(_CODES[part] for part in parts if part in _CODES)
