"""Hides names in many notes; the plain reference is ``classifier.hide``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import Bytes, Numbers
from vorzimmer.kernels.plain_ngrams import NAME

# No code point of a simple character is as large.
CODES = 0x20000


class Names(NamedTuple):
    """Words to hide, with room to look for them.

    Attributes:
        lines: All words, one behind the other.
        starts: Where each begins.
        of_notes: Where those of each note begin among all; last, how many.
        firsts: Room for a mark for each byte.
    """

    lines: Bytes
    starts: Numbers
    of_notes: Numbers
    firsts: Bytes


@compiled
def code_at(text: Bytes, at: int) -> tuple[int, int]:
    """Return the code point that begins here, and how many bytes it has."""
    first = int(text[at])
    if first < 0x80:
        return first, 1
    if first < 0xE0:
        return (first & 0x1F) << 6 | int(text[at + 1]) & 0x3F, 2
    middle = int(text[at + 1]) & 0x3F
    if first < 0xF0:
        return (first & 0x0F) << 12 | middle << 6 | int(text[at + 2]) & 0x3F, 3
    third = int(text[at + 2]) & 0x3F
    return (
        (first & 0x07) << 18 | middle << 12 | third << 6
        | int(text[at + 3]) & 0x3F
    ), 4  # fmt: skip


@compiled
def _is_word_before(text: Bytes, at: int, start: int, is_word: Bytes) -> bool:
    if at <= start:
        return False
    first = at - 1
    while first > start and text[first] & 0xC0 == 0x80:
        first -= 1
    code, _ = code_at(text, first)
    return bool(is_word[code]) if code < CODES else False


@compiled
def _is_word_at(text: Bytes, at: int, stop: int, is_word: Bytes) -> bool:
    if at >= stop:
        return False
    code, _ = code_at(text, at)
    return bool(is_word[code]) if code < CODES else False


@compiled
def _is_at(text: Bytes, at: int, name: Bytes) -> bool:
    for offset in range(len(name)):  # noqa: SIM110 - all() is not compiled
        if text[at + offset] != name[offset]:
            return False
    return True


@compiled
def _hide_name(text: Bytes, start: int, stop: int, name: Bytes, is_word: Bytes) -> int:
    """Hide a name wherever it stands as a whole word; return the new end."""
    first, size = name[0], len(name)
    letters = 0
    for byte in name:
        letters += byte & 0xC0 != 0x80
    ends_in_word = _is_word_before(name, size, 0, is_word)
    at = to = start
    behind = -1
    while at < stop:
        if (
            text[at] == first
            and at + size <= stop
            and _is_at(text, at, name)
            and not _is_word_at(text, at + size, stop, is_word)
            # What was hidden just before was the name itself.
            and not (ends_in_word and at == behind)
            and not _is_word_before(text, to, start, is_word)
        ):
            text[to : to + letters] = NAME
            to += letters
            at += size
            behind = at
            continue
        text[to] = text[at]
        at, to = at + 1, to + 1
    return to


@compiled
def is_plain_word(byte: int) -> bool:
    """Return whether a byte is a letter, a digit or an underscore of ASCII."""
    return 97 <= byte <= 122 or 48 <= byte <= 57 or 65 <= byte <= 90 or byte == 95


@compiled
def _find_names(  # noqa: C901 - taking arrays into functions costs time
    text: Bytes, span: tuple[int, int], names: Names, note: int, found: Bytes
) -> bool:
    """Mark the names of a note that occur in it; return whether any does."""
    lines, starts, firsts = names.lines, names.starts, names.firsts
    start, stop = span
    first, end = names.of_notes[note], names.of_notes[note + 1]
    for number in range(first, end):
        firsts[lines[starts[number]]] = 1
        found[number] = 0
    is_any = False
    for at in range(start, stop):
        # A whole word does not begin inside another one.
        if firsts[text[at]] and not (
            at > start and is_plain_word(text[at]) and is_plain_word(text[at - 1])
        ):
            for number in range(first, end):
                begin = starts[number]
                size = starts[number + 1] - begin
                offset = 0
                if at + size <= stop:
                    while offset < size and text[at + offset] == lines[begin + offset]:
                        offset += 1
                if offset == size:
                    found[number] = 1
                    is_any = True
    for number in range(first, end):
        firsts[lines[starts[number]]] = 0
    return is_any


@compiled
def hide_all(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    normal: Bytes,
    starts: Numbers,
    hidden: Bytes,
    hidden_starts: Numbers,
    names: Names,
    is_word: Bytes,
) -> None:
    """Write notes with names hidden, one name after the other.

    Args:
        normal: Normal forms, one behind the other.
        starts: Where each begins; last, where the last one ends.
        hidden: Where to write to.
        hidden_starts: Where to write where each begins.
        names: To hide.
        is_word: By code point, 1 for what words are made of.
    """
    found = np.zeros(len(names.starts), np.uint8)
    to = 0
    for note in range(len(starts) - 1):
        first = to
        begin, end = starts[note], starts[note + 1]
        to += end - begin
        for at in range(end - begin):
            hidden[first + at] = normal[begin + at]
        own, last = names.of_notes[note], names.of_notes[note + 1]
        if last > own and _find_names(normal, (begin, end), names, note, found):
            for number in range(own, last):
                if found[number]:
                    name = names.lines[names.starts[number] : names.starts[number + 1]]
                    to = _hide_name(hidden, first, to, name, is_word)
        hidden_starts[note + 1] = to
