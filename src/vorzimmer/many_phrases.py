"""Finds the phrases of many notes; says what ``Phrasebook.scan`` says; pure.

Most notes have no phrase, and nearly all lack words without which most phrases cannot
be; so it is asked first which groups of phrases a note may have, and only these are
searched for in it. Imported only where there is much to read.
"""

from __future__ import annotations

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
    found: dict[int, set[int]] = {}
    for group in range(book.groups):
        some, begins, notes = picked(lines, starts, groups, group)
        if len(notes):
            places = begins.tolist()
            for number, place in book.matches(group, some.tobytes(), places):
                found.setdefault(int(notes[place]), set()).add(number)
    numbers: list[tuple[int, ...]] = [()] * (len(starts) - 1)
    for note, each in found.items():
        numbers[note] = tuple(sorted(each))
    return numbers
