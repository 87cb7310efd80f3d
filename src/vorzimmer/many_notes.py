"""Reads many notes in a few compiled passes; says what ``note.read_notes`` says; pure.

Imported only where there is much to read: the compiled loops take a moment to load.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from vorzimmer.kernels.folding import (
    CODES,
    IS_LEFT_OUT,
    MAY_HAVE_LINK,
    Folded,
    FormTable,
    Numbers,
    fold_notes,
    form_table,
)
from vorzimmer.kernels.ngrams import joined
from vorzimmer.phrases import search_form
from vorzimmer.text import simple_forms


class ManyNotes(NamedTuple):
    """Notes in the forms in which they are read.

    Attributes:
        folded: All of them, one behind the other.
        normal: The normal form of each.
        hidden: The normal form of each in UTF-8, with names hidden.
        left_out: Numbers of the notes that the plain way has to read.
        linked: Numbers of those that may hold a link.
    """

    folded: Folded
    normal: list[str]
    hidden: list[bytes]
    left_out: list[int]
    linked: list[int]


def fold_many(texts: Sequence[str], names: Sequence[Collection[str]]) -> ManyNotes:
    """Return the forms of notes.

    Args:
        texts: As written.
        names: For each, words of names to hide.
    """
    notes, starts = joined([text.encode("utf-8", "surrogatepass") for text in texts])
    words = [name.encode("utf-8", "surrogatepass") for each in names for name in each]
    names_of = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(each) for each in names], out=names_of[1:])
    folded = fold_notes(notes, starts, *joined(words), names_of, _table())
    return ManyNotes(
        folded=folded,
        normal=[
            line.decode()
            for line in _apart(folded.normal.tobytes(), folded.normal_starts)
        ],
        hidden=_apart(folded.hidden.tobytes(), folded.hidden_starts),
        left_out=np.flatnonzero(folded.marks & IS_LEFT_OUT).tolist(),
        linked=np.flatnonzero(folded.marks & MAY_HAVE_LINK).tolist(),
    )


def _apart(lines: bytes, starts: Numbers) -> list[bytes]:
    places = starts.tolist()
    return [lines[a:b] for a, b in pairwise(places)]


@cache
def _table() -> FormTable:
    forms = simple_forms()
    return form_table(
        forms,
        {sign: search_form(form).decode() for sign, form in forms.items()},
        words="".join(c for c in map(chr, range(CODES)) if c.isalnum() or c == "_"),
    )
