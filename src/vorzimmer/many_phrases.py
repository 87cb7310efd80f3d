"""Finds the phrases of many notes; says what ``Phrasebook.scan`` says; pure.

Most notes have no phrase, and nearly all lack words without which most phrases cannot
be; so it is asked first which groups of phrases a note may have, and only these are
searched for in it. Imported only where there is much to read.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.masking import Bytes, Numbers
from vorzimmer.kernels.sieve import picked, sift
from vorzimmer.phrases import Phrasebook


def find_phrases(
    lines: Bytes, starts: Numbers, book: Phrasebook
) -> list[tuple[int, ...]]:
    """Return, for each note, the numbers of the phrases that occur in it.

    Args:
        lines: Notes in their search form, a line break before and after each.
        starts: Where each begins; last, where another would.
        book: The phrases to look for.
    """
    groups = sift(lines, starts, book.sieve)
    found: list[NDArray[np.int64]] = []
    for group in range(book.groups):
        some, begins, notes = picked(lines, starts, groups, group)
        if len(notes) and (matches := book.matches(group, some.tobytes())):
            numbers, ends = np.array(matches, np.int64).T
            own = notes[np.searchsorted(begins, ends - 1, side="right") - 1]
            found.append(own * len(book.phrases) + numbers)
    phrases: list[tuple[int, ...]] = [()] * (len(starts) - 1)
    if found:
        each_once = np.unique(np.concatenate(found))  # in order, by note and number
        notes, numbers = np.divmod(each_once, len(book.phrases))
        firsts = np.flatnonzero(np.diff(notes, prepend=-1)).tolist()
        all_numbers = tuple(numbers.tolist())
        for first, end in pairwise([*firsts, len(all_numbers)]):
            phrases[notes[first]] = all_numbers[first:end]
    return phrases
