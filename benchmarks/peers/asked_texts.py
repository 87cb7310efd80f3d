"""What all peers are asked about: the same few texts of each source, the same notes."""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from many_requests import invented_requests
from public_data import LANGUAGES, Comparison, PublicNote, PublicText, comparisons
from vorzimmer.model import Kind

SEED = 20261101
NOTES = "public notes"
_BAD = {Kind.DANGER, Kind.SOLICITATION}
_GOOD = {Kind.PERSONAL, Kind.STANDARD}


@dataclass(frozen=True, slots=True)
class Trial:
    """Bad texts that are to be told from good ones.

    Attributes:
        lang: Name of the language.
        bad: Places of the bad texts among those asked.
        good: Places of the good ones.
        is_part: Whether more good ones are held against these bad ones elsewhere.
    """

    name: str
    lang: str
    bad: tuple[int, ...]
    good: tuple[int, ...]
    is_part: bool = False


def choose(texts: Sequence[PublicText], most: int) -> list[PublicText]:
    """Return at most so many texts of each source, language and label.

    Which ones is left to chance with a fixed seed.
    """
    groups: dict[tuple[str, str, bool], list[PublicText]] = defaultdict(list)
    for text in texts:
        if text.lang in LANGUAGES and text.is_bad is not None:
            groups[text.lang, text.source, text.is_bad].append(text)
    chosen = []
    for key in sorted(groups):
        group = sorted(groups[key], key=lambda each: each.id)
        chance = random.Random(f"{SEED} {key}")  # noqa: S311 - a sample, no secret
        chosen += group if len(group) <= most else chance.sample(group, most)
    return chosen


def as_texts(notes: Sequence[PublicNote]) -> list[PublicText]:
    """Return the public notes that are clearly bad or clearly good."""
    return [
        PublicText(note.id, NOTES, note.lang, note.truth in _BAD, note.text)
        for note in notes
        if note.truth in _BAD | _GOOD
    ]


def throughput_notes(count: int) -> list[str]:
    """Return the first so many notes of the benchmark of throughput.

    Without blank ones: a blank mail is nothing to filter. They are made of our training
    text, so they say how long notes take, and nothing of how well they are told apart.
    """
    # Made one by one, so no more of them than are taken.
    notes = (request.note or "" for request in invented_requests(sys.maxsize))
    return list(islice((note for note in notes if note.strip()), count))


def trials(texts: Sequence[PublicText]) -> list[Trial]:
    """Return what is told from what; see ``comparisons``.

    The public notes are held against each other alone.
    """
    notes = [text for text in texts if text.source == NOTES]
    others = [text for text in texts if text.source != NOTES]
    asked = [*comparisons(others), *comparisons(notes)]
    return [_trial(texts, each) for each in asked]


def _trial(texts: Sequence[PublicText], asked: Comparison) -> Trial:
    def places(sources: Sequence[str], *, bad: bool) -> tuple[int, ...]:
        return tuple(
            at
            for at, text in enumerate(texts)
            if text.lang == asked.lang and text.source in sources
            if text.is_bad is bad
        )

    bad = places((asked.bad,), bad=True)
    good = places(asked.good, bad=False)
    return Trial(asked.name, LANGUAGES[asked.lang], bad, good, asked.is_part)
