"""The writer's side of the desk: checks a draft, remembers what was sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from vorzimmer.days import local_day
from vorzimmer.drafts.checking import check_draft
from vorzimmer.drafts.draft import Checked, Draft
from vorzimmer.drafts.earlier import sketch_of
from vorzimmer.kernels.plain_sketches import PLACES, Sketch
from vorzimmer.store import Store

_PREFERENCE = "sent_drafts"
# Sketches are kept of so many texts; more would be a campaign anyway.
_MOST_KEPT = 200


class DraftingDesk:
    """One draft at a time; of what was sent, sketches are kept and no words."""

    def __init__(self, store: Store, *, now: Callable[[], datetime]) -> None:
        """Take the store and the clock."""
        self._store = store
        self._now = now
        self._kept: tuple[str, tuple[Sketch, ...]] = ("", ())

    def check(self, draft: Draft) -> Checked:
        """Return all that is to be said of a draft, and of texts like it sent before.

        Args:
            draft: What the writer has so far; its ``earlier`` are filled in.
        """
        return check_draft(replace(draft, earlier=self.sent()))

    def remember(self, text: str) -> None:
        """Remember that a text was sent, as a sketch from which no word can be read."""
        if not text.strip():
            return
        row = [local_day(self._now()).isoformat(), *sketch_of(text).values]
        with self._store.transaction() as store:
            rows = _rows(store.preference(_PREFERENCE))
            kept = [[*row, sketch_of(text).size], *rows][:_MOST_KEPT]
            store.put_preference(_PREFERENCE, json.dumps(kept, separators=(",", ":")))

    def forget(self) -> None:
        """Forget all texts that were sent."""
        with self._store.transaction() as store:
            store.put_preference(_PREFERENCE, None)

    def sent(self) -> tuple[Sketch, ...]:
        """Return the sketches of texts that were sent, newest first."""
        with self._store.reading() as store:
            kept = store.preference(_PREFERENCE) or ""
        if kept != self._kept[0]:
            sketches = tuple(
                Sketch(tuple(row[1 : PLACES + 1]), row[PLACES + 1])
                for row in _rows(kept)
            )
            self._kept = (kept, sketches)
        return self._kept[1]


def _rows(kept: str | None) -> list[list[int]]:
    rows: list[list[int]] = json.loads(kept) if kept else []
    return rows
