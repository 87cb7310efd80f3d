"""Masks a note: takes it apart at its blanks, hides values and names.

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
    SIGNS_OF_LINK,
    TITLE_BY,
)

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


class RoleTable(NamedTuple):
    """What words around names do: an open hash table.

    Attributes:
        words: Hashes of words; 0 is an empty place.
        does: What each does, at the same place.
    """

    words: Hashes
    does: Bytes


# Columns of a piece: where it stands in the masked note and in the line, what its word
# does, whether it is masked as a name.
FROM, TO, SOURCE_FROM, SOURCE_TO, _ROLE, _NAMED, WIDTH = range(7)
_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_NOTHING, _ONE = np.uint64(0), np.uint64(1)
# Signs that something in a piece may have to be masked; most pieces have none.
_SEEN_AT, _SEEN_DOT, _SEEN_VALUE, _SEEN_OPEN = 1, 2, 4, 8
_SEEN = np.zeros(256, np.uint8)
_SEEN[[*b"@"]] = _SEEN_AT
_SEEN[[*b".:"]] = _SEEN_DOT
_SEEN[[*b"0123456789", NAME]] = _SEEN_VALUE
_SEEN[[*b"{[<%"]] = _SEEN_OPEN
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
def _placeholder_end(line: Bytes, at: int, stop: int) -> int:
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
def _masked(out: Bytes, start: int, end: int, seen: int) -> int:
    """Mask one piece in its place; return its new end.

    Args:
        out: The note.
        start: Where the piece begins.
        end: Where it ends.
        seen: What is in it, signs as in ``_SEEN``.
    """
    if seen & _SEEN_AT:
        out[start] = MAIL
        return start + 1
    if seen & _SEEN_DOT and _looks_like_link(out, start, end):
        return _signs_of_link(out, start, end)
    return _without_values(out, start, end) if seen & _SEEN_VALUE else end


@compiled
def _role_of(out: Bytes, start: int, end: int, words: Hashes, does: Bytes) -> int:
    while start < end and not is_word(out[start]):
        start += 1
    while end > start and not is_word(out[end - 1]):
        end -= 1
    value = _START
    for at in range(start, end):
        value = (value ^ np.uint64(out[at])) * _PRIME
    last = np.uint64(len(words) - 1)
    slot = value & last
    while words[slot] != _NOTHING:
        if words[slot] == value:
            return int(does[slot])
        slot = (slot + _ONE) & last
    return 0


@compiled
def _take_apart(line: Bytes, out: Bytes, pieces: Numbers, table: RoleTable) -> int:
    """Fill ``out`` and ``pieces``; return how many pieces there are."""
    words, does = table.words, table.does
    count = at = 0
    to = 1
    out[0] = BLANK
    stop = len(line)
    while at < stop:
        if line[at] == BLANK:
            at += 1
            continue
        start, source = to, at
        seen = 0
        while at < stop and line[at] != BLANK:
            byte = line[at]
            sign = _SEEN[byte]
            end = _placeholder_end(line, at, stop) if sign & _SEEN_OPEN else 0
            seen |= 0 if end else sign
            out[to] = PLACEHOLDER if end else byte
            at = end or at + 1
            to += 1
        if seen:
            to = _masked(out, start, to, seen)
        pieces[count, FROM], pieces[count, TO] = start, to
        pieces[count, SOURCE_FROM], pieces[count, SOURCE_TO] = source, at
        pieces[count, _ROLE] = _role_of(out, start, to, words, does)
        pieces[count, _NAMED] = 0
        out[to] = BLANK
        to += 1
        count += 1
    return count


@compiled
def _last_byte(out: Bytes, pieces: Numbers, number: int) -> int:
    return int(out[pieces[number, TO] - 1])


@compiled
def _ends_sentence(out: Bytes, pieces: Numbers, number: int) -> bool:
    return _last_byte(out, pieces, number) in (46, 33, 63)


@compiled
def _ends_open(out: Bytes, pieces: Numbers, number: int) -> bool:
    return _last_byte(out, pieces, number) in (44, 33, 58, 46)


@compiled
def _name_from(out: Bytes, pieces: Numbers, first: int, count: int) -> None:
    for at in range(first, min(first + NAME_WORDS, count)):
        role = pieces[at, _ROLE]
        if role and role != EVERYDAY:
            return
        start = pieces[at, FROM]
        is_behind = role or (pieces[at, TO] - start == 1 and out[start] == 45)
        if is_behind or _ends_open(out, pieces, at):
            for number in range(first, at if is_behind else at + 1):
                pieces[number, _NAMED] = 1
            return


@compiled
def _name_greeted(out: Bytes, pieces: Numbers, count: int) -> None:
    for number in range(count):
        role = pieces[number, _ROLE]
        if role == GREETS and not _ends_open(out, pieces, number):
            _name_from(out, pieces, number + 1, count)
        elif role == IS_TITLE and number + 1 < count:
            if not pieces[number + 1, _ROLE]:
                pieces[number + 1, _NAMED] = 1
            if number < TITLE_BY:
                _name_from(out, pieces, number + 1, count)


@compiled
def _bare_name_length(out: Bytes, pieces: Numbers, count: int) -> int:
    """Return how many words under the last sentence are a bare name."""
    if count < LONG_ENOUGH or _ends_sentence(out, pieces, count - 1):
        return 0
    before = count - 2
    if _ends_sentence(out, pieces, before) or _last_byte(out, pieces, before) == 44:
        return 0 if pieces[count - 1, _ROLE] else 1
    if not _ends_sentence(out, pieces, count - 3):
        return 0
    return 0 if pieces[count - 1, _ROLE] or pieces[before, _ROLE] else 2


@compiled
def _name_at_the_end(out: Bytes, pieces: Numbers, count: int) -> None:
    for at in range(max(0, count - 1 - LAST_WORDS), count):
        if pieces[at, _ROLE] == PARTS:
            for each in range(at + 1, count):
                if not pieces[each, _ROLE]:
                    pieces[each, _NAMED] = 1
            return
    for at in range(count - _bare_name_length(out, pieces, count), count):
        pieces[at, _NAMED] = 1


@compiled
def _put_names(out: Bytes, pieces: Numbers, count: int) -> None:
    """Write one byte for each name; the note does not move together."""
    for number in range(count):
        if pieces[number, _NAMED]:
            start = pieces[number, FROM]
            out[start] = NAME
            out[start + 1] = BLANK
            pieces[number, TO] = start + 1


@compiled
def mask(line: Bytes, out: Bytes, pieces: Numbers, table: RoleTable) -> int:
    """Write the masked note and its pieces; return how many pieces there are.

    Args:
        line: One note.
        out: Room for two bytes more than the line has; a blank stands before and
            after each piece.
        pieces: Room for a row of ``WIDTH`` for every second byte of the line.
        table: What the words around names do.
    """
    count = _take_apart(line, out, pieces, table)
    _name_greeted(out, pieces, count)
    _name_at_the_end(out, pieces, count)
    _put_names(out, pieces, count)
    return count


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
