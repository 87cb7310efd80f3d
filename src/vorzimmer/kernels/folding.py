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
_LINE_BREAK = 10
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
    """Words to hide in one note, with room to look for them.

    Attributes:
        lines: All words, one behind the other.
        starts: Where each begins.
        first: The first one of this note.
        end: The one behind the last.
        firsts: Room for a mark for each byte.
        found: Room for a mark for each word.
    """

    lines: Bytes
    starts: Numbers
    first: int
    end: int
    firsts: Bytes
    found: Bytes


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


@compiled
def _put(form: np.uint64, out: Bytes, to: int) -> int:
    """Write a form; return where it ends."""
    size = int(form >> _LENGTH)
    rest = form
    for at in range(to, to + size):
        out[at] = np.uint8(rest & _LOW)
        rest >>= _BYTE
    return to + size


@compiled
def _fold_note(
    note: Bytes, table: FormTable, normal: Bytes, search: Bytes, ends: Numbers
) -> bool:
    """Write both forms of a note from where ``ends`` says; return whether it can be."""
    forms, search_forms = table.normal, table.search
    first_normal, first_search = ends[0], ends[1]
    to, to_search = first_normal, first_search
    at, stop = 0, len(note)
    is_apart = False
    while at < stop:
        byte = note[at]
        if byte < 0x80:
            code, size = int(byte), 1
        else:
            code, size = code_at(note, at)
        at += size
        form = forms[code] if code < CODES else _LEFT_OUT
        length = form >> np.uint64(_LENGTH_AT)
        if length == _NOT_SIMPLE:
            return False
        if form == _BLANK_FORM:
            is_apart = True
            continue
        if length == 0:
            continue
        if is_apart and to > first_normal:
            normal[to] = search[to_search] = BLANK
            to, to_search = to + 1, to_search + 1
        is_apart = False
        if length == 1:
            normal[to] = search[to_search] = np.uint8(form & _LOW)
            to, to_search = to + 1, to_search + 1
        else:
            to = _put(form, normal, to)
            to_search = _put(search_forms[code], search, to_search)
    ends[0], ends[1] = to, to_search
    return True


@compiled
def _may_have_link(note: Bytes) -> bool:
    """Whether a letter follows a full stop, or a place of the web is named."""
    for at in range(len(note) - 1):
        byte = note[at]
        if byte == 46:
            after = note[at + 1]
            if after >= 0x80 or 65 <= after <= 90 or 97 <= after <= 122:
                return True
        elif byte == 58 and note[at + 1] == 47:
            return True
    return False


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
def _is_name_at(  # noqa: PLR0913, PLR0917 - a view of the name would cost more
    text: Bytes, at: int, stop: int, lines: Bytes, starts: Numbers, number: int
) -> bool:
    first = starts[number]
    size = starts[number + 1] - first
    if at + size > stop:
        return False
    for offset in range(size):  # noqa: SIM110 - all() is not compiled
        if text[at + offset] != lines[first + offset]:
            return False
    return True


@compiled
def _hide_names(
    text: Bytes, start: int, stop: int, names: Names, table: FormTable
) -> int:
    """Hide names one after the other, as the reference does; return the new end."""
    firsts, found = names.firsts, names.found
    lines, starts = names.lines, names.starts
    for number in range(names.first, names.end):
        firsts[lines[starts[number]]] = 1
        found[number - names.first] = 0
    for at in range(start, stop):
        # A whole word does not begin inside another one.
        if firsts[text[at]] and not (
            at > start and is_plain_word(text[at]) and is_plain_word(text[at - 1])
        ):
            for number in range(names.first, names.end):
                if _is_name_at(text, at, stop, lines, starts, number):
                    found[number - names.first] = 1
    to = stop
    for number in range(names.first, names.end):
        name = lines[starts[number] : starts[number + 1]]
        firsts[name[0]] = 0
        if found[number - names.first]:
            to = _hide_name(text, start, to, name, table.is_word)
    return to


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
    normal, hidden = np.empty(room, np.uint8), np.empty(room, np.uint8)
    search = np.empty(room + count + 1, np.uint8)
    normal_starts = np.zeros(count + 1, np.int64)
    search_starts = np.zeros(count + 1, np.int64)
    hidden_starts = np.zeros(count + 1, np.int64)
    marks = np.zeros(count, np.uint8)
    search[0] = _LINE_BREAK
    ends = np.zeros(2, np.int64)
    ends[1] = 1
    search_starts[0] = 1
    to_hidden = 0
    firsts = np.zeros(256, np.uint8)
    found = np.zeros(len(name_starts), np.uint8)
    for note in range(count):
        text = notes[starts[note] : starts[note + 1]]
        begin = ends[0]
        if not _fold_note(text, table, normal, search, ends):
            marks[note] |= IS_LEFT_OUT
        if _may_have_link(text):
            marks[note] |= MAY_HAVE_LINK
        size = ends[0] - begin
        first = to_hidden
        for at in range(size):
            hidden[first + at] = normal[begin + at]
        to_hidden += size
        if size:
            own = Names(
                names, name_starts, names_of[note], names_of[note + 1], firsts, found
            )
            to_hidden = _hide_names(hidden, first, to_hidden, own, table)
        search[ends[1]] = _LINE_BREAK
        ends[1] += 1
        normal_starts[note + 1], search_starts[note + 1] = ends[0], ends[1]
        hidden_starts[note + 1] = to_hidden
    return Folded(
        normal[: ends[0]],
        normal_starts,
        search[: ends[1]],
        search_starts,
        hidden[:to_hidden],
        hidden_starts,
        marks,
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
