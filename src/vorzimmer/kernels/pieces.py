"""Takes notes apart at their blanks, and keeps every piece that was met.

What a piece is, what it does beside names and which words it begins and ends with
depends on the piece alone, so it is found once and then looked up: a few thousand
pieces make up nearly all that is written. The pieces are those of
``plain_ngrams.pieces``, and tests hold this to that. Pieces are told apart by all their
bytes, so what is known of a note never depends on what was read before it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.cutting import SECOND, START, VALUE, WORD, Cuts, cut, cuts_for
from vorzimmer.kernels.eights import EIGHT, NOTHING, eight_at, kept
from vorzimmer.kernels.familiar import know_new
from vorzimmer.kernels.masking import (
    ID,
    NATURE,
    SIGNS,
    SOURCE_FROM,
    SOURCE_TO,
    WIDTH,
    Bytes,
    Flags,
    Hashes,
    Numbers,
    RoleTable,
    ending_of,
    is_word,
    mask_names,
    mask_piece,
)
from vorzimmer.kernels.plain_familiar import ENOUGH
from vorzimmer.kernels.plain_ngrams import (
    FNV_PRIME,
    MARKS,
    NAME,
    SPREAD,
)
from vorzimmer.kernels.processor import prefetch
from vorzimmer.kernels.store import (
    AT_ONCE,
    COUNT,
    END,
    FIRST_WORD,
    FROM,
    IS_CROWDED,
    ITS_NATURE,
    KNOWN,
    LAST_WORD,
    MET,
    MORE_TEXT,
    MOST_KNOWN,
    SAME,
    SIZE,
    TEXT,
    Store,
    entry_of,
    has_tag,
    longest,
    make_room,
    number_of,
    place_of,
    tag_of,
    text_of,
)

_PRIME, _SPREAD = np.uint64(FNV_PRIME), np.uint64(SPREAD)
IS_MARK = np.isin(np.arange(256), list(MARKS))
IS_WORD = np.array([is_word(each) for each in range(256)])
AHEAD = 16  # pieces that are fetched while others are looked up
_MOST_STEPS = 64  # from where a piece belongs to where it is


class Room(NamedTuple):
    """Room for reading some notes, used again for the next.

    Attributes:
        pieces: Their pieces, a row of ``WIDTH`` each.
        ends: How many there are up to the end of each note; before all, 0.
        strange: Which of them are strange (``plain_familiar``).
        out: A piece as it is masked.
        cuts: What pieces are found by.
    """

    pieces: Numbers
    ends: Numbers
    strange: Flags
    out: Bytes
    cuts: Cuts


@compiled
def most_at_once(starts: Numbers) -> tuple[int, int]:
    """Return how many bytes and how many pieces notes have that are read at once."""
    most = max(AT_ONCE, longest(starts))
    return most, most // 2 + AT_ONCE + 2


@compiled
def room_for(starts: Numbers) -> Room:
    """Return room for reading notes, some at a time."""
    most, pieces = most_at_once(starts)
    return Room(
        np.empty((pieces, WIDTH), np.int64),
        np.zeros(AT_ONCE + 1, np.int64),
        np.zeros(AT_ONCE, np.bool_),
        np.empty(most + 1, np.uint8),
        cuts_for(most, pieces),
    )


@compiled
def some_notes(starts: Numbers, first: int) -> int:
    """Return behind which note to stop that is read at once with those before it."""
    end = first + 1
    most = min(len(starts) - 1, first + AT_ONCE)
    while end < most and starts[end + 1] - starts[first] <= AT_ONCE:
        end += 1
    return end


@compiled
def _part(lines: Hashes, from_: int, size: int, part: int) -> np.uint64:
    """Return eight bytes of a piece, zeros behind its end.

    Args:
        lines: All notes.
        from_: Where the piece begins.
        size: How many bytes it has.
        part: Which of its eights.
    """
    at = from_ + part * EIGHT
    word = eight_at(at, lines[at >> 3], lines[(at >> 3) + 1])
    return kept(word, size - part * EIGHT)


@compiled
def _find(  # noqa: C901, PLR0913, PLR0917 - the compiler wants arrays, and once
    lines: Hashes,
    starts: Numbers,
    first: int,
    end: int,
    store: Store,
    room: Room,
) -> None:
    """Take notes apart into ``room.pieces``; keep those that were never met.

    Args:
        lines: All notes, see ``in_eights``.
        starts: Where each begins.
        first: Of these, the first one to take apart.
        end: The one behind the last.
        store: Pieces that were met.
        room: Where to write to.
    """
    pieces, ends, keys = room.pieces, room.ends, room.cuts.keys
    slots, rows, texts, facts = store.slots, store.rows, store.texts, store.facts
    cut(lines, starts, first, end, slots, pieces, ends, room.cuts)
    count, to = store.state[COUNT], store.state[END]
    last = len(slots) - 1
    for note in range(end - first):
        begin = starts[first + note]
        for row in range(ends[note], ends[note + 1]):
            ahead = keys[min(row + AHEAD, ends[end - first] - 1), VALUE]
            prefetch(rows, max(0, number_of(slots[place_of(ahead, slots)])))
            from_ = begin + pieces[row, SOURCE_FROM]
            size = pieces[row, SOURCE_TO] - pieces[row, SOURCE_FROM]
            value, word, second = keys[row, VALUE], keys[row, WORD], keys[row, SECOND]
            tag = tag_of(value, 0)
            slot = place_of(value, slots)
            steps = 0
            while slots[slot]:
                number = number_of(slots[slot])
                if (
                    has_tag(slots[slot], tag)
                    and rows[number, TEXT] == word
                    and rows[number, MORE_TEXT] == second
                    and facts[number, SIZE] == size
                ):
                    known = facts[number, FROM]
                    at = 2
                    while at * EIGHT < size and texts[known + at] == _part(
                        lines, from_, size, at
                    ):
                        at += 1
                    if at * EIGHT >= size:
                        break
                slot = (slot + 1) & last
                steps += 1
            if not slots[slot]:
                rows[count, TEXT], rows[count, MORE_TEXT] = word, second
                facts[count, FROM], facts[count, SIZE] = to, size
                facts[count, SAME], facts[count, MET] = count, 0
                for at in range((size + EIGHT - 1) // EIGHT):
                    texts[to] = _part(lines, from_, size, at)
                    to += 1
                slots[slot] = entry_of(tag, count)
                count += 1
                if steps > _MOST_STEPS:
                    store.state[IS_CROWDED] = 1
            pieces[row, ID] = number_of(slots[slot])
    store.state[COUNT], store.state[END] = count, to


@compiled
def _mask_new(store: Store, first: int, out: Bytes) -> None:
    """Mask the pieces that were never met where anything has to be."""
    texts, facts = store.texts.view(np.uint8), store.facts
    for number in range(first, store.state[COUNT]):
        signs = 0
        begin = EIGHT * facts[number, FROM]
        for at in range(begin, begin + facts[number, SIZE]):
            signs |= SIGNS[texts[at]]
        if signs:
            text = text_of(store, number)
            size = mask_piece(text, 0, len(text), out)
            facts[number, SAME] = _masked(store, out[:size])


@compiled
def _describe_new(  # noqa: C901, PLR0912 - as above
    store: Store, first: int, table: RoleTable
) -> None:
    """Find what is to be known of the masked pieces that were never met."""
    texts, facts, rows = store.texts.view(np.uint8), store.facts, store.rows
    known, does = table.words, table.does
    last = np.int64(len(known) - 1)
    for number in range(first, store.state[COUNT]):
        if facts[number, SAME] != number:
            continue
        begin = EIGHT * facts[number, FROM]
        end = begin + facts[number, SIZE]
        rows[number, FIRST_WORD] = rows[number, LAST_WORD] = NOTHING
        # The word of a piece goes from its first letter to its last one.
        bare = START
        word_end = begin
        at = begin
        while at < end:
            value = START
            if IS_MARK[texts[at]]:
                value = (value ^ np.uint64(texts[at])) * _PRIME
                at += 1
            elif not IS_WORD[texts[at]]:
                at += 1
                continue
            else:
                while at < end and IS_WORD[texts[at]]:
                    value = (value ^ np.uint64(texts[at])) * _PRIME
                    at += 1
                if bare != START:
                    for between in range(word_end, at):
                        bare = (bare ^ np.uint64(texts[between])) * _PRIME
                else:
                    bare = value
                word_end = at
            if rows[number, FIRST_WORD] == NOTHING:
                rows[number, FIRST_WORD] = value
            rows[number, LAST_WORD] = value
        nature = ending_of(texts[end - 1], end - begin)
        slot = np.int64(bare) & last
        while known[slot] != NOTHING:
            if known[slot] == bare:
                nature |= does[slot]
                break
            slot = (slot + 1) & last
        facts[number, ITS_NATURE] = nature


@compiled
def _masked(store: Store, text: Bytes) -> int:
    """Return the number of a masked piece, which may have been met before."""
    texts, to = store.texts, store.state[END]
    value = START
    words = (len(text) + EIGHT - 1) // EIGHT
    texts[to : to + max(words, 2)] = NOTHING
    for at in range(len(text)):
        texts[to + at // EIGHT] |= np.uint64(text[at]) << np.uint64(at % EIGHT << 3)
    for word in texts[to : to + max(words, 2)]:
        value = (value ^ word) * _SPREAD
    slot = _slot(store, text, value)
    if store.slots[slot]:
        return number_of(store.slots[slot])
    number = store.state[COUNT]
    store.rows[number, TEXT], store.rows[number, MORE_TEXT] = texts[to], texts[to + 1]
    facts = store.facts[number]
    facts[FROM], facts[SIZE] = to, len(text)
    facts[SAME], facts[MET] = number, 0
    store.slots[slot] = entry_of(tag_of(value, 1), number)
    store.state[COUNT] += 1
    store.state[END] = to + words
    return int(number)


@compiled
def _slot(store: Store, text: Bytes, value: np.uint64) -> int:
    """Return the place in the table where a piece is, or where it belongs."""
    last = len(store.slots) - 1
    slot = place_of(value, store.slots)
    steps = 0
    while store.slots[slot]:
        entry = store.slots[slot]
        if has_tag(entry, tag_of(value, 1)) and _is_same(
            text_of(store, number_of(entry)), text
        ):
            break
        slot = (slot + 1) & last
        steps += 1
    if steps > _MOST_STEPS:
        store.state[IS_CROWDED] = 1
    return int(slot)


@compiled
def _is_same(one: Bytes, other: Bytes) -> bool:
    if len(one) != len(other):
        return False
    for at in range(len(one)):  # noqa: SIM110 - all() is not compiled
        if one[at] != other[at]:
            return False
    return True


@compiled
def read_notes(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    lines: Hashes,
    starts: Numbers,
    first: int,
    end: int,
    table: RoleTable,
    store: Store,
    room: Room,
) -> int:
    """Take notes apart; return the number of the first piece that was never met.

    Fills ``room.pieces`` but for ``IS_NEW`` and ``PAIRED``, and ``room.ends`` and
    ``room.strange``.

    Args:
        lines: All notes, see ``in_eights``.
        starts: Where each begins.
        first: Of these, the first one to read.
        end: The one behind the last (``some_notes``).
        table: What the words around names do.
        store: Pieces that were met; those that were not are kept in it.
        room: Where to write to.
    """
    make_room(store, starts[end] - starts[first])
    before = store.state[COUNT]
    if before == 0:
        room.out[0] = NAME
        _masked(store, room.out[:1])  # the first one of all
    new = store.state[COUNT]
    _find(lines, starts, first, end, store, room)
    _mask_new(store, new, room.out)
    _describe_new(store, before, table)
    know_new(store, before, table)
    pieces, ends, facts = room.pieces, room.ends, store.facts
    for note in range(end - first):
        balance = most = 0
        for row in range(ends[note], ends[note + 1]):
            number = pieces[row, ID]
            most = max(most, balance + facts[number, MOST_KNOWN])
            balance += facts[number, KNOWN]
            number = facts[number, SAME]
            pieces[row, ID], pieces[row, NATURE] = number, facts[number, ITS_NATURE]
        room.strange[note] = balance < 0 and most < ENOUGH
    for note in range(end - first):
        mask_names(pieces[ends[note] : ends[note + 1]], 0)
    return int(before)
