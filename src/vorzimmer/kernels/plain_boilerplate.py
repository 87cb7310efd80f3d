"""What ``kernels.boilerplate`` computes, in plain Python, and the reference.

A run of words is boilerplate when notes that are otherwise unlike have it: of the
first ``SAMPLED`` notes with the run, in the order of their fingerprints, ``UNRELATED``
or more have nothing to do with each other. How often a run occurs does not tell: a
sentence of a large campaign occurs more often than a rare commonplace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vorzimmer.kernels.plain_sketches import Sketch, alike, runs

SAMPLED = 12
UNRELATED = 8
# What makes two notes with the same run of words related, in equal places of 64: strict
# while boilerplate still makes unrelated notes alike, then looser.
LEAST = (20, 16)
FEWEST_PIECES = 8  # a sketch of fewer is like no other


def samples(lines: Sequence[bytes]) -> dict[int, list[int]]:
    """Return for each run the first notes that have it, at most ``SAMPLED``."""
    found: dict[int, list[int]] = {}
    for note, line in enumerate(lines):
        for run in {run for run, _, _ in runs(line)}:
            having = found.setdefault(run, [])
            if len(having) < SAMPLED:
                having.append(note)
    return found


def boilerplate(
    sampled: Mapping[int, Sequence[int]], sketches: Sequence[Sketch], *, least: int
) -> set[int]:
    """Return the runs that notes have which are otherwise unlike.

    Args:
        sampled: See ``samples``.
        sketches: Of all notes.
        least: Equal places of two notes that have something to do with each other.
    """
    related: dict[tuple[int, int], bool] = {}

    def are_related(one: int, other: int) -> bool:
        if (one, other) not in related:
            first, second = sketches[one], sketches[other]
            related[one, other] = (
                min(first.size, second.size) >= FEWEST_PIECES
                and alike(first.values, second.values) >= least
            )
        return related[one, other]

    return {
        run
        for run, notes in sampled.items()
        if len(notes) >= UNRELATED and _unrelated(notes, are_related) >= UNRELATED
    }


def _unrelated(notes: Sequence[int], are_related: Callable[[int, int], bool]) -> int:
    """Return into how many groups they fall, chained together where related."""
    group = list(range(len(notes)))
    for number, one in enumerate(notes):
        for before, other in enumerate(notes[:number]):
            was, now = group[number], group[before]
            if was != now and are_related(one, other):
                group = [now if each == was else each for each in group]
    return len(set(group))
