"""Queries on objections that the member sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from vorzimmer.store import tables
from vorzimmer.store.access import Access
from vorzimmer.store.forms import storable

_TABLE = tables.objection


@dataclass(frozen=True, slots=True, kw_only=True)
class SentObjection:
    """An objection that the member sent.

    Attributes:
        request_id: The request that was refused before.
        closed_at: When the member said that it is settled; ``None`` is not yet.
    """

    request_id: str
    sent_at: datetime
    closed_at: datetime | None = None


class ReadsObjections(Access):
    """Questions about objections."""

    def objections(self) -> dict[str, SentObjection]:
        """Return what was sent, by the request that was refused, the earliest first.

        Of a request that is part of another now, it counts for that one.
        """
        columns = _TABLE.c
        query = (
            select(columns.request_id, columns.sent_at, columns.closed_at)
            .where(columns.member_id == self._member_id)
            .order_by(columns.sent_at, columns.request_id)
        )
        moved = self.part_of()
        found: dict[str, SentObjection] = {}
        for own_id, sent_at, closed_at in self._connection.execute(query):
            request_id = moved.get(own_id, own_id)
            found[request_id] = SentObjection(
                request_id=request_id, sent_at=sent_at, closed_at=closed_at
            )
        return found


class WritesObjections(ReadsObjections):
    """Changes to objections."""

    def put_objection(self, request_id: str, *, at: datetime) -> None:
        """Keep that an objection was sent; one sent anew is open again."""
        self._before_writing()
        insert = self._upsert(_TABLE)
        upsert = insert.on_conflict_do_update(
            index_elements=["member_id", "request_id"],
            set_={"sent_at": insert.excluded.sent_at, "closed_at": None},
        )
        row = {
            "member_id": self._member_id,
            "request_id": storable(request_id),
            "sent_at": at,
        }
        self._connection.execute(upsert, row)

    def close_objection(self, request_id: str, *, at: datetime | None) -> bool:
        """Keep that one is settled, or with ``None`` that it is not.

        Returns:
            Whether there is such an objection.
        """
        self._before_writing()
        change = update(_TABLE).where(*self._mine(request_id)).values(closed_at=at)
        return bool(self._connection.execute(change).rowcount)

    def drop_objection(self, request_id: str) -> bool:
        """Forget that an objection was sent; return whether it was."""
        self._before_writing()
        gone = delete(_TABLE).where(*self._mine(request_id))
        return bool(self._connection.execute(gone).rowcount)

    def _mine(self, request_id: str) -> tuple[ColumnElement[bool], ...]:
        ids = {part for part, whole in self.part_of().items() if whole == request_id}
        return (
            _TABLE.c.member_id == self._member_id,
            _TABLE.c.request_id.in_({*ids, storable(request_id)}),
        )
