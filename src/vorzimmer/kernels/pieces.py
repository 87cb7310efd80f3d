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
from vorzimmer.kernels.eights import (
    EIGHT,
    NOTHING,
    before,
    eight,
    eight_at,
    kept,
    marked,
)
from vorzimmer.kernels.masking import (
    ID,
    NATURE,
    SIGNS,
    SOURCE_FROM,
    SOURCE_TO,
    WIDTH,
    Bytes,
    Hashes,
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
    SPREAD,
)
from vorzimmer.kernels.store import (
    AT_ONCE,
    COUNT,
    END,
    FIRST_WORD,
    FROM,
    HASH,
    IS_CROWDED,
    ITS_NATURE,
    LAST_WORD,
    MET,
    SAME,
    SIZE,
    TEXT,
    Store,
    longest,
    make_room,
    text_of,
)

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
# Pieces as written and pieces as masked are kept apart: they begin with another hash.
_MASKED_START = np.uint64(FNV_START ^ 0x5555555555555555)
_SPREAD, _FOLD = np.uint64(SPREAD), np.uint64(44)
_BLANKS = eight(BLANK)
IS_MARK = np.isin(np.arange(256), list(MARKS))
IS_WORD = np.array([is_word(each) for each in range(256)])
_BRACE, _BRACKET = np.uint8(ord("{")), np.uint8(ord("["))
_ANGLE, _PERCENT = np.uint8(ord("<")), np.uint8(ord("%"))
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


@compiled
def _may_open(note: Bytes) -> bool:
    """Return whether a placeholder may begin in a note."""
    opens = np.uint8(0)
    for byte in note:  # without branches, so that many bytes are looked at at once
        opens |= np.uint8(byte == _BRACE) | np.uint8(byte == _BRACKET)
        opens |= np.uint8(byte == _ANGLE) | np.uint8(byte == _PERCENT)
    return bool(opens)


# What stands here in one function would be four, if taking an array into a function
# did not cost as much as looking up a piece.
@compiled
def _find(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - see above
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
    pieces, single = room.pieces, lines.view(np.uint8)
    slots, rows, texts, facts = store.slots, store.rows, store.texts, store.facts
    count, to = store.state[COUNT], store.state[END]
    last = np.int64(len(slots) - 1)
    row = 0
    for note in range(first, end):
        at, stop = starts[note], starts[note + 1]
        may_open = _may_open(single[at:stop])
        while at < stop:
            begin = at
            while may_open and at < stop and single[at] != BLANK:
                at = max(at + 1, placeholder_end(single, at, stop))
            while at < stop and not may_open:
                word = eight_at(at, lines[at >> 3], lines[(at >> 3) + 1])
                size = before(marked(word, _BLANKS))
                at += size
                if size < EIGHT:
                    break
            at = min(at, stop)
            if at == begin:
                at += 1
                continue
            size = at - begin
            value = _START
            # Written to where it is kept if it was never met.
            words = 0
            for part in range(begin, at, EIGHT):
                word = eight_at(part, lines[part >> 3], lines[(part >> 3) + 1])
                word = kept(word, at - part)
                texts[to + words] = word
                value = (value ^ word) * _SPREAD
                words += 1
            slot = np.int64(value ^ (value >> _FOLD)) & last
            steps = 0
            while slots[slot]:
                number = slots[slot] - 1
                if (
                    rows[number, HASH] == value
                    and facts[number, SIZE] == size
                    and rows[number, TEXT] == texts[to]
                ):
                    from_ = facts[number, FROM]
                    same = 1
                    while same < words and texts[from_ + same] == texts[to + same]:
                        same += 1
                    if same == words:
                        break
                slot = (slot + 1) & last
                steps += 1
            if not slots[slot]:
                rows[count, HASH], rows[count, TEXT] = value, texts[to]
                facts[count, FROM], facts[count, SIZE] = to, size
                facts[count, SAME], facts[count, MET] = count, 0
                to += words
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
    value = _MASKED_START
    words = (len(text) + EIGHT - 1) // EIGHT
    texts[to : to + words] = NOTHING
    for at in range(len(text)):
        texts[to + at // EIGHT] |= np.uint64(text[at]) << np.uint64(at % EIGHT << 3)
    for word in texts[to : to + words]:
        value = (value ^ word) * _SPREAD
    slot = _slot(store, text, value)
    if store.slots[slot]:
        return int(store.slots[slot]) - 1
    number = store.state[COUNT]
    store.rows[number, HASH], store.rows[number, TEXT] = value, texts[to]
    facts = store.facts[number]
    facts[FROM], facts[SIZE] = to, len(text)
    facts[SAME], facts[MET] = number, 0
    store.slots[slot] = number + 1
    store.state[COUNT] += 1
    store.state[END] = to + words
    return int(number)


@compiled
def _slot(store: Store, text: Bytes, value: np.uint64) -> int:
    """Return the place in the table where a piece is, or where it belongs."""
    last = np.int64(len(store.slots) - 1)
    slot = np.int64(value ^ (value >> _FOLD)) & last
    steps = 0
    while store.slots[slot]:
        number = store.slots[slot] - 1
        if store.rows[number, HASH] == value and _is_same(text_of(store, number), text):
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

    Fills ``room.pieces`` but for ``IS_NEW`` and ``PAIRED``, and ``room.ends``.

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
    pieces, ends, facts = room.pieces, room.ends, store.facts
    for row in range(ends[end - first]):
        number = facts[pieces[row, ID], SAME]
        pieces[row, ID], pieces[row, NATURE] = number, facts[number, ITS_NATURE]
    for note in range(end - first):
        mask_names(pieces[ends[note] : ends[note + 1]], 0)
    return int(before)
