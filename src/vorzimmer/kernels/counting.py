"""Counts how often long notes have their n-grams, many notes in one call.

The same as ``plain_counting``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.eights import in_eights
from vorzimmer.kernels.masking import (
    ID,
    IS_NEW,
    PAIRED,
    Bytes,
    Hashes,
    Numbers,
    RoleTable,
    role_table,
)
from vorzimmer.kernels.ngrams import joined, meet, store_for
from vorzimmer.kernels.pieces import AHEAD, Room, read_notes, room_for
from vorzimmer.kernels.plain_counting import COUNTED, COUNTS_AS, LONG, SIZE, SUM
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    FNV_START,
    GREETS,
    OF_WORDS,
    SIZE_OF_WORDS,
)
from vorzimmer.kernels.processor import prefetch
from vorzimmer.kernels.reading import MOST, Buckets, Found, find_ngrams, found_for
from vorzimmer.kernels.store import TIMES, Store, longest

Weights = NDArray[np.int8]
Times = NDArray[np.uint16]

_COUNTS_AS = np.array(COUNTS_AS)
_LAST = len(COUNTS_AS) - 1


class Counting(NamedTuple):
    """Room for counting the n-grams of a note, used again for the next.

    Attributes:
        room: Its pieces (``pieces``).
        found: The n-grams of its pieces (``reading``).
        times: How often it has each n-gram, by bucket, as far as that is told apart;
            between notes, all are 0.
        buckets: Of its n-grams, each as often as it was found.
    """

    room: Room
    found: Found
    times: Times
    buckets: Buckets


@compiled
def _counting_for(starts: Numbers) -> Counting:
    most = longest(starts)
    return Counting(
        room_for(starts),
        found_for(starts),
        np.zeros(BUCKETS, np.uint16),
        np.empty(MOST * (most + 2) + most, np.int32),
    )


@compiled
def _count(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    lines: Hashes,
    starts: Numbers,
    note: int,
    table: RoleTable,
    store: Store,
    counting: Counting,
) -> int:
    """Count the n-grams of a note; return how many buckets were written."""
    room, found = counting.room, counting.found
    times, buckets = counting.times, counting.buckets
    pieces, facts = room.pieces, store.facts
    read_notes(lines, starts, note, note + 1, table, store, room)
    meet(store, room, 1)
    new = size = 0
    for row in range(room.ends[1]):
        number = pieces[row, ID]
        if pieces[row, IS_NEW]:
            found.numbers[new] = number
            new += 1
            facts[number, TIMES] = 0
        facts[number, TIMES] += 1
        if pieces[row, PAIRED] >= 0:
            buckets[size] = pieces[row, PAIRED]
            times[buckets[size]] = min(times[buckets[size]] + 1, _LAST)
            size += 1
    find_ngrams(store, new, found)
    begin = 0
    most = found.ends[new - 1, 1] - 1 if new else 0
    for each in range(new):
        for at in range(begin, found.ends[each, 1]):
            prefetch(times, found.buckets[min(at + AHEAD, most)])
            buckets[size] = found.buckets[at]
            said = facts[found.numbers[each], TIMES]
            times[buckets[size]] = min(times[buckets[size]] + said, _LAST)
            size += 1
        begin = found.ends[each, 1]
    return size


def count_up(
    lines: Bytes, starts: Numbers, table: RoleTable, weights: Weights, store: Store
) -> Numbers:
    """Return ``COUNTED`` numbers for each note (``plain_counting.count_up``).

    Args:
        lines: All notes, one behind the other.
        starts: Where each begins; last, where the last one ends.
        table: What the words around names do.
        weights: One for each bucket.
        store: Pieces that were read with this table; see ``ngrams.store_for``.
    """
    return _count_up(in_eights(lines), starts, table, weights, store)


@compiled
def _count_up(
    lines: Hashes, starts: Numbers, table: RoleTable, weights: Weights, store: Store
) -> Numbers:
    sums = np.zeros((len(starts) - 1, COUNTED), np.int64)
    if not np.any(starts[1:] - starts[:-1] >= LONG):
        return sums
    counting = _counting_for(starts)
    times, buckets = counting.times, counting.buckets
    for note in range(len(sums)):
        if starts[note + 1] - starts[note] < LONG:
            continue
        count = _count(lines, starts, note, table, store, counting)
        for at in range(count):
            ahead = buckets[min(at + AHEAD, count - 1)]
            prefetch(times, ahead)
            prefetch(weights, ahead)
            bucket = buckets[at]
            counts_as = _COUNTS_AS[times[bucket]]
            times[bucket] = 0  # so that it counts once
            sums[note, SUM] += counts_as * weights[bucket]
            size = counts_as * counts_as
            sums[note, SIZE] += size * SIZE_OF_WORDS if bucket >= OF_WORDS else size
    return sums


def gather_counted(
    lines: Bytes, starts: Numbers, table: RoleTable, store: Store
) -> tuple[Buckets, Numbers, Numbers]:
    """Return the buckets of all n-grams, how often each occurs, and where notes begin.

    Of all notes, however long; an n-gram stands there once a note. What is more often
    than can be told apart counts as if it were not.

    Args:
        lines: See ``count_up``.
        starts: See ``count_up``.
        table: See ``count_up``.
        store: See ``count_up``.
    """
    return _gather_counted(in_eights(lines), starts, table, store)


@compiled
def _gather_counted(
    lines: Hashes, starts: Numbers, table: RoleTable, store: Store
) -> tuple[Buckets, Numbers, Numbers]:
    counting = _counting_for(starts)
    times, buckets = counting.times, counting.buckets
    room = (MOST + 1) * (starts[-1] + 2 * len(starts))
    all_buckets, all_times = np.empty(room, np.int32), np.empty(room, np.int64)
    begins = np.zeros(len(starts), np.int64)
    size = 0
    for note in range(len(starts) - 1):
        for at in range(_count(lines, starts, note, table, store, counting)):
            bucket = buckets[at]
            all_buckets[size], all_times[size] = bucket, times[bucket]
            size += times[bucket] > 0
            times[bucket] = 0
        begins[note + 1] = size
    return all_buckets[:size], all_times[:size], begins


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    lines, starts = joined([b"hallo welt"])
    table = role_table({FNV_START: GREETS})
    store = store_for(starts)
    count_up(lines, starts, table, np.zeros(BUCKETS, np.int8), store)
    gather_counted(lines, starts, table, store)
