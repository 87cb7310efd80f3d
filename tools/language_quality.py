"""Writes docs/reference/language-quality.md: how surely a note's language is told.

Of public data it says counts, never words.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_parts import share, table
from public_data import DATA, MISSING
from vorzimmer.languages import LANGUAGES, SURE, languages_of
from vorzimmer.quality import Share

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "language-quality.md"
GOAL = 0.97
"""Of notes of usual length, so many must be told right; unsure is not right."""

_USUAL = range(40, 301)
_HEAD = f"""\
# How surely the language of a note is told

<!-- Made by tools/language_quality.py; change the tool, then: make quality -->

Sentences and pairs of words of nine languages, collected by others (Apache-2.0);
none of them was used to choose anything. {len(LANGUAGES)} languages are told apart. A
language is named from a probability of {SURE} on; below it, and of fewer than twelve
letters, it stays *unsure*, which is no mistake: the desk then says nothing about the
language. Behind a share stands, in brackets, where the true one lies in 95 of 100
cases (Wilson's interval). How to make this page: [Measure
quality](../howto/measure-quality.md)."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many texts of a language were told right, wrong, or not at all."""

    right: int
    wrong: int
    unsure: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.right + self.wrong + self.unsure

    def __add__(self, other: Told) -> Told:
        right, wrong = self.right + other.right, self.wrong + other.wrong
        return Told(right, wrong, self.unsure + other.unsure)

    def cells(self) -> tuple[str, ...]:
        """Return what a row of a table says."""
        right = Share(self.right, self.count)
        sure = Share(self.right, self.right + self.wrong)
        unsure = Share(self.unsure, self.count)
        counts = (str(self.count), share(right), str(self.wrong))
        return (*counts, share(unsure), share(sure))


def told(code: str, texts: Sequence[str]) -> Told:
    """Return how texts of one language were told."""
    found = Counter(
        "unsure" if each is None else "right" if each == code else "wrong"
        for each in languages_of(texts)
    )
    return Told(found["right"], found["wrong"], found["unsure"])


def read_texts(folder: Path) -> dict[str, list[str]]:
    """Return texts by language; none where the data is not there."""
    return {
        file.stem: list(filter(None, file.read_text("utf-8").split("\n")))
        for file in sorted(folder.glob("*.txt"))
    }


def page(sentences: Mapping[str, list[str]], pairs: Mapping[str, list[str]]) -> str:
    """Return the page.

    Args:
        sentences: By language.
        pairs: Pairs of words, the same.
    """
    if not sentences:
        return f"{_HEAD}\n\n{MISSING}\n"
    usual = _by_language(sentences, _USUAL)
    whole = sum(usual.values(), Told(0, 0, 0))
    is_held = whole.right >= GOAL * whole.count
    parts = [
        _HEAD,
        "## Goal",
        table(
            ("figure", "goal", "measured", "held"),
            [
                (
                    "right, of 40 to 300 characters",
                    f"≥ {GOAL}",
                    share(Share(whole.right, whole.count)),
                    "yes" if is_held else "**no**",
                )
            ],
        ),
        *_section("40 to 300 characters", usual),
        *_section("Fewer than 40 characters", _by_language(sentences, range(40))),
        *_section("Pairs of words", _by_language(pairs, range(10_000))),
    ]
    return "\n\n".join(parts) + "\n"


def _by_language(texts: Mapping[str, list[str]], length: range) -> dict[str, Told]:
    return {
        code: told(code, [each for each in lines if len(each) in length])
        for code, lines in texts.items()
    }


def _section(title: str, found: Mapping[str, Told]) -> Iterator[str]:
    whole = sum(found.values(), Told(0, 0, 0))
    rows = [(code, *each.cells()) for code, each in found.items() if each.count]
    yield f"## {title}"
    head = ("language", "n", "right", "wrong", "unsure", "right, where sure")
    yield table(head, [("all", *whole.cells()), *rows])


def main() -> int:
    """Measure, write; return the exit status."""
    folder = DATA / "language"
    text = page(read_texts(folder / "sentences"), read_texts(folder / "word-pairs"))
    PAGE.write_text(text, "utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
