"""Finds where letters of normal forms stand in the notes as written, in many notes.

The plain reference is ``text.original_span``, and tests hold it to that. Notes with a
letter whose form depends on what stands beside it are left to the reference.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.hiding import CODES, code_at
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_ngrams import BLANK

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]

# Of what length the form of a character is, if it has no length of its own.
_IS_BLANK, _NOT_SIMPLE = 254, 255


@compiled
def _align(text: Bytes, line: Bytes, lengths: Bytes, places: Numbers) -> bool:
    """Write of each byte of a line which letter of the text it was made of.

    Returns:
        Whether all of it could be told.
    """
    at = to = letter = 0
    was_blank = True  # what is before the first word leaves nothing
    while at < len(text):
        code, size = code_at(text, at)
        length = lengths[code] if code < CODES else _NOT_SIMPLE
        if length == _NOT_SIMPLE:
            return False
        if length == _IS_BLANK:
            length = 0 if was_blank else 1
            was_blank = True
        else:
            was_blank = False
        at += size
        for _ in range(length):
            if to >= len(line):
                # A blank behind the last word leaves nothing either.
                return was_blank and _is_blank(text[at:], lengths)
            places[to] = letter
            _, step = code_at(line, to)
            to += step
        letter += 1
    return to == len(line)


@compiled
def _is_blank(text: Bytes, lengths: Bytes) -> bool:
    at = 0
    while at < len(text):
        code, size = code_at(text, at)
        if code >= CODES or lengths[code] != _IS_BLANK:
            return False
        at += size
    return True


@compiled
def original_spans(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    texts: Bytes,
    text_starts: Numbers,
    lines: Bytes,
    line_starts: Numbers,
    spans: Numbers,
    lengths: Bytes,
) -> Numbers:
    """Return where words of normal forms stand in the texts, in letters.

    Args:
        texts: As written, in UTF-8, one behind the other.
        text_starts: Where each begins; last, where the last one ends.
        lines: Their normal forms; letters in them may be hidden, each as one.
        line_starts: Where each of these begins; last, where the last one ends.
        spans: Of each text, where words begin and end in its line, in bytes.
        lengths: What ``length_table`` returns.

    Returns:
        As many spans; ``[0, 0]`` where the reference has to be asked.
    """
    found = np.zeros_like(spans)
    longest = np.max(line_starts[1:] - line_starts[:-1]) if len(spans) else 0
    places = np.empty(longest, np.int64)
    for row in range(len(spans)):
        text = texts[text_starts[row] : text_starts[row + 1]]
        line = lines[line_starts[row] : line_starts[row + 1]]
        if not _align(text, line, lengths, places):
            continue
        for number in range(spans.shape[1]):
            start, last = spans[row, number, 0], spans[row, number, 1] - 1
            if last < start:
                continue
            while line[last] & 0xC0 == 0x80:
                last -= 1
            if line[start] != BLANK and line[last] != BLANK:
                found[row, number, 0] = places[start]
                found[row, number, 1] = places[last] + 1
    return found


def length_table(forms: Mapping[str, str]) -> Bytes:
    """Return how many letters the form of each character has.

    Args:
        forms: The simple characters with their forms (``text.simple_forms``).
    """
    lengths = np.full(CODES, _NOT_SIMPLE, np.uint8)
    for sign, form in forms.items():
        lengths[ord(sign)] = _IS_BLANK if form == " " else len(form)
    return lengths


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    line, starts = joined([b"a"])
    spans = np.array([[[0, 1]]], np.int64)
    original_spans(line, starts, line, starts, spans, length_table({"a": "a"}))
