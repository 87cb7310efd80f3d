"""Queries on what stays of requests that faded: keyed hashes, and no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Date, ForeignKey, String, Table, Text, select

from vorzimmer.model import Action
from vorzimmer.store import tables
from vorzimmer.store.access import MINE, Access, in_chunks

WITHDREW = "withdrawn"
"""What stays in place of an action where the sender withdrew and nobody decided."""

# digest: a keyed hash of a request's id, a person, or a note; month: the first day of
# the month in which was decided, or the sender withdrew.
faded = Table(
    "faded",
    tables.metadata,
    Column(
        "member_id",
        tables.Number,
        ForeignKey("member.member_id"),
        primary_key=True,
        nullable=False,
    ),
    Column("digest", String(32), primary_key=True),
    Column("what", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("month", Date, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faded:
    """What stays of a request that faded.

    Attributes:
        digest: Keyed hash, 32 hexadecimal digits.
        what: Of what: ``"request"``, ``"person"`` or ``"note"``.
        action: What was decided; ``WITHDREW``: nothing was.
        month: First day of the month in which that was.
    """

    digest: str
    what: str
    action: str
    month: date

    @property
    def decided(self) -> Action | None:
        """What was decided; ``None``: nothing, the sender withdrew."""
        return None if self.action == WITHDREW else Action(self.action)


_FADED = select(*(faded.c[name] for name in Faded.__slots__)).where(
    faded.c.member_id == MINE
)


class ReadsFaded(Access):
    """Questions about what faded."""

    def faded(self) -> Mapping[str, Faded]:
        """Return what faded, by its digest."""
        return self._kept(("faded",), self._faded)

    def _faded(self) -> dict[str, Faded]:
        rows = self._own_rows(_FADED).mappings()
        return {row["digest"]: Faded(**row) for row in rows}


class WritesFaded(ReadsFaded):
    """Keeping of what faded."""

    def put_faded(self, rows: Iterable[Faded]) -> None:
        """Keep what stays; the last one of a digest holds."""
        self._before_writing()
        insert = self._upsert(faded)
        news = ("what", "action", "month")
        upsert = insert.on_conflict_do_update(
            index_elements=["member_id", "digest"],
            set_={name: insert.excluded[name] for name in news},
        )
        values = (
            (self._member_id, each.digest, each.what, each.action, each.month)
            for each in rows
        )
        for chunk in in_chunks(values):
            self._put_rows(faded, upsert, chunk)
