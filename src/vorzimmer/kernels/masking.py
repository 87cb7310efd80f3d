"""Masks the pieces of a note: hides values and names.

The same as ``plain_ngrams.pieces``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.plain_ngrams import (
    BLANK,
    EVERYDAY,
    FNV_PRIME,
    FNV_START,
    GREETS,
    IS_TITLE,
    LAST_WORDS,
    LINK,
    LONG_ENOUGH,
    LONGEST_PLACEHOLDER,
    MAIL,
    MOST_DIGITS,
    NAME,
    NAME_WORDS,
    PARTS,
    PLACEHOLDER,
    SHORTEST_END,
    SIGNS_OF_LINK,
    TITLE_BY,
)

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class RoleTable(NamedTuple):
    """What words around names do: an open hash table.

    Attributes:
        words: Hashes of words; 0 is an empty place.
        does: What each does, at the same place.
    """

    words: Hashes
    does: Bytes


# Columns of a piece: where it stands in the line, its number in the store, its nature,
# whether it is masked as a name; whether it is new to the note, and the bucket of its
# first word with the one before it, -1 where that does not count.
SOURCE_FROM, SOURCE_TO, ID, NATURE, _NAMED, IS_NEW, PAIRED, WIDTH = range(8)
# A nature is what the word of a piece does, and how the piece ends.
_ROLE = 7
_ENDS_SENTENCE, _ENDS_OPEN, _ENDS_COMMA, _IS_DASH, CLOSES = 8, 16, 32, 64, 128
_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_NOTHING, _ONE = np.uint64(0), np.uint64(1)
# Signs that something in a piece may have to be masked; most pieces have none. Bytes
# below the blank are among them, so that a piece without any is no masked one either.
_SEEN_AT, _SEEN_DOT, _SEEN_VALUE, OPENS = 1, 2, 4, 8
SIGNS = np.zeros(256, np.uint8)
SIGNS[:BLANK] = _SEEN_VALUE
SIGNS[[*b"@"]] = _SEEN_AT
SIGNS[[*b".:"]] = _SEEN_DOT
SIGNS[[*b"0123456789"]] = _SEEN_VALUE
SIGNS[[*b"{[<%"]] = OPENS
_IS_SIGN = np.isin(np.arange(256), list(SIGNS_OF_LINK))


@compiled
def is_word(byte: int) -> bool:
    """Return whether a byte is of a word: a letter, a digit, beyond ASCII."""
    return 97 <= byte <= 122 or 48 <= byte <= 57 or byte >= 128


@compiled
def _is_letter(byte: int) -> bool:
    return 97 <= byte <= 122


@compiled
def _is_digit(byte: int) -> bool:
    return 48 <= byte <= 57


@compiled
def _opens(byte: int) -> bool:
    return byte in (123, 91, 60)


@compiled
def _closes(byte: int) -> bool:
    return byte in (125, 93, 62)


@compiled
def placeholder_end(line: Bytes, at: int, stop: int) -> int:
    """Return where the placeholder that begins here ends; 0 when none does."""
    first = line[at]
    is_percent = first == 37
    if not (is_percent or _opens(first)):
        return 0
    last = min(stop, at + LONGEST_PLACEHOLDER + 2)
    for to in range(at + 1, last):
        byte = line[to]
        if is_percent:
            if byte == 37:
                return to + 1 if to - at > 2 else 0
            if not (_is_letter(byte) or byte == 95):
                return 0
        elif _closes(byte):
            return to + 1 if to - at > 1 else 0
        elif _opens(byte):
            return 0
    return 0


@compiled
def _looks_like_link(out: Bytes, start: int, end: int) -> bool:
    for at in range(start, end):
        byte = out[at]
        if byte == 58 and at + 2 < end and out[at + 1] == 47 and out[at + 2] == 47:
            return True
        if byte == 46 and at > start:
            if at - start > 2 and out[at - 1] == out[at - 2] == out[at - 3] == 119:
                return True
            if at + 2 < end and _is_letter(out[at + 1]) and _is_letter(out[at + 2]):
                before = out[at - 1]
                if _is_letter(before) or _is_digit(before):
                    return True
    return False


@compiled
def _without_values(out: Bytes, start: int, end: int) -> int:
    """Write 0 for every digit and one byte for every name; return the new end."""
    to = at = start
    digits = 0
    while at < end:
        byte = out[at]
        at += 1
        digits = digits + 1 if _is_digit(byte) else 0
        if digits > MOST_DIGITS:
            continue
        if byte == NAME:
            while at < end and out[at] == NAME:
                at += 1
        out[to] = 48 if digits else byte
        to += 1
    return to


@compiled
def _signs_of_link(out: Bytes, start: int, end: int) -> int:
    """Keep the signs of a link behind its mark; return the new end."""
    out[start] = LINK
    to = start + 1
    digits = 0
    for at in range(start + 1, end):
        byte = out[at]
        digits = digits + 1 if _is_digit(byte) else 0
        if _IS_SIGN[byte] or 0 < digits <= MOST_DIGITS:
            out[to] = 48 if digits else byte
            to += 1
    return to


@compiled
def mask_piece(line: Bytes, start: int, stop: int, out: Bytes) -> int:
    """Write a piece as it is masked; return how many bytes it has, never more."""
    at, to = start, 0
    seen = 0
    while at < stop:
        byte = line[at]
        sign = SIGNS[byte]
        end = placeholder_end(line, at, stop) if sign & OPENS else 0
        seen |= 0 if end else sign
        out[to] = PLACEHOLDER if end else byte
        at = end or at + 1
        to += 1
    if seen & _SEEN_AT:
        out[0] = MAIL
        return 1
    if seen & _SEEN_DOT and _looks_like_link(out, 0, to):
        return _signs_of_link(out, 0, to)
    return _without_values(out, 0, to) if seen & _SEEN_VALUE else to


@compiled
def ending_of(last: int, size: int) -> int:
    """Return what the last byte of a piece says of it, as part of its nature.

    Args:
        last: The byte.
        size: How many the piece has.
    """
    nature = 0
    if last in (46, 33, 63):
        nature |= _ENDS_SENTENCE
        if last != 46 or size >= SHORTEST_END:
            nature |= CLOSES
    if last in (44, 33, 58, 46):
        nature |= _ENDS_OPEN
    if last == 44:
        nature |= _ENDS_COMMA
    if last == 45 and size == 1:
        nature |= _IS_DASH
    return nature


@compiled
def _name_from(pieces: Numbers, first: int, count: int) -> None:
    for at in range(first, min(first + NAME_WORDS, count)):
        nature = pieces[at, NATURE]
        role = nature & _ROLE
        if role and role != EVERYDAY:
            return
        is_behind = role or nature & _IS_DASH
        if is_behind or nature & _ENDS_OPEN:
            for number in range(first, at if is_behind else at + 1):
                pieces[number, _NAMED] = 1
            return


@compiled
def _name_greeted(pieces: Numbers, count: int) -> None:
    for number in range(count):
        nature = pieces[number, NATURE]
        role = nature & _ROLE
        if role == GREETS and not nature & _ENDS_OPEN:
            _name_from(pieces, number + 1, count)
        elif role == IS_TITLE and number + 1 < count:
            if not pieces[number + 1, NATURE] & _ROLE:
                pieces[number + 1, _NAMED] = 1
            if number < TITLE_BY:
                _name_from(pieces, number + 1, count)


@compiled
def _bare_name_length(pieces: Numbers, count: int) -> int:
    """Return how many words under the last sentence are a bare name."""
    if count < LONG_ENOUGH or pieces[count - 1, NATURE] & _ENDS_SENTENCE:
        return 0
    last, before = pieces[count - 1, NATURE], pieces[count - 2, NATURE]
    if before & (_ENDS_SENTENCE | _ENDS_COMMA):
        return 0 if last & _ROLE else 1
    if not pieces[count - 3, NATURE] & _ENDS_SENTENCE:
        return 0
    return 0 if (last | before) & _ROLE else 2


@compiled
def _name_at_the_end(pieces: Numbers, count: int) -> None:
    for at in range(max(0, count - 1 - LAST_WORDS), count):
        if pieces[at, NATURE] & _ROLE == PARTS:
            for each in range(at + 1, count):
                if not pieces[each, NATURE] & _ROLE:
                    pieces[each, _NAMED] = 1
            return
    for at in range(count - _bare_name_length(pieces, count), count):
        pieces[at, _NAMED] = 1


@compiled
def mask_names(pieces: Numbers, name: int) -> None:
    """Put the number of a masked name in place of those that are names.

    Args:
        pieces: Of one note, a row of ``WIDTH`` each.
        name: The number of a masked name in the store.
    """
    count = len(pieces)
    pieces[:, _NAMED] = 0
    _name_greeted(pieces, count)
    _name_at_the_end(pieces, count)
    for number in range(count):
        if pieces[number, _NAMED]:
            pieces[number, ID], pieces[number, NATURE] = name, 0


def role_table(roles: Mapping[int, int]) -> RoleTable:
    """Return the roles of words in the form that is asked fast."""
    size = 1 << (2 * len(roles)).bit_length()
    words, does = np.zeros(size, np.uint64), np.zeros(size, np.uint8)
    for value, role in roles.items():
        slot = value % size
        while words[slot]:
            slot = (slot + 1) % size
        words[slot], does[slot] = value, role
    return RoleTable(words, does)
