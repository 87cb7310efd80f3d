"""Puts alike notes into groups.

The same as ``plain_groups``, and tests hold it to that; read that first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vorzimmer.kernels.boilerplate import Notes, judge, samples
from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.masking import Bytes, Hashes, Numbers
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_groups import (
    AGREE,
    FEWEST_PIECES,
    JOIN_ROWS,
    JOINED,
    LOOKED_AT,
    MERGED,
    NEAR,
    ROUNDS,
    ROWS,
    SHARE,
    TIED,
    TYPICAL_OF,
)
from vorzimmer.kernels.plain_sketches import EMPTY, PLACES
from vorzimmer.kernels.sketches import (
    RunTable,
    Sizes,
    Values,
    alike,
    band_key,
    band_keys,
    copy_in_order,
    fingerprints,
    sketch,
)


class Ties(NamedTuple):
    """Pairs of notes that are alike.

    Attributes:
        ones: A note of each pair.
        others: The other note.
        places: At how many places their sketches are equal.
    """

    ones: Notes
    others: Notes
    places: Bytes


class Bands(NamedTuple):
    """Groups, or single notes, by the bands of their sketches.

    Attributes:
        keys: For each band, the sorted keys.
        groups: Which group or note each key is of, at the same place.
        counts: How many of them count in each band.
    """

    keys: Hashes
    groups: Notes
    counts: Numbers


@compiled
def _ties(notes: Notes, keys: Hashes, values: Values, band: int, ties: Ties) -> int:
    """Compare notes with the same key; return how many ties there are.

    Args:
        notes: Sorted by key.
        keys: Of all notes.
        values: Sketches of all notes.
        band: Which band.
        ties: Room for ``NEAR`` ties of each note.
    """
    found = start = 0
    while start < len(notes):
        stop = start + 1
        while stop < len(notes) and keys[notes[stop]] == keys[notes[start]]:
            stop += 1
        count = stop - start
        for at in range(count):
            for step in range(1, NEAR + 1):
                other = at + step
                if count > 2 * NEAR:
                    other = (at + step * step * (band + 1)) % count
                if other == at or other >= count:
                    continue
                first, second = notes[start + at], notes[start + other]
                places = alike(values[first], values[second])
                if places >= TIED:
                    ties.ones[found], ties.others[found] = first, second
                    ties.places[found] = places
                    found += 1
        start = stop
    return found


def ties_of_band(values: Values, sizes: Sizes, band: int) -> Ties:
    """Return the ties that are found in one band.

    Args:
        values: Sketches of all notes.
        sizes: Of how many pieces each is made.
        band: Which of the ``PLACES / ROWS`` bands.
    """
    keys = band_keys(values, band, ROWS)
    notes = np.flatnonzero(sizes >= FEWEST_PIECES).astype(np.int32)
    notes = notes[np.argsort(keys[notes], kind="stable")]
    most = NEAR * len(notes)
    room = Ties(
        np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.uint8)
    )
    found = _ties(notes, keys, values, band, room)
    return Ties(
        room.ones[:found].copy(), room.others[:found].copy(), room.places[:found].copy()
    )


@compiled
def _neighbours(count: int, ties: Ties) -> tuple[Numbers, Notes, Bytes]:
    """Return each note's neighbours one behind the other, and where they begin."""
    begins = np.zeros(count + 1, np.int64)
    for at in range(len(ties.ones)):
        begins[ties.ones[at] + 1] += 1
        begins[ties.others[at] + 1] += 1
    for note in range(count):
        begins[note + 1] += begins[note]
    ends = begins[:-1].copy()
    others = np.empty(2 * len(ties.ones), np.int32)
    places = np.empty(2 * len(ties.ones), np.uint8)
    for at in range(len(ties.ones)):
        one, other = ties.ones[at], ties.others[at]
        others[ends[one]], others[ends[other]] = other, one
        places[ends[one]] = places[ends[other]] = ties.places[at]
        ends[one] += 1
        ends[other] += 1
    return begins, others, places


@compiled
def _strongest(own: int, labels: Notes, places: Bytes, weights: Numbers) -> int:
    """Return the label of most weight among neighbours; leaves the weights at 0."""
    for at in range(len(labels)):
        weights[labels[at]] += places[at]
    best, most = own, weights[own] + 1
    for label in labels:
        weight = weights[label]
        if weight > most or (weight == most and best != own and label < best):
            best, most = label, weight
    for label in labels:
        weights[label] = 0
    return best


@compiled
def propagate(count: int, ties: Ties) -> Notes:
    """Return a label for each note; notes of one group have the same.

    Args:
        count: How many notes there are.
        ties: Pairs that are alike.
    """
    begins, others, places = _neighbours(count, ties)
    labels = np.arange(count).astype(np.int32)
    weights = np.zeros(count, np.int64)
    for turn in range(ROUNDS):
        changed = False
        for at in range(count):
            note = at if turn % 2 == 0 else count - 1 - at
            start, stop = begins[note], begins[note + 1]
            around = labels[others[start:stop]]
            best = _strongest(labels[note], around, places[start:stop], weights)
            if best != labels[note]:
                labels[note] = best
                changed = True
        if not changed:
            break
    return labels


@compiled
def _agreed(values: Values) -> np.uint32:
    values.sort()
    count = len(values)
    most = start = 0
    agreed = values[0]
    while start < count:
        stop = start
        while stop < count and values[stop] == values[start]:
            stop += 1
        if stop - start > most:
            most, agreed = stop - start, values[start]
        start = stop
    return agreed if most >= AGREE and most * SHARE >= count else np.uint32(EMPTY)


@compiled
def typical(notes: Numbers, begins: Numbers, values: Values) -> Values:
    """Return the typical sketch of each group.

    Args:
        notes: Members, group by group.
        begins: Where each group begins among them; last, where the last one ends.
        values: Sketches of all notes.
    """
    made = np.empty((len(begins) - 1, PLACES), np.uint32)
    chosen = np.empty(TYPICAL_OF, np.uint32)
    for group in range(len(begins) - 1):
        size = begins[group + 1] - begins[group]
        count = min(size, TYPICAL_OF)
        for place in range(PLACES):
            for at in range(count):
                chosen[at] = values[notes[begins[group] + at * size // count], place]
            made[group, place] = _agreed(chosen[:count])
    return made


def bands_of(typicals: Values) -> Bands:
    """Return groups by the bands of their typical sketches."""
    bands = PLACES // JOIN_ROWS
    keys = np.zeros((bands, len(typicals)), np.uint64)
    groups = np.zeros((bands, len(typicals)), np.int32)
    counts = np.zeros(bands, np.int64)
    for band in range(bands):
        own = typicals[:, band * JOIN_ROWS : (band + 1) * JOIN_ROWS]
        full = np.flatnonzero((own != EMPTY).all(axis=1)).astype(np.int32)
        found = band_keys(typicals, band, JOIN_ROWS)[full]
        order = np.argsort(found, kind="stable")
        counts[band] = len(full)
        keys[band, : len(full)] = found[order]
        groups[band, : len(full)] = full[order]
    return Bands(keys, groups, counts)


def note_bands_of(values: Values) -> Bands:
    """Return single notes by the bands of their sketches."""
    bands = PLACES // ROWS
    keys = np.zeros((bands, len(values)), np.uint64)
    notes = np.zeros((bands, len(values)), np.int32)
    for band in range(bands):
        found = band_keys(values, band, ROWS)
        notes[band] = np.argsort(found, kind="stable")
        keys[band] = found[notes[band]]
    return Bands(keys, notes, np.full(bands, len(values)))


@compiled
def first_at(keys: Hashes, count: int, key: np.uint64) -> int:
    """Return the first of the sorted keys that is not less than a key."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def join(
    values: Values, sizes: Sizes, groups: Notes, typicals: Values, bands: Bands
) -> Notes:
    """Return the group of each note once all have joined the one they are most like.

    Args:
        values: Sketches of the notes.
        sizes: Of how many pieces each is made.
        groups: Number of each note's group; -1 for none.
        typicals: The typical sketch of each group.
        bands: Groups by their bands.
    """
    joined = groups.copy()
    best = np.zeros(len(groups), np.int64)
    for note in range(len(groups)):
        if groups[note] >= 0:
            best[note] = alike(values[note], typicals[groups[note]])
    for band in range(len(bands.counts)):
        keys, count = bands.keys[band], bands.counts[band]
        for note in range(len(groups)):
            if sizes[note] < FEWEST_PIECES:
                continue
            key = band_key(values[note], band, JOIN_ROWS)
            at = first_at(keys, count, key)
            stop = min(at + LOOKED_AT, count)
            while at < stop and keys[at] == key:
                group = bands.groups[band, at]
                places = alike(values[note], typicals[group])
                if places >= JOINED and places > best[note]:
                    joined[note], best[note] = group, places
                at += 1
    return joined


@compiled
def nearest(own: Values, values: Values, bands: Bands) -> int:
    """Return the note that a sketch is most like, -1 when it is tied to none.

    Args:
        own: The sketch.
        values: Sketches of the notes.
        bands: The notes by their bands.
    """
    best, most = -1, TIED - 1
    for band in range(len(bands.counts)):
        keys, count = bands.keys[band], bands.counts[band]
        key = band_key(own, band, ROWS)
        at = first_at(keys, count, key)
        stop = min(at + LOOKED_AT, count)
        while at < stop and keys[at] == key:
            note = bands.groups[band, at]
            places = alike(own, values[note])
            if places > most:
                best, most = note, places
            at += 1
    return best


@compiled
def _root(parents: Notes, group: int) -> int:
    while parents[group] != group:
        group = parents[group]
    return group


@compiled
def merged(typicals: Values, bands: Bands) -> Notes:
    """Return for each group the first one that it is the same as."""
    parents = np.arange(len(typicals)).astype(np.int32)
    for band in range(len(bands.counts)):
        keys, groups = bands.keys[band], bands.groups[band]
        count = bands.counts[band]
        for at in range(count):
            other = at + 1
            stop = min(other + LOOKED_AT, count)
            while other < stop and keys[other] == keys[at]:
                if alike(typicals[groups[at]], typicals[groups[other]]) >= MERGED:
                    one = _root(parents, groups[at])
                    two = _root(parents, groups[other])
                    parents[max(one, two)] = min(one, two)
                other += 1
    for group in range(len(parents)):
        parents[group] = _root(parents, group)
    return parents


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    lines = [b"hallo welt, wie geht es", b"hallo welt, wie steht es"]
    buffer, starts = joined(lines)
    fingerprints(buffer, starts)
    # What Python hands over may not be written to, which is another type to numba.
    copied, begins = copy_in_order(buffer, starts, np.arange(len(lines)))
    sampled = samples(copied, begins)
    is_boilerplate = np.zeros(len(sampled.keys), np.uint8)
    table = RunTable(sampled.keys, is_boilerplate)
    sketch(buffer, starts, table)
    values, sizes = sketch(copied, begins, table)
    judge(sampled, (values, sizes), 1, (0, len(is_boilerplate)), is_boilerplate)
    labels = propagate(len(lines), ties_of_band(values, sizes, 0))
    typicals = typical(np.arange(len(lines)), np.array([0, len(lines)]), values)
    bands = bands_of(typicals)
    join(values, sizes, labels - labels, typicals, bands)
    merged(typicals, bands)
    nearest(values[0], values, note_bands_of(values))
