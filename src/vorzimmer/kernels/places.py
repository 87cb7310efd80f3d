"""Which texts may name one of a few companies or schools: a quick test of many.

Words that ``names.fold`` makes equal have the same consonants (``naming``), so a text
names a place only where it has the consonants of each of its words. Tests hold it to
missing none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.hiding import CODES, code_at
from vorzimmer.kernels.naming import (
    ANYTHING,
    NO_PART,
    Bytes,
    Hashes,
    characters,
    hashes_of,
    heard_next,
    with_sound,
)
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_ngrams import FNV_START

_START, _NOTHING = np.uint64(FNV_START), np.uint64(0)
_LINE_BREAK = 10
_MOST_BITS = 63
# What may put words together that do not stand together (S.A.P., L'Oréal).
_JOINING = ".'’"


class Places(NamedTuple):
    """What to look for.

    Attributes:
        words: Hashes of the consonants of each word of a place, each once.
        bits: One for each of these words.
        wanted: The bits of all words of each place.
        sounds: What each character is, by its code point; see ``naming.NameTable``.
    """

    words: Hashes
    bits: Hashes
    wanted: Hashes
    sounds: Bytes


@compiled
def may_name(lines: Bytes, count: int, places: Places) -> NDArray[np.bool_]:
    """Return of each text whether it may name one of the places.

    Args:
        lines: Texts, as ``lines.in_lines`` returns them.
        count: How many there are.
        places: What to look for.
    """
    words, bits, wanted, sounds = places
    found = np.zeros(count, np.bool_)
    at = 0
    for row in range(count):
        met = _NOTHING
        value, last, is_inside, is_unsure = _START, 0, False, False
        is_open = True
        while is_open:
            code, size = code_at(lines, at)
            at += size
            is_open = code != _LINE_BREAK
            sound = int(sounds[code]) if code < CODES else ANYTHING
            is_unsure |= sound == ANYTHING
            if sound == NO_PART:
                if is_inside:
                    heard = with_sound(value, last)
                    for place in range(len(words)):
                        met |= bits[place] if words[place] == heard else _NOTHING
                value, last, is_inside = _START, 0, False
                continue
            is_inside = True
            value, last = heard_next(value, last, sound)
        for some in wanted:
            is_unsure |= (met & some) == some
        found[row] = is_unsure
    return found


def places_of(
    names: Sequence[Sequence[bytes]], *, sound_of: Callable[[str], str | None]
) -> Places:
    """Return what to look for in the form that is asked fast.

    Args:
        names: The consonants of each word of each place.
        sound_of: The consonants of a letter; ``None`` when it may be anything.
    """
    words = sorted({word for name in names for word in name})
    # Of more words some share a bit; then more texts may name a place, and none is
    # missed.
    bit_of = {word: 1 << place % _MOST_BITS for place, word in enumerate(words)}
    wanted = [sum({bit_of[word] for word in name}) for name in names]
    return Places(
        hashes_of(*joined(words)),
        np.array(list(bit_of.values()), np.uint64),
        np.array(wanted, np.uint64),
        _sounds(sound_of),
    )


@cache
def _sounds(sound_of: Callable[[str], str | None]) -> Bytes:
    """Return what each character is; anything, where words may change around it."""
    sounds = characters(sound_of)[0].copy()
    for code in range(CODES):
        sign = chr(code)
        if sounds[code] == NO_PART and (sign in _JOINING or _may_change(sign)):
            sounds[code] = ANYTHING
    return sounds


def _may_change(sign: str) -> bool:
    """Whether NFKC makes something else of a sign, or of a letter before it."""
    return not sign.isascii() and (
        unicodedata.category(sign)[0] == "M"
        or unicodedata.normalize("NFKC", sign) != sign
    )


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    lines = np.frombuffer(b"a\n", np.uint8)
    may_name(lines, 1, places_of([[b"a"]], sound_of=lambda _: ""))
