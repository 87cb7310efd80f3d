"""Queries on the other ids under which a request may come in again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from vorzimmer.store import tables
from vorzimmer.store.access import Access, in_chunks
from vorzimmer.store.forms import storable

_TABLE = tables.request_alias


class ReadsAliases(Access):
    """Questions about other ids."""

    def aliases(self) -> dict[str, str]:
        """Return the ids of stored requests by their other ids."""
        query = select(_TABLE.c.alias, _TABLE.c.request_id).where(
            _TABLE.c.member_id == self._member_id
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}


class WritesAliases(ReadsAliases):
    """Keeping of other ids."""

    def put_aliases(self, aliases: Mapping[str, str]) -> None:
        """Keep ids of stored requests by their other ids; the first one stays."""
        self._before_writing()
        upsert = self._upsert(_TABLE).on_conflict_do_nothing()
        for chunk in in_chunks(aliases.items()):
            rows = [
                {
                    "member_id": self._member_id,
                    "alias": storable(alias),
                    "request_id": storable(request_id),
                }
                for alias, request_id in chunk
            ]
            self._connection.execute(upsert, rows)
