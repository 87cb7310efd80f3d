"""The compiled loops with a model in their form, and what was read before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from vorzimmer.kernels import familiar, masking, ngrams, strongest
from vorzimmer.kernels.masking import Bytes, Numbers
from vorzimmer.kernels.store import Store


class Loops:
    """Reads notes with one model; the arguments are those of ``kernels.ngrams``."""

    def __init__(self, weights: memoryview, roles: Mapping[int, int]) -> None:
        """Take the weights of a model, and what words do beside names."""
        self._model = ngrams.model_of(weights, masking.role_table(roles))
        # What was read before is read faster. A store is for one reader at a time.
        self._stores: list[Store] = []

    def add_up(self, lines: Bytes, starts: Numbers) -> Numbers:
        """See ``ngrams.add_up``."""
        with self._store(starts) as store:
            return ngrams.add_up(lines, starts, self._model, store)

    def strange(self, lines: Bytes, starts: Numbers) -> list[int]:
        """See ``familiar.strange_notes``."""
        return familiar.strange_notes(lines, starts, self._model.table)

    def strongest(self, read: Sequence[bytes], wanted: Numbers) -> Numbers:
        """See ``strongest.strongest``."""
        lines, starts = ngrams.joined(read)
        with self._store(starts) as store:
            return strongest.strongest(lines, starts, wanted, self._model, store)

    def joined(self, lines: Sequence[bytes]) -> tuple[Bytes, Numbers]:
        """See ``ngrams.joined``."""
        return ngrams.joined(lines)

    @contextmanager
    def _store(self, starts: Numbers) -> Iterator[Store]:
        try:
            kept = self._stores.pop()
        except IndexError:
            kept = None
        store = ngrams.store_for(starts, kept)
        yield store
        self._stores.append(store)
