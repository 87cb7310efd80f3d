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
from vorzimmer.kernels.eights import (
    EIGHT,
    MARKS,
    before,
    below,
    eight,
    eight_at,
    in_eights,
    marked,
)
from vorzimmer.kernels.hiding import CODES, Names, code_at, hide_all
from vorzimmer.kernels.plain_ngrams import BLANK

Bytes = NDArray[np.uint8]
Forms = NDArray[np.uint64]
Numbers = NDArray[np.int64]

# What is seen in eight bytes at once; and from a mark to what makes a letter small.
_BLANKS, _DELETES, _DOTS, _COLONS = map(eight, b" \x7f.:")
_BACKTICKS, _A, _BEHIND_Z = map(eight, b"`A[")
_FIRST_MARK, _TO_SMALL = np.uint64(7), np.uint64(2)

# A form is kept in one number: up to seven bytes, the first one lowest; above them
# how many there are. 255 of them is a character that is not simple.
_LENGTH_AT, _NOT_SIMPLE = 56, 255
_LENGTH, _BYTE, _LOW = np.uint64(_LENGTH_AT), np.uint64(8), np.uint64(0xFF)
_LEFT_OUT = np.uint64(_NOT_SIMPLE << _LENGTH_AT)
_BLANK_FORM = np.uint64(1 << _LENGTH_AT | BLANK)
_LINE_BREAK, _DOT, _SLASH, _COLON = 10, 46, 47, 58
_ZERO, _NINE, _CAPITAL_A, _CAPITAL_Z = 48, 57, 65, 90
# Makes a letter of ASCII a capital; the last ones of "mailto".
_CAPITAL, _T, _O = 0xDF, 84, 79
# What stands in a host besides letters and digits; and before what is none, but part of
# a path or mail address.
_IN_HOSTS = (45, 46, 95)  # "-._"
_BEFORE_NO_HOST = (37, 43, 47, 64)  # "%+/@"
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
def _odd_bytes(word: np.uint64, was_blank: bool) -> np.uint64:  # noqa: FBT001 - compiled
    """Return marks on bytes that are not simply written, in small letters.

    They are beyond ASCII or no signs of print, a backtick, a blank behind another
    one, or what may be part of a link.
    """
    blanks = marked(word, _BLANKS)
    odd = word | below(word, _BLANKS) | marked(word, _DELETES)
    odd |= marked(word, _DOTS) | marked(word, _COLONS) | marked(word, _BACKTICKS)
    odd |= blanks & (blanks << _BYTE | np.uint64(was_blank) << _FIRST_MARK)
    return np.uint64(odd & MARKS)


@compiled
def _capitals(word: np.uint64) -> np.uint64:
    """Return marks on the capital letters of ASCII."""
    return np.uint64(below(word, _BEHIND_Z) & ~below(word, _A) & ~word)


@compiled
def _is_letter(byte: int) -> bool:
    """Whether a byte is a letter of ASCII, or part of what may be another one."""
    return byte >= 0x80 or _CAPITAL_A <= (byte & _CAPITAL) <= _CAPITAL_Z


@compiled
def _is_link_sign(notes: Bytes, first: int, at: int, stop: int) -> bool:
    """Whether what stands here may be part of a link (``links.find_links``).

    It is a colon of ``://`` or ``mailto:``, or a full stop between a label of a host
    and two letters; and nothing hangs before that host, as in a mail address or a path.
    """
    if notes[at] == _COLON:
        two, one = notes[max(at - 2, first)], notes[max(at - 1, first)]
        is_mail = (two & _CAPITAL) == _T and (one & _CAPITAL) == _O
        return is_mail or (at + 1 < stop and notes[at + 1] == _SLASH)
    if notes[at] != _DOT or at + 2 >= stop or at == first or notes[at - 1] == _DOT:
        return False
    if not (_is_letter(notes[at + 1]) and _is_letter(notes[at + 2])):
        return False
    begin = at
    while begin > first:
        byte = notes[begin - 1]
        if byte >= 0x80:  # may be a quotation mark as well as a letter
            return True
        if not (_is_letter(byte) or _ZERO <= byte <= _NINE or byte in _IN_HOSTS):
            return begin < at and byte not in _BEFORE_NO_HOST
        begin -= 1
    return True


# Written as one function, because taking arrays into another one for each letter costs
# more than the letter; and without asking what cannot be foretold: whether a letter is
# a blank, or the first one behind one.
@compiled
def _fold_all(  # noqa: C901, PLR0912, PLR0915 - see above
    eights: Forms, starts: Numbers, table: FormTable, out: Folded
) -> None:
    """Write the normal form and the search form of all notes, and their marks."""
    notes = eights.view(np.uint8)
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
            if at + EIGHT <= stop:
                word = eight_at(at, eights[at >> 3], eights[(at >> 3) + 1])
                size = before(_odd_bytes(word, was_blank))
                word |= _capitals(word) >> _TO_SMALL
                for place in range(EIGHT):  # what is odd is written over
                    normal[to + place] = search[to_search + place] = np.uint8(word)
                    word >>= _BYTE
                if size:
                    at, to, to_search = at + size, to + size, to_search + size
                    was_blank = normal[to - 1] == BLANK
                    continue
            byte = notes[at]
            if byte < 0x80:
                form = forms[byte]
                code, size = int(byte), 1
                # Behind most full stops stands a blank; to call costs more than that.
                if (
                    byte in (_DOT, _COLON)
                    and at + 1 < stop
                    and (byte == _COLON or notes[at + 1] > _COLON)
                    and _is_link_sign(notes, starts[note], at, stop)
                ):
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
                if _is_link_sign(notes, starts[note], at, stop):
                    marks[note] |= MAY_HAVE_LINK
                at += 1
        elif was_blank and to > first:
            to, to_search = to - 1, to_search - 1
        search[to_search] = _LINE_BREAK
        to_search += 1
        normal_starts[note + 1], search_starts[note + 1] = to, to_search


@compiled
def fold_notes(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    notes: Forms,
    starts: Numbers,
    names: Bytes,
    name_starts: Numbers,
    names_of: Numbers,
    table: FormTable,
) -> Folded:
    """Fold notes and hide names in them.

    Args:
        notes: In UTF-8, one behind the other (``in_eights``).
        starts: Where each begins; last, where the last one ends.
        names: Words of names in their normal form, one behind the other.
        name_starts: Where each begins; last, where the last one ends.
        names_of: Where the names of each note begin among all; last, how many.
        table: The forms of characters.
    """
    count = len(starts) - 1
    room = starts[count] + EIGHT  # which are written at once
    for byte in notes.view(np.uint8)[: starts[count]]:
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
        hide_all(
            out.normal, out.normal_starts, hidden, hidden_starts, own, table.is_word
        )
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
    fold_notes(in_eights(line), starts, line, starts, names, table)
