"""Notes cut by the bits of their blanks have the pieces of the reference."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.cutting import VALUE, cut, cuts_for
from vorzimmer.kernels.eights import in_eights
from vorzimmer.kernels.masking import SOURCE_FROM, SOURCE_TO, WIDTH
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_ngrams import LONGEST_PLACEHOLDER
from vorzimmer.kernels.processor import lowest

# Blanks in a placeholder do not cut.
_INNER = b"[^{}\\[\\]<>]{1,%d}" % LONGEST_PLACEHOLDER
_PIECE = re.compile(rb"(?:\{" + _INNER + rb"[}\]>]|[^ ])+")
PIECES = st.binary(max_size=40).map(lambda piece: piece.translate(None, b"{}[]<>% "))
NOTES = st.lists(PIECES | st.just(b"{first name}"), max_size=12).map(b" ".join)


@compiled
def _lowest(marks: np.uint64) -> int:
    return lowest(marks)


def spans(notes: list[bytes]) -> list[list[tuple[int, int]]]:
    lines, starts = joined(notes)
    size = len(lines) + len(notes) + 2
    pieces, ends = np.zeros((size, WIDTH), np.int64), np.zeros(size, np.int64)
    slots, cuts = np.zeros(8, np.uint64), cuts_for(len(lines), size)
    cut(in_eights(lines), starts, 0, len(notes), slots, pieces, ends, cuts)
    found = pieces[:, [SOURCE_FROM, SOURCE_TO]].tolist()
    return [
        [(begin, end) for begin, end in found[ends[note] : ends[note + 1]]]
        for note in range(len(notes))
    ]


@given(st.lists(NOTES, min_size=1, max_size=5))
@example([b"a" * 64, b"", b"b" * 63 + b" ", b" ", b"c"])
@example([b"a " * 25 + b"{first name} {" + b" " * 30 + b"} b", b"{" + b" " * 70 + b"}"])
def test_pieces_are_those_between_blanks(notes: list[bytes]) -> None:
    plain = [[each.span() for each in _PIECE.finditer(note)] for note in notes]
    assert spans(notes) == plain


@given(st.lists(PIECES.filter(bool), min_size=2, max_size=6, unique=True))
def test_pieces_are_found_by_all_their_bytes(pieces: list[bytes]) -> None:
    lines, starts = joined([b" ".join(pieces), b"  ".join(pieces)])
    count = len(pieces)
    rows, ends = np.zeros((2 * count + 1, WIDTH), np.int64), np.zeros(3, np.int64)
    cuts = cuts_for(len(lines), 2 * count + 1)
    cut(in_eights(lines), starts, 0, 2, np.zeros(8, np.uint64), rows, ends, cuts)
    values = cuts.keys[: 2 * count, VALUE].tolist()
    padded = {piece.ljust(48, b"\0") for piece in pieces}  # told apart by their size
    assert len(set(values)) == len(padded)
    assert values[:count] == values[count:]


@given(st.integers(1, (1 << 64) - 1))
def test_the_lowest_bit_is_found(marks: int) -> None:
    assert _lowest(np.uint64(marks)) == (marks & -marks).bit_length() - 1
