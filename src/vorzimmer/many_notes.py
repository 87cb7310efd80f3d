"""Reads many notes in a few compiled passes; says what ``note.read_notes`` says; pure.

Imported only where there is much to read: the compiled loops take a moment to load.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

import numpy as np

from vorzimmer.kernels.eights import in_eights
from vorzimmer.kernels.folding import (
    IS_LEFT_OUT,
    MAY_HAVE_LINK,
    Bytes,
    Folded,
    FormTable,
    Numbers,
    fold_notes,
    form_table,
)
from vorzimmer.kernels.hiding import CODES
from vorzimmer.kernels.ngrams import joined
from vorzimmer.phrases import search_form
from vorzimmer.text import simple_forms


@dataclass(frozen=True, slots=True)
class ManyNotes:
    """Notes in the forms in which they are read; strings are made for who asks.

    Attributes:
        folded: All of them, one behind the other.
    """

    folded: Folded

    @property
    def normal(self) -> list[str]:
        """The normal form of each."""
        lines = _apart(self.folded.normal, self.folded.normal_starts)
        return [line.decode() for line in lines]

    @property
    def hidden(self) -> list[bytes]:
        """The normal form of each in UTF-8, with names hidden."""
        return _apart(self.folded.hidden, self.folded.hidden_starts)

    @property
    def left_out(self) -> list[int]:
        """Numbers of the notes that the plain way has to read."""
        return self._marked(IS_LEFT_OUT)

    @property
    def linked(self) -> list[int]:
        """Numbers of those that may hold a link."""
        return self._marked(MAY_HAVE_LINK)

    def _marked(self, mark: int) -> list[int]:
        numbers: list[int] = np.flatnonzero(self.folded.marks & mark).tolist()
        return numbers


def fold_many(texts: Sequence[str], names: Sequence[Collection[str]]) -> ManyNotes:
    """Return the forms of notes.

    Args:
        texts: As written.
        names: For each, words of names to hide.
    """
    notes, starts = joined(_encoded(texts))
    words = list(chain.from_iterable(names))
    names_of = np.zeros(len(texts) + 1, np.int64)
    if words:
        np.cumsum(list(map(len, names)), out=names_of[1:])
    own = joined(_encoded(words))
    folded = fold_notes(in_eights(notes), starts, *own, names_of, _table())
    return ManyNotes(folded)


def _encoded(texts: Sequence[str]) -> list[bytes]:
    try:
        return list(map(str.encode, texts))
    except UnicodeEncodeError:  # half a character, as a broken source has it
        return [text.encode("utf-8", "surrogatepass") for text in texts]


def _apart(lines: Bytes, starts: Numbers) -> list[bytes]:
    whole = lines.tobytes()
    return [whole[a:b] for a, b in pairwise(starts.tolist())]


@cache
def _table() -> FormTable:
    forms = simple_forms()
    return form_table(
        forms,
        {sign: search_form(form).decode() for sign, form in forms.items()},
        words="".join(c for c in map(chr, range(CODES)) if c.isalnum() or c == "_"),
    )
