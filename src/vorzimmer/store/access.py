"""What the queries of all tables share: a connection, a member, an upsert."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Dialect,
    Table,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from vorzimmer.store import tables
from vorzimmer.store.forms import day_in_words, moment_in_words

Upsert = sqlite.Insert | postgresql.Insert
"""An INSERT that can say what happens when the row is there already."""

CHUNK = 5_000
"""Rows given to the database at once: enough for speed, few enough for memory."""

_Row = TypeVar("_Row")


class Access:
    """One member's view of the database within one transaction."""

    def __init__(self, connection: Connection, member_id: int) -> None:
        """Keep the open connection and whose rows are meant."""
        self._connection = connection
        self._member_id = member_id
        self._has_written = False
        self._answers: dict[tuple[object, ...], Any] = {}

    def is_of(self, member_id: int) -> bool:
        """Return whether this is the view of a member."""
        return self._member_id == member_id

    def _once(self, question: tuple[object, ...], read: Callable[[], _Row]) -> _Row:
        """Return the answer to a question that pages ask again and again.

        Until the next write of this transaction it is the same.
        """
        if question not in self._answers:
            self._answers[question] = read()
        answer: _Row = self._answers[question]
        return answer

    def revision(self) -> int:
        """Return a number that changes whenever something of the member does."""
        return self._once(("revision",), self._revision)

    def _revision(self) -> int:
        query = select(tables.member.c.revision).where(
            tables.member.c.member_id == self._member_id
        )
        return self._connection.execute(query).scalar() or 0

    def part_of(self) -> dict[str, str]:
        """Return of which request those are a part that are not shown by themselves."""
        table = tables.request
        query = select(table.c.id, table.c.part_of).where(
            table.c.member_id == self._member_id, table.c.part_of.is_not(None)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def _before_writing(self) -> None:
        """Count the revision up, once a transaction.

        It comes first of all writes, so that on PostgreSQL the member's row is locked
        and two transactions that read, merge and write do so one after the other.
        """
        self._answers.clear()
        if self._has_written:
            return
        insert = self._upsert(tables.member).values(
            member_id=self._member_id, revision=1
        )
        self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=["member_id"],
                set_={"revision": tables.member.c.revision + 1},
            )
        )
        self._has_written = True

    def _upsert(self, table: Table) -> Upsert:
        if self._connection.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    def _put_rows(
        self, table: Table, upsert: Upsert, rows: Iterable[Sequence[Any]]
    ) -> None:
        """Write many rows, each the values of all columns in their order.

        The statement is made once and the rows go to the driver as they are, which
        takes half the time of ``Connection.execute``. ``upsert`` must hold no values.
        """
        dialect = self._connection.dialect
        names = [column.name for column in table.c]
        made = upsert.compile(dialect=dialect, column_keys=names)
        forms = [
            (place, form)
            for place, column in enumerate(table.c)
            if (form := _form_of(column, dialect))
        ]
        for chunk in in_chunks(_formed(rows, forms)):
            # SQLite's driver takes values by their order, PostgreSQL's by name.
            values: Any = chunk
            if not made.positional:
                values = [dict(zip(names, row, strict=True)) for row in chunk]
            self._connection.exec_driver_sql(str(made), values)


def _form_of(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what makes values of a column into those that the driver takes.

    SQLite keeps days and moments as words; SQLAlchemy's own way to them takes two to
    three times as long, and an import keeps hundreds of thousands.
    """
    if dialect.name == "sqlite" and isinstance(column.type, tables.UtcDateTime):
        return moment_in_words
    if dialect.name == "sqlite" and isinstance(column.type, Date):
        return day_in_words
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _formed(
    rows: Iterable[Sequence[Any]], forms: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        for place, form in forms:
            values[place] = form(values[place])
        yield tuple(values)


def in_chunks(rows: Iterable[_Row], size: int = CHUNK) -> Iterator[Sequence[_Row]]:
    """Yield the rows in lists of at most ``size``."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk
