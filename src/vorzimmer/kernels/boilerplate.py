"""Finds runs of words that notes have which are otherwise unlike.

The same as ``plain_boilerplate``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import Bytes, Hashes, Numbers
from vorzimmer.kernels.plain_boilerplate import FEWEST_PIECES, SAMPLED, UNRELATED
from vorzimmer.kernels.plain_sketches import RUN
from vorzimmer.kernels.sketches import (
    Sizes,
    Values,
    alike,
    find_words,
    longest,
    run_at,
    slot_of,
    word_room,
)

Notes = NDArray[np.int32]
_NOTHING = np.uint64(0)
_FULL = 255  # of a counter of one byte
_FEWEST_BITS, _MOST_BITS = 10, 26
_BYTES_A_WORD = 6  # about: only the size of a table hangs on it


class Sampled(NamedTuple):
    """Runs that occur often, with some notes that have them.

    Attributes:
        keys: Hashes of runs, an open hash table; 0 is an empty slot.
        counts: How many notes of each are kept.
        notes: Which, at most ``SAMPLED``.
    """

    keys: Hashes
    counts: Bytes
    notes: Notes


@compiled
def _count(lines: Bytes, starts: Numbers, counters: Bytes) -> None:
    """Count runs, several to one counter: never too few, so none is overlooked."""
    room = word_room(longest(starts))
    last = np.uint64(len(counters) - 1)
    for note in range(len(starts) - 1):
        count = find_words(lines[starts[note] : starts[note + 1]], room)
        for word in range(count - RUN + 1):
            at = run_at(room, word) & last
            if counters[at] < _FULL:
                counters[at] += 1


@compiled
def _add(sampled: Sampled, slot: np.uint64, note: int) -> None:
    count = sampled.counts[slot]
    if count < SAMPLED and not (count and sampled.notes[slot, count - 1] == note):
        sampled.notes[slot, count] = note
        sampled.counts[slot] = count + 1


@compiled
def _sample(lines: Bytes, starts: Numbers, counters: Bytes, sampled: Sampled) -> None:
    room = word_room(longest(starts))
    last = np.uint64(len(counters) - 1)
    free = len(sampled.keys) * 3 // 4  # fuller, and looking takes long
    for note in range(len(starts) - 1):
        count = find_words(lines[starts[note] : starts[note + 1]], room)
        for word in range(count - RUN + 1):
            run = run_at(room, word)
            if counters[run & last] < UNRELATED or run == _NOTHING:
                continue
            slot = slot_of(sampled.keys, run)
            if sampled.keys[slot] == _NOTHING:
                if free == 0:
                    continue
                free -= 1
                sampled.keys[slot] = run
            _add(sampled, slot, note)


@compiled
def _unrelated(notes: Notes, values: Values, sizes: Sizes, least: int) -> int:
    group = np.arange(len(notes))
    groups = len(notes)
    for number in range(len(notes)):
        one = notes[number]
        for before in range(number):
            other = notes[before]
            if (
                group[number] != group[before]
                and min(sizes[one], sizes[other]) >= FEWEST_PIECES
                and alike(values[one], values[other]) >= least
            ):
                was, now = group[number], group[before]
                for each in range(len(notes)):
                    if group[each] == was:
                        group[each] = now
                groups -= 1
    return groups


@compiled
def judge(
    sampled: Sampled,
    sketches: tuple[Values, Sizes],
    least: int,
    slots: tuple[int, int],
    is_boilerplate: Bytes,
) -> None:
    """Say of each run in some of the slots what it is.

    Args:
        sampled: The runs.
        sketches: Of all notes, with the number of pieces that each is made of.
        least: Equal places of two notes that have something to do with each other.
        slots: The first of them, and where to end.
        is_boilerplate: Where to write 1 or 0.
    """
    values, sizes = sketches
    for slot in range(slots[0], slots[1]):
        count = sampled.counts[slot]
        is_boilerplate[slot] = (
            count >= UNRELATED
            and _unrelated(sampled.notes[slot, :count], values, sizes, least)
            >= UNRELATED
        )


def samples(lines: Bytes, starts: Numbers) -> Sampled:
    """Return the runs that occur often enough, with notes that have them."""
    bits = (2 * len(lines) // _BYTES_A_WORD).bit_length()
    counters = np.zeros(1 << min(max(bits, _FEWEST_BITS), _MOST_BITS), np.uint8)
    _count(lines, starts, counters)
    often = int(np.count_nonzero(counters >= UNRELATED))
    slots = 1 << max(_FEWEST_BITS, (2 * often).bit_length())
    sampled = Sampled(
        np.zeros(slots, np.uint64),
        np.zeros(slots, np.uint8),
        np.zeros((slots, SAMPLED), np.int32),
    )
    _sample(lines, starts, counters, sampled)
    return sampled
