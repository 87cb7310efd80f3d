"""Queries on what the member did that others could see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from vorzimmer.items import Occasion, OccasionKind
from vorzimmer.store import tables
from vorzimmer.store.access import Access
from vorzimmer.store.forms import storable

MOST_OCCASIONS = 5_000
"""So many of each kind are kept of one reading: the newest."""

_TABLE = tables.occasion


class ReadsOccasions(Access):
    """Questions about what the member did."""

    def occasions(self) -> list[Occasion]:
        """Return what is known, the earliest first, each once."""
        names = ("id", "kind", "day", "title")
        query = (
            select(*(_TABLE.c[name] for name in names))
            .where(_TABLE.c.member_id == self._member_id)
            .order_by(_TABLE.c.day, _TABLE.c.id, _TABLE.c.source_id)
        )
        found = {
            row.id: Occasion(
                id=row.id, kind=OccasionKind(row.kind), on=row.day, title=row.title
            )
            for row in self._connection.execute(query)
        }
        return list(found.values())


class WritesOccasions(ReadsOccasions):
    """Changes to what the member did."""

    def put_occasions(self, occasions: Iterable[Occasion], *, source_id: int) -> None:
        """Keep what a source tells; what it told before stays.

        Args:
            occasions: In any order.
            source_id: Which source.
        """
        by_kind: defaultdict[OccasionKind, list[Occasion]] = defaultdict(list)
        for each in occasions:
            by_kind[each.kind].append(each)
        kept = [
            each
            for group in by_kind.values()
            for each in sorted(group, key=_newest_first)[:MOST_OCCASIONS]
        ]
        if not kept:
            return
        self._before_writing()
        insert = self._upsert(_TABLE)
        upsert = insert.on_conflict_do_update(
            index_elements=["member_id", "id", "source_id"],
            set_={"title": insert.excluded.title},
        )
        rows = (
            (
                self._member_id,
                each.id,
                source_id,
                each.kind.value,
                each.on,
                storable(each.title),
            )
            for each in kept
        )
        self._put_rows(_TABLE, upsert, rows)


def _newest_first(occasion: Occasion) -> tuple[int, str]:
    return (-occasion.on.toordinal(), occasion.id)
