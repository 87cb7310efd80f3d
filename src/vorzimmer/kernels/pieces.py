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
from vorzimmer.kernels.masking import (
    ID,
    NATURE,
    OPENS,
    SIGNS,
    SOURCE_FROM,
    SOURCE_TO,
    WIDTH,
    Bytes,
    Numbers,
    RoleTable,
    ending_of,
    is_word,
    mask_names,
    mask_piece,
    placeholder_end,
)
from vorzimmer.kernels.plain_ngrams import (
    BLANK,
    FNV_PRIME,
    FNV_START,
    MARKS,
    NAME,
)
from vorzimmer.kernels.store import (
    AT_ONCE,
    COUNT,
    END,
    FROM,
    IS_CROWDED,
    ITS_NATURE,
    MET,
    SAME,
    TO,
    Store,
    longest,
    make_room,
    text_of,
)

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
# Pieces as written and pieces as masked are kept apart: they begin with another hash.
_MASKED_START = np.uint64(FNV_START ^ 0x5555555555555555)
NOTHING, _HALF = np.uint64(0), np.uint64(32)
IS_MARK = np.isin(np.arange(256), list(MARKS))
IS_WORD = np.array([is_word(each) for each in range(256)])
_MOST_STEPS = 64  # from where a piece belongs to where it is


class Room(NamedTuple):
    """Room for reading some notes, used again for the next.

    Attributes:
        pieces: Their pieces, a row of ``WIDTH`` each.
        ends: How many there are up to the end of each note; before all, 0.
        out: A piece as it is masked.
    """

    pieces: Numbers
    ends: Numbers
    out: Bytes


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
        np.empty(most + 1, np.uint8),
    )


@compiled
def some_notes(starts: Numbers, first: int) -> int:
    """Return behind which note to stop that is read at once with those before it."""
    end = first + 1
    most = min(len(starts) - 1, first + AT_ONCE)
    while end < most and starts[end + 1] - starts[first] <= AT_ONCE:
        end += 1
    return end


# What stands here in one function would be three, if taking an array into a function
# did not cost as much as looking up a piece.
@compiled
def _find(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - see above
    lines: Bytes,
    starts: Numbers,
    first: int,
    end: int,
    store: Store,
    room: Room,
) -> None:
    """Take notes apart into ``room.pieces``; keep those that were never met.

    Args:
        lines: All notes.
        starts: Where each begins.
        first: Of these, the first one to take apart.
        end: The one behind the last.
        store: Pieces that were met.
        room: Where to write to.
    """
    pieces = room.pieces
    slots, hashes, texts, facts = store.slots, store.hashes, store.texts, store.facts
    count, to = store.state[COUNT], store.state[END]
    last = np.int64(len(slots) - 1)
    row = 0
    for note in range(first, end):
        at, stop = starts[note], starts[note + 1]
        while at < stop:
            if lines[at] == BLANK:
                at += 1
                continue
            begin = at
            value = _START
            while at < stop and lines[at] != BLANK:
                value = (value ^ np.uint64(lines[at])) * _PRIME
                if SIGNS[lines[at]] & OPENS:
                    behind = placeholder_end(lines, at, stop)
                    while at + 1 < behind:
                        at += 1
                        value = (value ^ np.uint64(lines[at])) * _PRIME
                at += 1
            size = at - begin
            slot = np.int64(value ^ (value >> _HALF)) & last
            steps = 0
            while slots[slot]:
                number = slots[slot] - 1
                from_ = facts[number, FROM]
                if hashes[number] == value and facts[number, TO] - from_ == size:
                    offset = 0
                    while offset < size and (
                        texts[from_ + offset] == lines[begin + offset]
                    ):
                        offset += 1
                    if offset == size:
                        break
                slot = (slot + 1) & last
                steps += 1
            if not slots[slot]:
                for offset in range(size):
                    texts[to + offset] = lines[begin + offset]
                hashes[count] = value
                facts[count, FROM], facts[count, TO] = to, to + size
                facts[count, SAME], facts[count, MET] = count, 0
                to += size
                count += 1
                slots[slot] = count
                if steps > _MOST_STEPS:
                    store.state[IS_CROWDED] = 1
            pieces[row, SOURCE_FROM] = begin - starts[note]
            pieces[row, SOURCE_TO] = at - starts[note]
            pieces[row, ID] = slots[slot] - 1
            row += 1
        room.ends[note - first + 1] = row
    store.state[COUNT], store.state[END] = count, to


@compiled
def _mask_new(store: Store, first: int, out: Bytes) -> None:
    """Mask the pieces that were never met where anything has to be."""
    texts, facts = store.texts, store.facts
    for number in range(first, store.state[COUNT]):
        signs = 0
        for at in range(facts[number, FROM], facts[number, TO]):
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
    texts, facts, words = store.texts, store.facts, store.words
    known, does = table.words, table.does
    last = np.int64(len(known) - 1)
    for number in range(first, store.state[COUNT]):
        if facts[number, SAME] != number:
            continue
        begin, end = facts[number, FROM], facts[number, TO]
        words[number, 0] = words[number, 1] = NOTHING
        # The word of a piece goes from its first letter to its last one.
        bare = _START
        word_end = begin
        at = begin
        while at < end:
            value = _START
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
                if bare != _START:
                    for between in range(word_end, at):
                        bare = (bare ^ np.uint64(texts[between])) * _PRIME
                else:
                    bare = value
                word_end = at
            if words[number, 0] == NOTHING:
                words[number, 0] = value
            words[number, 1] = value
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
    value = _MASKED_START
    for byte in text:
        value = (value ^ np.uint64(byte)) * _PRIME
    slot = _slot(store, text, value)
    if store.slots[slot]:
        return int(store.slots[slot]) - 1
    return _add(store, slot, value, text)


@compiled
def _slot(store: Store, text: Bytes, value: np.uint64) -> int:
    """Return the place in the table where a piece is, or where it belongs."""
    last = np.int64(len(store.slots) - 1)
    slot = np.int64(value ^ (value >> _HALF)) & last
    steps = 0
    while store.slots[slot]:
        number = store.slots[slot] - 1
        if store.hashes[number] == value and _is_same(text_of(store, number), text):
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
def _add(store: Store, slot: int, value: np.uint64, text: Bytes) -> int:
    """Keep a masked piece; return its number."""
    number, first = store.state[COUNT], store.state[END]
    end = first + len(text)
    store.texts[first:end] = text
    store.hashes[number] = value
    facts = store.facts[number]
    facts[FROM], facts[TO] = first, end
    facts[SAME], facts[MET] = number, 0
    store.slots[slot] = number + 1
    store.state[COUNT] += 1
    store.state[END] = end
    return int(number)


@compiled
def read_notes(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    lines: Bytes,
    starts: Numbers,
    first: int,
    end: int,
    table: RoleTable,
    store: Store,
    room: Room,
) -> int:
    """Take notes apart; return the number of the first piece that was never met.

    Fills ``room.pieces`` but for ``IS_NEW`` and ``PAIRED``, and ``room.ends``.

    Args:
        lines: All notes.
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
    pieces, ends, facts = room.pieces, room.ends, store.facts
    for row in range(ends[end - first]):
        number = facts[pieces[row, ID], SAME]
        pieces[row, ID], pieces[row, NATURE] = number, facts[number, ITS_NATURE]
    for note in range(end - first):
        mask_names(pieces[ends[note] : ends[note + 1]], 0)
    return int(before)
