"""Which senders may be known: a quick test, so that few are looked up one by one.

A sender is known by the address of a profile, or by a name. Profiles whose
``people.profile_key`` is equal end in the same word; names that share a key of
``names.name_keys`` have the same consonants (``naming``). Tests hold it to missing
nobody.
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
    PAIRED,
    Bytes,
    Hashes,
    NameTable,
    hash_table,
    hashes_of,
    heard_next,
    is_in,
    name_table,
    with_sound,
)
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_ngrams import FNV_PRIME, FNV_START

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_NOTHING = np.uint64(0)
_LINE_BREAK, _BLANK, _SLASH = 10, 32, 47
_ZERO, _NINE = 48, 57
# Signs of an address that change what it is the address of; and all that is no plain
# letter or sign. Plain are small letters from ß to ÿ, too: of two bytes, which begin
# no other letter.
_LATIN, _FIRST, _LAST = "ß".encode()[0], "ß".encode()[1], "ÿ".encode()[1]
_IS_ODD = np.array(
    [
        code <= _BLANK or chr(code) in "?#%" or code == 127
        or (code > 127 and code != _LATIN and not _FIRST <= code <= _LAST)
        for code in range(256)
    ]
)  # fmt: skip
_SMALL = np.array(
    [ord(chr(code).lower()) if code < 128 else code for code in range(256)], np.uint8
)


class Known(NamedTuple):
    """Whom to look for.

    Attributes:
        words: Hashes of the words in which addresses end; see ``naming.hash_table``.
        marks: Theirs.
        names: First and last names, in either order.
    """

    words: Hashes
    marks: Bytes
    names: NameTable


@compiled
def may_be_at(lines: Bytes, count: int, known: Known) -> NDArray[np.bool_]:
    """Return of each address whether it may be that of somebody known.

    Args:
        lines: Addresses of profiles, as ``lines.in_lines`` returns them.
        count: How many lines there are.
        known: Whom to look for.
    """
    found = np.zeros(count, np.bool_)
    words, marks = known.words, known.marks
    end = -1
    for row in range(count):
        start = end + 1
        end = start
        is_odd = False
        while lines[end] != _LINE_BREAK:
            is_odd |= _IS_ODD[lines[end]]
            end += 1
        stop = end
        while stop > start and lines[stop - 1] == _SLASH:
            stop -= 1
        at = stop
        while at > start and lines[at - 1] != _SLASH:
            at -= 1
        value = _START
        for place in range(at, stop):
            value = (value ^ np.uint64(_SMALL[lines[place]])) * _PRIME
        found[row] = is_odd or (stop > start and is_in(words, marks, value))
    return found


@compiled
def _may_be_named(lines: Bytes, at: int, names: NameTable) -> tuple[int, bool]:
    """Return where a line ends, and whether somebody known may be named so.

    All but two words of plain letters may.
    """
    sounds = names.sounds
    value, before, last = _START, _NOTHING, 0
    words, is_inside, is_odd = 0, False, False
    while lines[at] != _LINE_BREAK:
        code, size = code_at(lines, at)
        at += size
        if code == _BLANK and is_inside:
            before = with_sound(value, last)
            words += 1
            value, last, is_inside = _START, 0, False
            continue
        sound = sounds[code] if code < CODES else ANYTHING
        is_odd |= sound in (NO_PART, ANYTHING) or _ZERO <= code <= _NINE
        is_inside = True
        value, last = heard_next(value, last, int(sound))
    if words == 0 and not is_inside:
        return at, is_odd
    if is_odd or words != 1 or not is_inside:
        return at, True
    pair = (before * PAIRED) ^ with_sound(value, last)
    return at, is_in(names.words, names.marks, pair)


@compiled
def may_be_named(lines: Bytes, count: int, known: Known) -> NDArray[np.bool_]:
    """Return of each name whether it may be that of somebody known.

    Args:
        lines: Names, as ``lines.in_lines`` returns them.
        count: How many lines there are.
        known: Whom to look for.
    """
    found = np.zeros(count, np.bool_)
    at = 0
    for row in range(count):
        at, found[row] = _may_be_named(lines, at, known.names)
        at += 1
    return found


def known_of(
    words: Sequence[str],
    pairs: Sequence[tuple[bytes, bytes]],
    *,
    sound_of: Callable[[str], str | None],
) -> Known:
    """Return whom to look for in the form that is asked fast.

    Args:
        words: In which addresses end.
        pairs: Consonants of first and last names, in either order.
        sound_of: The consonants of a letter; ``None`` when it may be anything.
    """
    ends = hashes_of(*joined([word.encode("utf-8", "replace") for word in words]))
    return Known(*hash_table(ends), name_table([], pairs, sound_of=sound_of))


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    known = known_of(["a"], [(b"a", b"b")], sound_of=lambda _: "")
    lines = np.frombuffer(b"a\n", np.uint8)
    may_be_at(lines, 1, known)
    may_be_named(lines, 1, known)
