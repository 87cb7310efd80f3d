"""The compiled loops with a model in their form, and what was read before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from vorzimmer.kernels import counting, masking, ngrams, strongest
from vorzimmer.kernels.masking import Bytes, Flags, Numbers
from vorzimmer.kernels.store import Store
from vorzimmer.kernels.strongest import Kept


class Loops:
    """Reads notes with one model; the arguments are those of ``kernels.ngrams``."""

    def __init__(
        self, weights: memoryview, counted: memoryview, roles: Mapping[int, int]
    ) -> None:
        """Take the weights of a model, and what words do beside names.

        Args:
            weights: See ``ngrams.model_of``.
            counted: Those of long notes; see ``counting.count_up``.
            roles: What a word does, by its hash.
        """
        self._model = ngrams.model_of(weights, masking.role_table(roles))
        self._counted = np.frombuffer(counted, np.int8)
        # What was read before is read faster. A store is for one reader at a time, and
        # of what is only counted no weights are in it.
        self._stores: list[Store] = []
        self._stores_to_count: list[Store] = []

    def add_up(self, lines: Bytes, starts: Numbers) -> Numbers:
        """See ``ngrams.add_up``."""
        with _store(starts, self._stores) as store:
            return ngrams.add_up(lines, starts, self._model, store)

    def read(self, lines: Bytes, starts: Numbers) -> tuple[Numbers, Flags]:
        """See ``ngrams.read``."""
        with _store(starts, self._stores) as store:
            return ngrams.read(lines, starts, self._model, store)

    def count_up(self, lines: Bytes, starts: Numbers) -> Numbers:
        """See ``counting.count_up``."""
        with _store(starts, self._stores_to_count) as store:
            table = self._model.table
            return counting.count_up(lines, starts, table, self._counted, store)

    def strongest(self, read: Sequence[bytes], wanted: Numbers) -> Numbers:
        """See ``strongest.strongest``."""
        lines, starts = ngrams.joined(read)
        with _store(starts, self._stores) as store:
            return strongest.strongest(lines, starts, wanted, self._model, store)

    def read_to_quote(
        self, lines: Bytes, starts: Numbers
    ) -> tuple[Numbers, Flags, Kept]:
        """See ``strongest.read_to_quote``."""
        with _store(starts, self._stores) as store:
            return strongest.read_to_quote(lines, starts, self._model, store)

    def quotes(self, kept: Kept, wanted: Numbers) -> Numbers:
        """See ``strongest.quotes``."""
        return strongest.quotes(kept, wanted)

    def joined(self, lines: Sequence[bytes]) -> tuple[Bytes, Numbers]:
        """See ``ngrams.joined``."""
        return ngrams.joined(lines)


@contextmanager
def _store(starts: Numbers, stores: list[Store]) -> Iterator[Store]:
    """Yield one of some stores, or a new one, and put it back."""
    try:
        kept = stores.pop()
    except IndexError:
        kept = None
    store = ngrams.store_for(starts, kept)
    yield store
    stores.append(store)
