"""Folds many notes at once: normal form, search form, and names hidden, in one pass.

The plain reference is ``text.normalise``, ``phrases.search_form`` and
``classifier.hide``, and tests hold it to that. Notes with a character whose form
depends on what stands beside it are left to the reference, and marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.plain_ngrams import BLANK, NAME

Bytes = NDArray[np.uint8]
Forms = NDArray[np.uint64]
Numbers = NDArray[np.int64]

# No code point of a simple character is as large.
CODES = 0x20000
# A form is kept in one number: up to seven bytes, the first one lowest; above them
# how many there are. 255 of them is a character that is not simple.
_LENGTH_AT, _NOT_SIMPLE = 56, 255
_LENGTH, _BYTE, _LOW = np.uint64(_LENGTH_AT), np.uint64(8), np.uint64(0xFF)
_LEFT_OUT = np.uint64(_NOT_SIMPLE << _LENGTH_AT)
_BLANK_FORM = np.uint64(1 << _LENGTH_AT | BLANK)
_LINE_BREAK, _DOT, _SLASH, _COLON = 10, 46, 47, 58
# What is to be known of a note besides its forms.
IS_LEFT_OUT, MAY_HAVE_LINK = 1, 2
# A character of two bytes has a form of seven at most.
_GROWS_BY = 3


class FormTable(NamedTuple):
    """The forms of simple characters, by code point.

    Attributes:
        normal: Of ``text.normalise``.
        search: Of ``phrases.search_form``.
        is_word: 1 for letters, digits and the underscore, as in regular expressions.
    """

    normal: Forms
    search: Forms
    is_word: Bytes


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


class Folded(NamedTuple):
    """Notes folded; where each begins, and last where the last one ends.

    Attributes:
        normal: Normal forms, one behind the other.
        normal_starts: Where each begins.
        search: Search forms, each with a line break behind it; one stands before all.
        search_starts: Where each begins.
        hidden: Normal forms with names hidden.
        hidden_starts: Where each begins.
        marks: See ``IS_LEFT_OUT`` and ``MAY_HAVE_LINK``; of a note left out the forms
            are empty.
    """

    normal: Bytes
    normal_starts: Numbers
    search: Bytes
    search_starts: Numbers
    hidden: Bytes
    hidden_starts: Numbers
    marks: Bytes


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


# Written as one function, because taking arrays into another one for each letter costs
# more than the letter; and without asking what cannot be foretold: whether a letter is
# a blank, or the first one behind one.
@compiled
def _fold_all(  # noqa: C901, PLR0912, PLR0915 - see above
    notes: Bytes, starts: Numbers, table: FormTable, out: Folded
) -> None:
    """Write the normal form and the search form of all notes, and their marks."""
    forms, search_forms = table.normal, table.search
    normal, search, marks = out.normal, out.search, out.marks
    normal_starts, search_starts = out.normal_starts, out.search_starts
    to, to_search = 0, 1
    search[0] = _LINE_BREAK
    normal_starts[0], search_starts[0] = to, to_search
    for note in range(len(starts) - 1):
        at, stop = starts[note], starts[note + 1]
        first, first_search = to, to_search
        was_blank = True
        while at < stop:
            byte = notes[at]
            if byte < 0x80:
                form = forms[byte]
                code, size = int(byte), 1
                if byte in (_DOT, _COLON) and at + 1 < stop:
                    after = notes[at + 1]
                    if byte == _COLON:
                        marks[note] |= MAY_HAVE_LINK * (after == _SLASH)
                    elif after >= 0x80 or 65 <= (after & 0xDF) <= 90:
                        marks[note] |= MAY_HAVE_LINK
            else:
                if byte < 0xE0:
                    code = (int(byte) & 0x1F) << 6 | int(notes[at + 1]) & 0x3F
                    size = 2
                else:
                    code, size = code_at(notes, at)
                form = forms[code] if code < CODES else _LEFT_OUT
            at += size
            length = np.int64(form >> _LENGTH)
            if length < 2:
                is_blank = form == _BLANK_FORM
                normal[to] = search[to_search] = np.uint8(form & _LOW)
                step = 0 if is_blank and was_blank else int(length)
                to, to_search = to + step, to_search + step
                was_blank = is_blank or (was_blank and length == 0)
                continue
            if length == _NOT_SIMPLE:
                marks[note] |= IS_LEFT_OUT
                break
            was_blank = False
            for _ in range(length):
                normal[to] = np.uint8(form & _LOW)
                form >>= _BYTE
                to += 1
            form = search_forms[code]
            for _ in range(np.int64(form >> _LENGTH)):
                search[to_search] = np.uint8(form & _LOW)
                form >>= _BYTE
                to_search += 1
        if marks[note] & IS_LEFT_OUT:
            to, to_search = first, first_search
            while at < stop and not marks[note] & MAY_HAVE_LINK:
                marks[note] |= MAY_HAVE_LINK * _is_link_sign(notes, at, stop)
                at += 1
        elif was_blank and to > first:
            to, to_search = to - 1, to_search - 1
        search[to_search] = _LINE_BREAK
        to_search += 1
        normal_starts[note + 1], search_starts[note + 1] = to, to_search


@compiled
def _is_link_sign(note: Bytes, at: int, stop: int) -> bool:
    """Whether a letter follows a full stop here, or a place of the web is named."""
    if at + 1 >= stop:
        return False
    after = note[at + 1]
    if note[at] == _DOT:
        return bool(after >= 0x80 or 65 <= (after & 0xDF) <= 90)
    return bool(note[at] == _COLON and after == _SLASH)


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
def _hide_all(out: Folded, names: Names, is_word: Bytes) -> None:
    """Write normal forms with names hidden, one name after the other."""
    normal, starts = out.normal, out.normal_starts
    hidden, hidden_starts = out.hidden, out.hidden_starts
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


@compiled
def fold_notes(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    notes: Bytes,
    starts: Numbers,
    names: Bytes,
    name_starts: Numbers,
    names_of: Numbers,
    table: FormTable,
) -> Folded:
    """Fold notes and hide names in them.

    Args:
        notes: In UTF-8, one behind the other.
        starts: Where each begins; last, where the last one ends.
        names: Words of names in their normal form, one behind the other.
        name_starts: Where each begins; last, where the last one ends.
        names_of: Where the names of each note begin among all; last, how many.
        table: The forms of characters.
    """
    count = len(starts) - 1
    room = len(notes)
    for byte in notes:
        room += _GROWS_BY if byte >= 0x80 else 0
    out = Folded(
        np.empty(room + 1, np.uint8),
        np.empty(count + 1, np.int64),
        np.empty(room + count + 2, np.uint8),
        np.empty(count + 1, np.int64),
        np.empty(room, np.uint8),
        np.zeros(count + 1, np.int64),
        np.zeros(count, np.uint8),
    )
    _fold_all(notes, starts, table, out)
    end = out.normal_starts[count]
    hidden, hidden_starts = out.hidden, out.hidden_starts
    if len(names):
        own = Names(names, name_starts, names_of, np.zeros(256, np.uint8))
        _hide_all(out, own, table.is_word)
    else:
        hidden[:end] = out.normal[:end]
        hidden_starts[:] = out.normal_starts
    return Folded(
        out.normal[:end],
        out.normal_starts,
        out.search[: out.search_starts[count]],
        out.search_starts,
        hidden[: hidden_starts[count]],
        hidden_starts,
        out.marks,
    )


def form_table(
    normal: Mapping[str, str], search: Mapping[str, str], *, words: str
) -> FormTable:
    """Return the forms of characters in the form that is asked fast.

    Args:
        normal: The normal form of each simple character.
        search: The search form of each.
        words: All characters that words are made of.
    """
    is_word = np.zeros(CODES, np.uint8)
    is_word[[code for code in map(ord, words) if code < CODES]] = 1
    return FormTable(_packed(normal), _packed(search), is_word)


def _packed(forms: Mapping[str, str]) -> Forms:
    packed = np.full(CODES, _LEFT_OUT, np.uint64)
    for sign, form in forms.items():
        written = form.encode("utf-8")
        if len(written) < _LENGTH_AT // 8 + 1:
            packed[ord(sign)] = int.from_bytes(written, "little") | (
                len(written) << _LENGTH_AT
            )
    return packed


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    line = np.frombuffer(b"hallo welt", np.uint8)
    starts = np.array([0, len(line)], np.int64)
    names = np.zeros(2, np.int64)
    table = form_table({"h": "h"}, {"h": "h"}, words="h")
    fold_notes(line, starts, line, starts, names, table)
