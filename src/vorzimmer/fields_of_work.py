"""Fields of work, told from the words of headlines and job titles."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MOST_WORDS = 40
_LONGEST_READ = 300
_SHORTEST_STEM = 2


@cache
def _stems() -> tuple[dict[str, str], dict[str, str]]:
    """Return whole words and beginnings of words, each with its field."""
    text = (files("vorzimmer") / "fields_of_work.toml").read_text("utf-8")
    words: dict[str, str] = {}
    stems: dict[str, str] = {}
    for field, listed in tomllib.loads(text)["words"].items():
        for word in listed.split():
            if word.endswith("*"):
                stems[word.rstrip("*")] = field
            else:
                words[word] = field
    return words, stems


@cache
def field_names() -> tuple[str, ...]:
    """Return the names of all fields."""
    words, stems = _stems()
    return tuple(dict.fromkeys((*words.values(), *stems.values())))


@lru_cache(maxsize=16384)
def fields_in(text: str) -> frozenset[str]:
    """Return the fields of work that a headline or a job title names."""
    found = (_field(word) for word in _words(text))
    return frozenset(field for field in found if field)


def _words(text: str) -> list[str]:
    lowered = text[:_LONGEST_READ].lower()
    return [each.group() for each in _WORD.finditer(lowered)][:_MOST_WORDS]


@lru_cache(maxsize=16384)
def _field(word: str) -> str:
    words, stems = _stems()
    if word in words:
        return words[word]
    for end in range(len(word), _SHORTEST_STEM - 1, -1):
        if word[:end] in stems:
            return stems[word[:end]]
    return ""
