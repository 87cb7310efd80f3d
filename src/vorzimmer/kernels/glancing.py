"""Takes a quick look at many notes: which of them need a signal be asked about at all.

What it says is never missing where the signal hits, and tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    Numbers,
    characters,
    hashes_of,
    heard_next,
    with_sound,
)
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_ngrams import FNV_START

_START = np.uint64(FNV_START)
_BLANK, _ZERO, _NINE = 32, 48, 57
# As in ``glances``.
_MAY_NAME, _MAY_HAVE_GAP, _WORDS = 1, 2, 8


class Sought(NamedTuple):
    """What to look for.

    Attributes:
        names: Hashes of the consonants of names.
        sounds: See ``naming.NameTable``.
        is_sign: Whether a byte stands in gaps.
        second: Beginnings of a second word that stands for a gap, a row for each.
    """

    names: Hashes
    sounds: Bytes
    is_sign: NDArray[np.bool_]
    second: Bytes


@compiled
def _is_named(note: Bytes, names: Hashes, sounds: Bytes) -> bool:
    """Whether one of the first words sounds like one of some names."""
    at, stop, words = 0, len(note), _WORDS
    value, last, is_inside = _START, 0, False
    while at < stop and words:
        code, size = code_at(note, at)
        at += size
        sound = int(sounds[code]) if code < CODES else ANYTHING
        if sound == ANYTHING:
            return True
        if sound == NO_PART or _ZERO <= code <= _NINE:
            if is_inside:
                if np.any(names == with_sound(value, last)):
                    return True
                words -= 1
            value, last, is_inside = _START, 0, False
            continue
        is_inside = True
        value, last = heard_next(value, last, sound)
    return bool(is_inside and words and np.any(names == with_sound(value, last)))


@compiled
def _has_gap(note: Bytes, is_sign: NDArray[np.bool_], second: Bytes) -> bool:
    """Whether a note has one of some signs, or its second word begins so."""
    for byte in note:
        if is_sign[byte]:
            return True
    at = 0
    while at < len(note) and note[at] != _BLANK:
        at += 1
    for row in range(len(second)):
        beginning = second[row]
        same = 0
        while same < len(beginning) and at + 1 + same < len(note):
            if note[at + 1 + same] != beginning[same]:
                break
            same += 1
        if same == len(beginning):
            return True
    return False


@compiled
def glance(lines: Bytes, starts: Numbers, sought: Sought) -> Bytes:
    """Return what each note may have (``glances.MAY_NAME`` and those after it).

    Args:
        lines: Normal forms, one behind the other.
        starts: Where each begins; last, where the last one ends.
        sought: What to look for.
    """
    names, sounds, is_sign, second = sought
    found = np.zeros(len(starts) - 1, np.uint8)
    for row in range(len(found)):
        note = lines[starts[row] : starts[row + 1]]
        found[row] = _MAY_NAME * _is_named(note, names, sounds)
        found[row] += _MAY_HAVE_GAP * _has_gap(note, is_sign, second)
    return found


def sought(
    names: Sequence[bytes],
    signs: bytes,
    second: Sequence[bytes],
    *,
    sound_of: Callable[[str], str | None],
) -> Sought:
    """Return what to look for in the form that is asked fast.

    Args:
        names: Consonants of names.
        signs: Of which one stands in every gap.
        second: What may stand there as the second word instead.
        sound_of: The consonants of a letter; ``None`` when it may be anything.
    """
    size = min(map(len, second))
    beginnings = [list(word[:size]) for word in second]
    return Sought(
        hashes_of(*joined(names)),
        characters(sound_of)[0],
        np.isin(np.arange(256), list(signs)),
        np.array(beginnings, np.uint8),
    )


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    note, starts = joined([b"a"])
    glance(note, starts, sought([b"a"], b"{", [b"nan"], sound_of=lambda _: ""))
