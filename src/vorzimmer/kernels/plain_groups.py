"""What ``kernels.groups`` computes, in plain Python, and the reference.

Notes are tied where their sketches are alike, and fall into groups by label
propagation, in which a note goes with most of its neighbours: one chance tie does not
chain two groups together. Then each group gets a typical sketch, in which the changed
words of single notes cancel out; notes that are like it join, and groups whose typical
sketches are alike become one. Where far more join than were there, they have no more in
common than one sentence, and do not stay.

Source: Raghavan, Albert, Kumara, Near linear time algorithm to detect community
structures, Physical Review E 76, 2007.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from vorzimmer.kernels.plain_sketches import (
    EMPTY,
    PLACES,
    Sketch,
    alike,
    band_key,
)

ROWS = 4  # places in a band when single notes are compared
JOIN_ROWS = 2  # when a note is compared with a group, or groups with each other
# Equal places of 64 for two notes to be tied (a share of .45), for a note to join a
# group, and for two groups to become one.
TIED, JOINED, MERGED = 29, 16, 32
FEWEST_PIECES = 20  # what a note must have left beside boilerplate to be compared
NEAR = 3  # partners that each note with the same band is compared with
ROUNDS = 8
LOOKED_AT = 8  # groups with the same band that a note is compared with
TYPICAL_OF = 25  # members that a typical sketch is made from
# Who joins a group stays if at most so many join for each that was in it. Of campaigns,
# two for one are rare; of those with no more than a sentence in common, six and more.
MOST_JOINING = 4
# A place of a typical sketch is kept when at least two members and a fifth agree.
AGREE, SHARE = 2, 5

Tie = tuple[int, int, int]


def ties(sketches: Sequence[Sketch]) -> list[Tie]:
    """Return pairs of notes that are alike, with at how many places.

    A pair is returned once for each band in which it was found.
    """
    found: list[Tie] = []
    for band in range(PLACES // ROWS):
        by_key: dict[int, list[int]] = defaultdict(list)
        for note, sketch in enumerate(sketches):
            if sketch.size >= FEWEST_PIECES:
                by_key[band_key(sketch.values, band, ROWS)].append(note)
        for key in sorted(by_key):
            for one, other in _pairs(by_key[key], band):
                places = alike(sketches[one].values, sketches[other].values)
                if places >= TIED:
                    found.append((one, other, places))
    return found


def _pairs(notes: Sequence[int], band: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs to compare: all near ones, or in a large group a few each."""
    count = len(notes)
    for at, note in enumerate(notes):
        for step in range(1, NEAR + 1):
            if count > 2 * NEAR:
                other = (at + step * step * (band + 1)) % count
                if other != at:
                    yield note, notes[other]
            elif at + step < count:
                yield note, notes[at + step]


def propagate(count: int, found: Iterable[Tie]) -> list[int]:
    """Return a label for each note; notes of one group have the same.

    Args:
        count: How many notes there are.
        found: See ``ties``.
    """
    around: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for one, other, places in found:
        around[one].append((other, places))
        around[other].append((one, places))
    labels = list(range(count))
    for turn in range(ROUNDS):
        changed = False
        for note in range(count) if turn % 2 == 0 else reversed(range(count)):
            best = _strongest(labels, note, around[note])
            changed |= best != labels[note]
            labels[note] = best
        if not changed:
            break
    return labels


def _strongest(
    labels: Sequence[int], note: int, around: Sequence[tuple[int, int]]
) -> int:
    """Return the label of most weight around a note; its own if that is as strong."""
    weights: Counter[int] = Counter()
    for other, places in around:
        weights[labels[other]] += places
    if not weights:
        return labels[note]
    most = max(weights.values())
    if weights[labels[note]] + 1 >= most:
        return labels[note]
    return min(label for label, weight in weights.items() if weight == most)


def typical(sketches: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the sketch on which the members of a group agree."""
    count = min(len(sketches), TYPICAL_OF)
    chosen = [sketches[at * len(sketches) // count] for at in range(count)]
    return tuple(_agreed([each[place] for each in chosen]) for place in range(PLACES))


def _agreed(values: Sequence[int]) -> int:
    counts = Counter(values)
    most = max(counts.values())
    if most < AGREE or most * SHARE < len(values):
        return EMPTY
    return min(value for value, count in counts.items() if count == most)


def join(
    sketches: Sequence[Sketch],
    groups: Sequence[int],
    typicals: Sequence[tuple[int, ...]],
) -> list[int]:
    """Return the group of each note once all have joined the one they are most like.

    Args:
        sketches: Of all notes.
        groups: Number of each note's group; -1 for none.
        typicals: The typical sketch of each group.
    """
    joined = list(groups)
    places = [
        alike(sketch.values, typicals[group]) if group >= 0 else 0
        for sketch, group in zip(sketches, groups, strict=True)
    ]
    parents = list(range(len(typicals)))
    for band in range(PLACES // JOIN_ROWS):
        by_key = _by_key(typicals, band)
        for note, sketch in enumerate(sketches):
            key = band_key(sketch.values, band, JOIN_ROWS)
            near = by_key.get(key, []) if sketch.size >= FEWEST_PIECES else []
            for group in near[:LOOKED_AT]:
                if group == joined[note]:
                    continue
                count = alike(sketch.values, typicals[group])
                if count >= JOINED and count > places[note]:
                    joined[note], places[note] = group, count
        for same in by_key.values():
            _merge(same, typicals, parents)
    return [_root(parents, each) if each >= 0 else -1 for each in joined]


def without_crowds(groups: Sequence[int], joined: Sequence[int]) -> list[int]:
    """Return the group of each note without those who joined in crowds.

    A sentence that was not seen to be boilerplate makes a few short notes a group, and
    all other notes with that sentence join.

    Args:
        groups: Number of each note's group before any joined; -1 for none.
        joined: And afterwards.
    """
    both = list(zip(groups, joined, strict=True))
    were = Counter(now for before, now in both if before >= 0)
    came = Counter(now for before, now in both if before < 0)
    return [
        -1 if before < 0 and came[now] > MOST_JOINING * were[now] else now
        for before, now in both
    ]


def _by_key(typicals: Sequence[tuple[int, ...]], band: int) -> dict[int, list[int]]:
    """Return groups by one band; those that are not sure of it are left out."""
    found: dict[int, list[int]] = defaultdict(list)
    for group, each in enumerate(typicals):
        if EMPTY not in each[band * JOIN_ROWS : (band + 1) * JOIN_ROWS]:
            found[band_key(each, band, JOIN_ROWS)].append(group)
    return found


def _merge(
    groups: Sequence[int], typicals: Sequence[tuple[int, ...]], parents: list[int]
) -> None:
    for at, group in enumerate(groups):
        for other in groups[at + 1 : at + 1 + LOOKED_AT]:
            if alike(typicals[group], typicals[other]) >= MERGED:
                one, two = _root(parents, group), _root(parents, other)
                parents[max(one, two)] = min(one, two)


def _root(parents: Sequence[int], group: int) -> int:
    while parents[group] != group:
        group = parents[group]
    return group
