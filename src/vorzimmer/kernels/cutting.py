"""Cuts notes at their blanks, many notes in one call.

A blank in a placeholder does not count. Blanks are looked for in all notes first, and
kept as a bit for each byte; so that to go from one to the next asks nothing that cannot
be foretold.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import (
    EIGHT,
    NOTHING,
    ONE,
    bits_of,
    eight,
    eight_at,
    kept,
    marked,
)
from vorzimmer.kernels.masking import (
    OPENS,
    SIGNS,
    SOURCE_FROM,
    SOURCE_TO,
    Bytes,
    Hashes,
    Numbers,
    placeholder_end,
)
from vorzimmer.kernels.plain_ngrams import BLANK, FNV_START, SPREAD
from vorzimmer.kernels.processor import lowest, prefetch
from vorzimmer.kernels.store import place_of

START = np.uint64(FNV_START)
_SPREAD = np.uint64(SPREAD)
_BLANKS = eight(BLANK)
_BRACE, _BRACKET = np.uint8(ord("{")), np.uint8(ord("["))
_ANGLE, _PERCENT = np.uint8(ord("<")), np.uint8(ord("%"))
_BLOCK = 64  # bytes that have their bits in one number
_FILL = 2 * EIGHT
# Columns of a key: the hash of a piece, and its first sixteen bytes.
VALUE, WORD, SECOND, KEY = range(4)


class Cuts(NamedTuple):
    """Room for what pieces are found by, used again for the next notes.

    Attributes:
        blanks: A bit for each byte, in blocks of 64.
        keys: Of each piece, see ``VALUE``.
    """

    blanks: Bytes
    keys: Hashes


@compiled
def cuts_for(most: int, pieces: int) -> Cuts:
    """Return room for so many bytes and pieces."""
    blocks = most // _BLOCK + 2
    return Cuts(np.empty(blocks * EIGHT, np.uint8), np.empty((pieces, KEY), np.uint64))


@compiled
def _may_open(note: Bytes) -> bool:
    """Return whether a placeholder may begin in a note."""
    opens = np.uint8(0)
    for byte in note:  # without branches, so that many bytes are looked at at once
        opens |= np.uint8(byte == _BRACE) | np.uint8(byte == _BRACKET)
        opens |= np.uint8(byte == _ANGLE) | np.uint8(byte == _PERCENT)
    return bool(opens)


@compiled
def _mark_blanks(lines: Hashes, first: int, count: int, blanks: Bytes) -> None:
    for at in range(count):
        blanks[at] = bits_of(marked(lines[first + at], _BLANKS))


@compiled
def _leave_placeholders(
    single: Bytes, at: int, stop: int, base: int, blanks: Bytes
) -> None:
    """Take away the marks of blanks in placeholders.

    Args:
        single: All notes.
        at: Where the note begins.
        stop: Where it ends.
        base: Which byte has the first bit.
        blanks: A bit for each byte.
    """
    while at < stop:
        end = placeholder_end(single, at, stop) if SIGNS[single[at]] & OPENS else 0
        for inner in range(at, end):
            place = inner - base
            blanks[place >> 3] &= np.uint8(~(1 << (place & 7)) & 0xFF)
        at = max(at + 1, end)


@compiled
def cut(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    lines: Hashes,
    starts: Numbers,
    first: int,
    end: int,
    slots: Hashes,
    pieces: Numbers,
    ends: Numbers,
    cuts: Cuts,
) -> None:
    """Write where the pieces of notes begin and end, and what they are found by.

    Args:
        lines: All notes, see ``in_eights``.
        starts: Where each begins.
        first: Of these, the first one to cut.
        end: The one behind the last.
        slots: Where pieces are looked for; these places are fetched.
        pieces: Where to write ``SOURCE_FROM`` and ``SOURCE_TO``.
        ends: Where to write how many pieces there are up to the end of each note.
        cuts: Where to write keys.
    """
    single, keys, blanks = lines.view(np.uint8), cuts.keys, cuts.blanks
    base = starts[first] // _BLOCK * _BLOCK
    blocks = starts[end] // _BLOCK + 1 - base // _BLOCK
    _mark_blanks(lines, base // EIGHT, blocks * EIGHT, blanks)
    by_block = blanks.view(np.uint64)
    row = 0
    for note in range(first, end):
        begin, stop = starts[note], starts[note + 1]
        if _may_open(single[begin:stop]):
            _leave_placeholders(single, begin, stop, base, blanks)
        at = begin
        for block in range(begin // _BLOCK * _BLOCK, stop + 1, _BLOCK):
            marks = by_block[(block - base) // _BLOCK]
            if block < begin:
                marks &= NOTHING - (ONE << np.uint64(begin - block))
            if stop - block < _BLOCK:
                bit = ONE << np.uint64(stop - block)
                marks = marks & (bit - ONE) | bit
            while marks:
                to = block + lowest(marks)
                marks &= marks - ONE
                size = to - at
                here, behind = at >> 3, (at + EIGHT) >> 3
                word = kept(eight_at(at, lines[here], lines[behind]), size)
                second = kept(
                    eight_at(at, lines[behind], lines[behind + 1]), max(0, size - EIGHT)
                )
                value = (((START ^ word) * _SPREAD) ^ second) * _SPREAD
                for part in range(at + _FILL, to, EIGHT):
                    more = eight_at(part, lines[part >> 3], lines[(part >> 3) + 1])
                    value = (value ^ kept(more, to - part)) * _SPREAD
                prefetch(slots, place_of(value, slots))
                keys[row, VALUE] = value
                keys[row, WORD] = word
                keys[row, SECOND] = second
                pieces[row, SOURCE_FROM] = at - begin
                pieces[row, SOURCE_TO] = to - begin
                row += size > 0
                at = to + 1
        ends[note - first + 1] = row
