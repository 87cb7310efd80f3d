"""The words in many notes that speak most for each kind, found when asked for; pure.

What ``note.NoteFacts.reads_like`` says of each note. To look up the words of dozens of
notes at once takes a fraction of the time that one after the other does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from vorzimmer.classifier import Classifier, Likeness, quoted_rows, wanted_rows
from vorzimmer.lines import encoded
from vorzimmer.model import Hit, Kind, Words
from vorzimmer.note import NoteFacts
from vorzimmer.text import simple_forms

# So many notes are read at once: enough that the call costs little, few enough that who
# asks for the words of one does not wait for the others.
_AT_ONCE = 128

Rows = list[int]


def spoken(notes: Sequence[NoteFacts]) -> dict[Kind, tuple[Rows, list[Hit]]]:
    """Return by kind which notes say enough for or against it, and the hits.

    Args:
        notes: Read with the compiled loops.
    """
    rows = np.array([row for row, each in enumerate(notes) if each.likeness])
    own = [each for each in notes if each.likeness]
    likenesses = [each.likeness for each in own if each.likeness]
    if not likenesses:
        return {}
    kinds, classifier = likenesses[0].kinds, likenesses[0].classifier
    strengths = strengths_of(likenesses)
    words_of = _StrongestWords(own, likenesses, strengths, classifier).of
    found = {}
    for column, kind in enumerate(kinds):
        hit = np.flatnonzero(strengths[:, column])
        looks = map(partial, repeat(words_of), hit.tolist(), repeat(column))
        hits = Hit.many(looks, strengths[hit, column].tolist())
        found[kind] = rows[hit].tolist(), hits
    return found


def strengths_of(likenesses: Sequence[Likeness]) -> NDArray[np.float64]:
    """Return how strongly each note speaks, a row each, in a column for each kind."""
    numbers = chain.from_iterable([each.strengths for each in likenesses])
    return np.fromiter(numbers, np.float64).reshape(len(likenesses), -1)


class _StrongestWords:
    """The words of many notes, a row for each note and a column for each kind."""

    def __init__(
        self,
        notes: Sequence[NoteFacts],
        likenesses: Sequence[Likeness],
        strengths: NDArray[np.float64],
        classifier: Classifier,
    ) -> None:
        self._notes = notes
        self._likenesses = likenesses
        self._rows = quoted_rows(strengths)
        self._wanted = wanted_rows(strengths)
        self._classifier = classifier
        self._words: list[list[Words | None]] = [[] for _ in notes]

    def of(self, number: int, column: int) -> Words:
        """Return the words of one note for one kind, or those against it."""
        if not self._words[number]:
            first = number - number % _AT_ONCE
            self._look_up(slice(first, first + _AT_ONCE))
        words = self._words[number][column]
        if words is None:
            hit = self._notes[number].reads_like(self._likenesses[number].kinds[column])
            words = hit.words() if hit else ("", None)
        return words

    def _look_up(self, some: slice) -> None:
        """Look up the words of some notes for all kinds."""
        # Half a second, so not for a few notes.
        from vorzimmer.kernels import aligning  # noqa: PLC0415 - numba
        from vorzimmer.kernels.ngrams import joined  # noqa: PLC0415 - the same

        lines = [each.line for each in self._likenesses[some]]
        texts = [each.text for each in self._notes[some]]
        places = aligning.original_spans(
            *joined(encoded(texts)),
            *joined(lines),
            self._spans(some, lines),
            _lengths(),
        )
        self._words[some] = [
            [(text[start:end], (start, end)) if end else None for start, end in spans]
            for text, spans in zip(texts, places.tolist(), strict=True)
        ]

    def _spans(self, some: slice, lines: Sequence[bytes]) -> NDArray[np.int64]:
        """Return where the words of some notes stand, for each kind, in bytes."""
        known = [each.spans for each in self._likenesses[some]]
        if all(each is not None for each in known):
            return np.array(known)
        spans = self._classifier.strongest_in(lines, self._wanted[some])
        return spans[np.arange(len(lines))[:, None], self._rows[some]]


@cache
def _lengths() -> NDArray[np.uint8]:
    from vorzimmer.kernels.aligning import length_table  # noqa: PLC0415 - the same

    return length_table(simple_forms())
