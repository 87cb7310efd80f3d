"""Adds notes one by one to groups that are known; pure but for its own state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from vorzimmer.campaigns.bulk import Clustered, cluster
from vorzimmer.kernels import groups, sketches
from vorzimmer.kernels.boilerplate import Notes
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_groups import FEWEST_PIECES, ROWS, TIED
from vorzimmer.kernels.plain_sketches import PLACES, alike

_BANDS = PLACES // ROWS


class NoteIndex:
    """Finds the group of a new note among many, in a fraction of a millisecond.

    What was grouped together stays so, and numbers of groups never change: a new note
    joins the group whose typical sketch it is most like, or the single note that it is
    a near-duplicate of, or begins a group of its own. Boilerplate is what it was when
    the index was made; grouping all notes anew finds more, so do that now and then.
    """

    def __init__(self, lines: Sequence[bytes], *, jobs: int = 1) -> None:
        """Group the notes that are there already.

        Args:
            lines: Normal forms in UTF-8.
            jobs: Threads to use.
        """
        found = cluster(lines, jobs=jobs)
        marks = sketches.fingerprints(*joined(lines)).tolist()
        self.labels: list[int] = found.labels.tolist()
        self._known = dict(zip(marks, self.labels, strict=True))
        self._next = len(found.typicals) + len(found.values)
        self._table = found.table
        self._typicals = found.typicals
        self._bands = groups.bands_of(found.typicals)
        self._roots = (
            groups.merged(found.typicals, self._bands)
            if len(found.typicals)
            else np.zeros(0, np.int32)
        )
        self._alone = _alone(found)
        self._alone_bands = groups.note_bands_of(self._alone[0])
        self._new: list[tuple[tuple[int, ...], int]] = []
        self._new_bands: dict[tuple[int, int], list[int]] = defaultdict(list)

    def add(self, line: bytes) -> int:
        """Return the number of the group of a note, which is known from then on.

        Args:
            line: Its normal form in UTF-8.
        """
        buffer, starts = joined([line])
        mark = int(sketches.fingerprints(buffer, starts)[0])
        label = self._known.get(mark)
        if label is None:
            sketch = sketches.sketch(buffer, starts, self._table)
            label = self._known[mark] = self._group_of(*sketch)
        return label

    def find(self, line: bytes) -> int | None:
        """Return the number of the group that a note would join; ``None`` for none.

        Args:
            line: Its normal form in UTF-8; it is not kept.
        """
        buffer, starts = joined([line])
        label = self._known.get(int(sketches.fingerprints(buffer, starts)[0]))
        if label is None:
            label = self._joining(*sketches.sketch(buffer, starts, self._table))
        return label

    def _group_of(self, values: sketches.Values, sizes: sketches.Sizes) -> int:
        label = self._joining(values, sizes)
        if label is not None:
            return label
        number = self._begin()
        if sizes[0] >= FEWEST_PIECES:
            # In this order: another thread may look for a note meanwhile.
            self._new.append((tuple(values[0].tolist()), number))
            for key in _keys(values[0]):
                self._new_bands[key].append(len(self._new) - 1)
        return number

    def _joining(self, values: sketches.Values, sizes: sketches.Sizes) -> int | None:
        if sizes[0] >= FEWEST_PIECES:
            joining = groups.join(
                values, sizes, np.full(1, -1, np.int32), self._typicals, self._bands
            )[0]
            if joining >= 0:
                return int(self._roots[joining])
            tied = groups.nearest(values[0], self._alone[0], self._alone_bands)
            if tied >= 0:
                return int(self._alone[1][tied])
            return self._among_new(values[0])
        return None

    def _among_new(self, values: sketches.Values) -> int | None:
        """Return the group of a note that is like none that was there at first."""
        own = tuple(values.tolist())
        near = {at for key in _keys(values) for at in self._new_bands.get(key, ())}
        ranked = [(alike(own, self._new[at][0]), -at) for at in near]
        places, at = max(ranked, default=(0, 0))
        return self._new[-at][1] if places >= TIED else None

    def _begin(self) -> int:
        self._next += 1
        return self._next - 1


def _keys(values: sketches.Values) -> list[tuple[int, int]]:
    return [(b, int(sketches.band_key(values, b, ROWS))) for b in range(_BANDS)]


def _alone(found: Clustered) -> tuple[sketches.Values, Notes]:
    """Return the sketches of notes that are in no group, and their numbers."""
    rows = np.flatnonzero(
        (found.groups >= len(found.typicals)) & (found.sizes >= FEWEST_PIECES)
    )
    return found.values[rows], found.groups[rows]
