"""Makes sketches of many notes in one call.

The same as ``plain_sketches``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import Bytes, Hashes, Numbers, is_word
from vorzimmer.kernels.plain_ngrams import (
    BLANK,
    FNV_PRIME,
    FNV_START,
    PAIR,
    SPREAD,
)
from vorzimmer.kernels.plain_sketches import (
    DISTANCE,
    EMPTY,
    PIECE,
    PIECE_BITS,
    PLACE_AT,
    PLACES,
    RUN,
    VALUE_AT,
)

Values = NDArray[np.uint32]
Sizes = NDArray[np.int32]

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
_SPREAD, _PAIR = np.uint64(SPREAD), np.uint64(PAIR)
_NOTHING, _ONE = np.uint64(0), np.uint64(1)
_BYTE, _PIECE_BITS = np.uint64(8), np.uint64(PIECE_BITS)
_PLACE_AT, _VALUE_AT = np.uint64(PLACE_AT), np.uint64(VALUE_AT)
_LOW, _DISTANCE = np.uint64(0xFFFFFFFF), np.uint64(DISTANCE)
_29, _31, _32 = np.uint64(29), np.uint64(31), np.uint64(32)


class RunTable(NamedTuple):
    """Runs of words that are told apart: an open hash table.

    Attributes:
        keys: Hashes of runs; 0 is an empty slot.
        is_boilerplate: 1 for those that are, at the same slot.
    """

    keys: Hashes
    is_boilerplate: Bytes


class WordRoom(NamedTuple):
    """Room for the words of one note: their hashes, and where they stand."""

    hashes: Hashes
    spans: Numbers


@compiled
def longest(starts: Numbers) -> int:
    """Return the bytes of the longest note."""
    most = 0
    for note in range(len(starts) - 1):
        most = max(most, starts[note + 1] - starts[note])
    return most


@compiled
def word_room(most: int) -> WordRoom:
    """Return room for the words of a note of so many bytes."""
    return WordRoom(
        np.empty(most // 2 + 1, np.uint64), np.empty((most // 2 + 1, 2), np.int64)
    )


@compiled
def fingerprints(lines: Bytes, starts: Numbers) -> Hashes:
    """Return the fingerprint of each note.

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
    """
    found = np.empty(len(starts) - 1, np.uint64)
    for note in range(len(starts) - 1):
        value = _START
        for at in range(starts[note], starts[note + 1]):
            value = (value ^ np.uint64(lines[at])) * _PRIME
        value = (value ^ (value >> _32)) * _PAIR
        found[note] = value ^ (value >> _29)
    return found


@compiled
def find_words(line: Bytes, room: WordRoom) -> int:
    """Fill the room with the words of a note; return how many there are."""
    count = at = 0
    stop = len(line)
    while at < stop:
        if line[at] == BLANK:
            at += 1
            continue
        start = at
        value = _START
        has_word = False
        while at < stop and line[at] != BLANK:
            if is_word(line[at]):
                value = (value ^ np.uint64(line[at])) * _PRIME
                has_word = True
            at += 1
        if has_word:
            room.hashes[count] = value
            room.spans[count, 0], room.spans[count, 1] = start, at
            count += 1
    return count


@compiled
def run_at(room: WordRoom, word: int) -> np.uint64:
    """Return the hash of the run that begins with a word."""
    hashes = room.hashes
    value = ((hashes[word] * _PAIR) ^ hashes[word + 1]) * _SPREAD
    value = (value ^ (value >> _31) ^ hashes[word + 2]) * _PAIR
    return np.uint64(value ^ (value >> _29))


@compiled
def slot_of(keys: Hashes, run: np.uint64) -> np.uint64:
    """Return the slot of a run, or the empty one where it would go."""
    last = np.uint64(len(keys) - 1)
    slot = (run >> _VALUE_AT) & last
    while keys[slot] != _NOTHING and keys[slot] != run:
        slot = (slot + _ONE) & last
    return slot


@compiled
def _hide(line: Bytes, table: RunTable, room: WordRoom, hidden: Bytes) -> None:
    hidden[: len(line)] = 0
    if len(table.keys) == 0:
        return
    count = find_words(line, room)
    for word in range(count - RUN + 1):
        slot = slot_of(table.keys, run_at(room, word))
        if table.is_boilerplate[slot]:
            hidden[room.spans[word, 0] : room.spans[word + RUN - 1, 1]] = 1


@compiled
def _fill(values: Values) -> None:
    """Fill each empty place from the next that is not."""
    first = 0
    while values[first] == EMPTY:
        first += 1
    last = np.uint64(values[first])
    far = _NOTHING
    for step in range(1, PLACES):
        place = (first - step) % PLACES
        if values[place] == EMPTY:
            far += _ONE
            values[place] = np.uint32((last + far * _DISTANCE) & _LOW)
        else:
            last = np.uint64(values[place])
            far = _NOTHING


@compiled
def _sketch(line: Bytes, hidden: Bytes, values: Values) -> int:
    values[:] = EMPTY
    size = length = 0
    packed = _NOTHING
    for at in range(len(line)):
        length = 0 if hidden[at] else length + 1
        packed = ((packed << _BYTE) | np.uint64(line[at])) & _PIECE_BITS
        if length >= PIECE:
            value = (packed + _ONE) * _SPREAD
            value = (value ^ (value >> _32)) * _PAIR
            place = np.int64(value >> _PLACE_AT)
            low = np.uint32((value >> _VALUE_AT) & _LOW)
            values[place] = min(values[place], low)
            size += 1
    if size:
        _fill(values)
    return size


@compiled
def sketch_into(
    lines: Bytes, starts: Numbers, table: RunTable, values: Values, sizes: Sizes
) -> None:
    """Write a row of values for each note, and of how many pieces it is made.

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins that is wanted; last, where the last one ends.
        table: Runs of which some are boilerplate; may have no slots at all.
        values: Room for the sketches.
        sizes: Room for the numbers of pieces.
    """
    most = longest(starts)
    room = word_room(most)
    hidden = np.empty(most + 1, np.uint8)
    for note in range(len(starts) - 1):
        line = lines[starts[note] : starts[note + 1]]
        _hide(line, table, room, hidden)
        sizes[note] = _sketch(line, hidden, values[note])


@compiled
def copy_in_order(
    lines: Bytes, starts: Numbers, order: Numbers
) -> tuple[Bytes, Numbers]:
    """Return chosen notes one behind the other, and where they begin and end."""
    begins = np.zeros(len(order) + 1, np.int64)
    for at in range(len(order)):
        size = starts[order[at] + 1] - starts[order[at]]
        begins[at + 1] = begins[at] + size
    copied = np.empty(begins[-1], np.uint8)
    for at in range(len(order)):
        start, stop = starts[order[at]], starts[order[at] + 1]
        copied[begins[at] : begins[at + 1]] = lines[start:stop]
    return copied, begins


@compiled
def alike(first: Values, second: Values) -> int:
    """Return at how many places two sketches are equal."""
    count = 0
    for place in range(PLACES):
        count += first[place] == second[place] and first[place] != EMPTY
    return count


@compiled
def band_key(values: Values, band: int, rows: int) -> np.uint64:
    """Return the hash of one band of a sketch."""
    key = np.uint64(band + 1) * _SPREAD
    for place in range(band * rows, (band + 1) * rows):
        key = (key ^ np.uint64(values[place])) * _PAIR
        key ^= key >> _32
    return key


@compiled
def band_keys(values: Values, band: int, rows: int) -> Hashes:
    """Return the hash of one band of each sketch."""
    keys = np.empty(len(values), np.uint64)
    for note in range(len(values)):
        keys[note] = band_key(values[note], band, rows)
    return keys


def no_boilerplate() -> RunTable:
    """Return the table that has no runs."""
    return RunTable(np.zeros(0, np.uint64), np.zeros(0, np.uint8))


def sketch(lines: Bytes, starts: Numbers, table: RunTable) -> tuple[Values, Sizes]:
    """Return the sketches of notes; see ``sketch_into``."""
    values = np.empty((len(starts) - 1, PLACES), np.uint32)
    sizes = np.empty(len(starts) - 1, np.int32)
    sketch_into(lines, starts, table, values, sizes)
    return values, sizes
