"""Texts sent before, kept as sketches from which no word can be read; pure."""

from __future__ import annotations

from vorzimmer.kernels.plain_sketches import EMPTY, PLACES, Sketch, sketch
from vorzimmer.phrases import search_form
from vorzimmer.text import normalise

# Share of places at which two sketches agree, from which on the texts are one.
_ALIKE = 0.6
# Of shorter texts, a sketch says too little.
_FEWEST_PIECES = 30


def sketch_of(text: str) -> Sketch:
    """Return the sketch of a text, to keep when it is sent."""
    return sketch(search_form(normalise(text)), frozenset())


def is_like(one: Sketch, other: Sketch) -> bool:
    """Return whether two texts are the same but for a few words."""
    if min(one.size, other.size) < _FEWEST_PIECES:
        return False
    pairs = zip(one.values, other.values, strict=True)
    same = sum(left == right != EMPTY for left, right in pairs)
    return same >= _ALIKE * PLACES
