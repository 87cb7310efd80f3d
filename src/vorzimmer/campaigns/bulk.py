"""Which notes belong together, by the compiled loops, on several cores; pure.

The same groups as ``clustering.cluster_plainly``; read that first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels import boilerplate, groups, sketches
from vorzimmer.kernels.boilerplate import Notes, Sampled
from vorzimmer.kernels.masking import Bytes, Numbers
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_boilerplate import LEAST
from vorzimmer.kernels.plain_groups import MOST_JOINING, ROWS
from vorzimmer.kernels.plain_sketches import EMPTY, PLACES
from vorzimmer.kernels.sketches import RunTable, Sizes, Values

R = TypeVar("R")
# Fewer notes are not worth a thread.
_FEWEST_A_PART = 2_000


@dataclass(frozen=True, slots=True)
class Clustered:
    """Notes with their groups, and what it takes to add another.

    Attributes:
        labels: Number of the group of each line.
        places: Row of each line below; equal lines have the same.
        table: Runs of words, and which of them are boilerplate.
        values: Sketch of each different note.
        sizes: Of how many pieces each is made.
        groups: Number of the group of each different note; those from the number of
            typical sketches on are single notes.
        typicals: Typical sketch of each group.
    """

    labels: Notes
    places: Numbers
    table: RunTable
    values: Values
    sizes: Sizes
    groups: Notes
    typicals: Values


class _Work:
    """Shares work on notes out to threads; the compiled loops let others run."""

    def __init__(self, pool: ThreadPoolExecutor, jobs: int) -> None:
        self.pool = pool
        self.jobs = jobs

    def parts(self, count: int) -> list[tuple[int, int]]:
        parts = max(1, min(self.jobs, count // _FEWEST_A_PART))
        cuts = [count * part // parts for part in range(parts + 1)]
        return list(pairwise(cuts))

    def on_parts(self, do: Callable[[tuple[int, int]], R], count: int) -> list[R]:
        return list(self.pool.map(do, self.parts(count)))


def cluster(lines: Sequence[bytes], *, jobs: int = 1) -> Clustered:
    """Return the groups of notes.

    Args:
        lines: Normal forms in UTF-8.
        jobs: Threads to use.
    """
    buffer, starts = joined(lines)
    return cluster_buffer(buffer, starts, jobs=jobs)


def cluster_buffer(lines: Bytes, starts: Numbers, *, jobs: int = 1) -> Clustered:
    """Return the groups of notes that stand one behind the other.

    Args:
        lines: Normal forms in UTF-8.
        starts: Where each begins; last, where the last one ends.
        jobs: Threads to use.
    """
    marks = sketches.fingerprints(lines, starts)
    _, first, places = np.unique(marks, return_index=True, return_inverse=True)
    different = sketches.copy_in_order(lines, starts, first)
    with ThreadPoolExecutor(jobs) as pool:
        work = _Work(pool, jobs)
        table, values, sizes = _sketched(*different, work)
        labels = _propagated(values, sizes, work)
        numbers, typicals = _typical(labels, values)
        bands = groups.bands_of(typicals)

        def join(part: tuple[int, int]) -> Notes:
            rows = slice(*part)
            return groups.join(
                values[rows], sizes[rows], numbers[rows], typicals, bands
            )

        found = np.concatenate(work.on_parts(join, len(values)))
    if len(typicals):
        roots = groups.merged(typicals, bands)
        found[found >= 0] = roots[found[found >= 0]]
        is_crowded = without_crowds(numbers, found, len(typicals))
        # Nor does a note join that comes later.
        typicals[is_crowded[roots]] = EMPTY
    alone = np.flatnonzero(found < 0)
    found[alone] = alone + len(typicals)
    return Clustered(found[places], places, table, values, sizes, found, typicals)


def without_crowds(numbers: Notes, found: Notes, count: int) -> NDArray[np.bool_]:
    """Take out of groups who joined in crowds; see ``plain_groups.without_crowds``.

    Args:
        numbers: The group of each note before any joined; -1 for none.
        found: And afterwards; is changed.
        count: How many groups there are.

    Returns:
        Which groups were joined so.
    """
    is_new = numbers < 0
    were = np.bincount(found[~is_new], minlength=count)
    came = np.bincount(found[is_new & (found >= 0)], minlength=count)
    is_crowded = came > MOST_JOINING * were
    found[is_new & (found >= 0) & is_crowded[found]] = -1
    return is_crowded


def _sketched(
    lines: Bytes, starts: Numbers, work: _Work
) -> tuple[RunTable, Values, Sizes]:
    sampled = boilerplate.samples(lines, starts)
    count = len(starts) - 1
    values = np.empty((count, PLACES), np.uint32)
    sizes = np.empty(count, np.int32)
    table = sketches.no_boilerplate()

    def sketch(part: tuple[int, int]) -> None:
        first, last = part
        sketches.sketch_into(
            lines,
            starts[first : last + 1],
            table,
            values[first:last],
            sizes[first:last],
        )

    work.on_parts(sketch, count)
    for least in LEAST:
        before = table.is_boilerplate
        table = RunTable(sampled.keys, _judged(sampled, values, sizes, least, work))
        if before.any() or table.is_boilerplate.any():
            work.on_parts(sketch, count)
    return table, values, sizes


def _judged(
    sampled: Sampled, values: Values, sizes: Sizes, least: int, work: _Work
) -> Bytes:
    found = np.zeros(len(sampled.keys), np.uint8)

    def judge(part: tuple[int, int]) -> None:
        boilerplate.judge(sampled, (values, sizes), least, part, found)

    work.on_parts(judge, len(found))
    return found


def _propagated(values: Values, sizes: Sizes, work: _Work) -> Notes:
    def ties(band: int) -> groups.Ties:
        return groups.ties_of_band(values, sizes, band)

    found = list(work.pool.map(ties, range(PLACES // ROWS)))
    all_ties = groups.Ties(
        np.concatenate([each.ones for each in found]),
        np.concatenate([each.others for each in found]),
        np.concatenate([each.places for each in found]),
    )
    return groups.propagate(len(values), all_ties)


def _typical(labels: Notes, values: Values) -> tuple[Notes, Values]:
    """Return the number of each note's group, -1 for none, and typical sketches."""
    _, inverse, counts = np.unique(labels, return_inverse=True, return_counts=True)
    is_group = counts > 1
    number_of = np.where(is_group, np.cumsum(is_group) - 1, -1).astype(np.int32)
    numbers = number_of[inverse]
    notes = np.flatnonzero(numbers >= 0)
    notes = notes[np.argsort(numbers[notes], kind="stable")]
    begins = np.zeros(int(is_group.sum()) + 1, np.int64)
    np.cumsum(counts[is_group], out=begins[1:])
    return numbers, groups.typical(notes, begins, values)
