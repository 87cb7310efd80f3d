"""Finds the words of our training text that are no names, so that none is masked.

Whatever stands behind a greeting or under a note is taken for a name, unless it is a
word that people use elsewhere, too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from training_text import TrainingNote, stories
from vorzimmer.text import normalise

FILE = (
    Path(__file__).parent.parent / "src" / "vorzimmer" / "model_data" / "everyday.txt"
)
# In so many stories a word occurs at least.
FEWEST_STORIES = 8
# Of these, so many and so large a share have it in small letters, or behind an article:
# a name is rarely written so.
_FEWEST, _SMALL_SHARE, _ARTICLE_SHARE = 3, 0.25, 0.2
# A word that stands behind a title is a name, unless so many stories have it small.
_AFTER_TITLES, _CERTAINLY = 2, 60
_WORD = re.compile(r"[^\W_]+(?:['’/-][^\W_]+)*")
_TITLES, _ARTICLES, _NAMES = (
    frozenset(each.split())
    for each in (
        "herr herrn frau mr mrs ms dr prof familie",
        """
        der die das den dem des ein eine einen einem einer eines kein keine keinen mein
        meine meinen meiner dein deine deinen deiner sein seine ihr ihre ihren ihrem
        ihrer unser unsere unseren unserer euer eure dies diese dieser dieses jede jeder
        jedes zum zur im am beim vom ins the a an my your our their his her its this
        that these those no some any every
        """,
        # Names that our writers also wrote in small letters.
        """
        averne bill birgit ellerwick ernst grace huber klaus lasse lowick mark max mia
        skovby sven tollgate ute
        """,
    )
)


def everyday_words(notes: Sequence[TrainingNote]) -> list[str]:
    """Return words in normal form, in the order of the alphabet."""
    having: dict[str, set[str]] = defaultdict(set)
    small: dict[str, set[str]] = defaultdict(set)
    behind_article: dict[str, set[str]] = defaultdict(set)
    behind_title: Counter[str] = Counter()
    for note, story in zip(notes, stories(notes), strict=True):
        before = ""
        for found in _WORD.finditer(note.text):
            word = normalise(found.group())
            having[word].add(story)
            if found.group()[0].islower():
                small[word].add(story)
            if before in _ARTICLES:
                behind_article[word].add(story)
            behind_title[word] += before in _TITLES
            before = word
    return sorted(
        word
        for word, told in having.items()
        if len(told) >= FEWEST_STORIES
        and not any(sign.isdigit() for sign in word)
        and word not in _NAMES
        and (
            len(small[word]) >= max(_FEWEST, _SMALL_SHARE * len(told))
            or len(behind_article[word]) >= max(_FEWEST, _ARTICLE_SHARE * len(told))
        )
        and (behind_title[word] < _AFTER_TITLES or len(small[word]) >= _CERTAINLY)
    )


def write_everyday_words(notes: Sequence[TrainingNote]) -> None:
    """Write the file of the package."""
    FILE.write_text("\n".join(everyday_words(notes)) + "\n", "utf-8")
