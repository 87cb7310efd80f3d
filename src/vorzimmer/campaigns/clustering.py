"""Which notes belong together: sketches, boilerplate left out, groups; pure.

Notes are handled in the order of their fingerprints, each different note once, so that
the result depends neither on the order in which notes come nor on how often each does.
Few notes are grouped by plain Python, many by the compiled loops: the same groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from vorzimmer.kernels import plain_boilerplate, plain_groups, plain_sketches
from vorzimmer.kernels.plain_boilerplate import LEAST
from vorzimmer.kernels.plain_sketches import Sketch

# So many bytes grouped by plain Python take as long as loading the compiled loops does.
_WORTH_LOADING = 40_000


def cluster(lines: Sequence[bytes], *, jobs: int = 1) -> list[int]:
    """Return a number for each note; notes that belong together have the same.

    Args:
        lines: Normal forms in UTF-8.
        jobs: Threads to use when there are many notes.
    """
    if sum(map(len, lines)) < _WORTH_LOADING:
        return cluster_plainly(lines)
    from vorzimmer.campaigns import bulk  # noqa: PLC0415 - numba, half a second

    labels: list[int] = bulk.cluster(lines, jobs=jobs).labels.tolist()
    return labels


def cluster_plainly(lines: Sequence[bytes]) -> list[int]:
    """Return what ``cluster`` returns, without a compiled loop: the reference."""
    marks = [plain_sketches.fingerprint(line) for line in lines]
    different = dict(sorted(zip(marks, lines, strict=True)))
    labels = _group(_sketched(list(different.values())))
    places = {mark: place for place, mark in enumerate(different)}
    return [labels[places[mark]] for mark in marks]


def _sketched(lines: Sequence[bytes]) -> list[Sketch]:
    sampled = plain_boilerplate.samples(lines)
    runs = [{run for run, _, _ in plain_sketches.runs(line)} for line in lines]
    known: set[int] = set()
    sketches = [plain_sketches.sketch(line, known) for line in lines]
    for least in LEAST:
        found = plain_boilerplate.boilerplate(sampled, sketches, least=least)
        for note, line in enumerate(lines):
            if not found.symmetric_difference(known).isdisjoint(runs[note]):
                sketches[note] = plain_sketches.sketch(line, found)
        known = found
    return sketches


def _group(sketches: Sequence[Sketch]) -> list[int]:
    """Return the number of each note's group; those without one have their own."""
    labels = plain_groups.propagate(len(sketches), plain_groups.ties(sketches))
    members: dict[int, list[int]] = defaultdict(list)
    for note, label in enumerate(labels):
        members[label].append(note)
    groups = [members[label] for label in sorted(members) if len(members[label]) > 1]
    numbers = [-1] * len(sketches)
    for number, notes in enumerate(groups):
        for note in notes:
            numbers[note] = number
    typicals = [
        plain_groups.typical([sketches[note].values for note in notes])
        for notes in groups
    ]
    joined = plain_groups.join(sketches, numbers, typicals)
    joined = plain_groups.without_crowds(numbers, joined)
    return [
        number if number >= 0 else len(groups) + note
        for note, number in enumerate(joined)
    ]
