"""Queries on which mails a source has counted already: numbers, and no words."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sqlalchemy import Column, ForeignKey, Table, delete, select

from vorzimmer.store import tables
from vorzimmer.store.access import Access

# mark: of a mail, made from its Message-ID; see ``intake.correspondence.mark_of``.
counted_mail = Table(
    "counted_mail",
    tables.metadata,
    Column(
        "member_id",
        tables.Number,
        ForeignKey("member.member_id"),
        primary_key=True,
        nullable=False,
    ),
    Column("source_id", tables.Number, primary_key=True, autoincrement=False),
    Column("mark", tables.Number, primary_key=True, autoincrement=False),
)
_TABLE = counted_mail


class ReadsCounted(Access):
    """Questions about counted mails."""

    def counted(self, source_id: int) -> set[int]:
        """Return the marks of the mails that a source has counted."""
        query = select(_TABLE.c.mark).where(
            _TABLE.c.member_id == self._member_id, _TABLE.c.source_id == source_id
        )
        return set(self._connection.execute(query).scalars())


class WritesCounted(ReadsCounted):
    """Keeping of what was counted."""

    def put_counted(self, source_id: int, marks: AbstractSet[int]) -> None:
        """Keep that a source has counted mails; what is there stays."""
        self._before_writing()
        upsert = self._upsert(_TABLE).on_conflict_do_nothing(
            index_elements=["member_id", "source_id", "mark"]
        )
        rows = ((self._member_id, source_id, mark) for mark in sorted(marks))
        self._put_rows(_TABLE, upsert, rows)

    def drop_counted(self, source_id: int) -> None:
        """Forget what a source has counted; it begins anew."""
        mine = (_TABLE.c.member_id == self._member_id, _TABLE.c.source_id == source_id)
        self._connection.execute(delete(_TABLE).where(*mine))
