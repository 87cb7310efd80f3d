"""In which of many texts a name may stand: told by consonants, all texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from vorzimmer.lines import LINE_BREAK, in_one, places_of
from vorzimmer.names.sounds import of_no_one_sound, western_consonants

if TYPE_CHECKING:
    from numpy.typing import NDArray


def rows_heard(
    texts: Sequence[str], names: Sequence[Sequence[bytes]], *, dots: bool = False
) -> NDArray[np.bool_]:
    """Return of each text whether one of some names may stand in it.

    Where a text is not western European, any name may.

    Args:
        texts: To search.
        names: The consonants of each word of each name, none longer than the last one.
        dots: Whether the words of names may have dots inside (S.A.P.).
    """
    found = np.zeros(len(texts), np.bool_)
    western, heard = western_consonants(in_one(texts))
    signs = np.frombuffer(western, np.uint8)
    unsure = np.flatnonzero(_unsure(dots=dots)[signs])
    found[np.searchsorted(np.flatnonzero(signs == LINE_BREAK), unsure)] = True
    ends = np.flatnonzero(np.frombuffer(heard, np.uint8) == LINE_BREAK)
    begins = [0, *ends.tolist()]
    for *others, longest in names:
        places = list(places_of(longest, heard))
        rows = np.searchsorted(ends, places)
        if others:
            # The longest word rules out most; the others are looked for beside it.
            lines = [heard[begins[row] : begins[row + 1]] for row in rows.tolist()]
            has_all = [all(each in line for each in others) for line in lines]
            rows = rows[np.array(has_all, np.bool_)]
        found[rows] = True
    return found


@cache
def _unsure(*, dots: bool) -> NDArray[np.bool_]:
    signs = of_no_one_sound() + (b"." if dots else b"")
    return np.isin(np.arange(256), list(signs))
