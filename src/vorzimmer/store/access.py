"""What the queries of all tables share: a connection, a member, an upsert."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Date,
    Dialect,
    Result,
    Select,
    Table,
    bindparam,
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
_Answers = dict[tuple[object, ...], Any]
MINE: BindParameter[int] = bindparam("member_id")
"""Whose rows are meant, in statements that are made once: making one anew for each
question costs more than the database does."""
_REVISION = select(tables.member.c.revision).where(tables.member.c.member_id == MINE)
_PART_OF = select(tables.request.c.id, tables.request.c.part_of).where(
    tables.request.c.member_id == MINE, tables.request.c.part_of.is_not(None)
)


class Kept:
    """Answers that hold as long as nothing of the member changes.

    Those of one revision are kept, and dropped as soon as another one is read.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._held: tuple[tuple[int, int], _Answers] = ((0, 0), {})

    def of(self, member_id: int, revision: int) -> _Answers:
        """Return the answers of a revision, so far, to be added to."""
        held = self._held
        if held[0] != (member_id, revision):
            held = self._held = (member_id, revision), {}
        return held[1]


class Access:
    """One member's view of the database within one transaction."""

    def __init__(
        self, connection: Connection, member_id: int, kept: Kept | None = None
    ) -> None:
        """Keep the open connection and whose rows are meant.

        Args:
            connection: Within a transaction.
            member_id: Whose rows.
            kept: Answers to be used again, for who only reads; ``None``: each
                transaction asks for itself.
        """
        self._connection = connection
        self._member_id = member_id
        self._has_written = False
        self._answers: _Answers = {}
        self._kept_answers = kept

    def is_of(self, member_id: int) -> bool:
        """Return whether this is the view of a member."""
        return self._member_id == member_id

    def _once(self, question: tuple[object, ...], read: Callable[[], _Row]) -> _Row:
        """Return the answer to a question that pages ask again and again.

        Until the next write of this transaction it is the same.
        """
        if self._kept_answers is not None:
            return self._kept(question, read)
        if question not in self._answers:
            self._answers[question] = read()
        answer: _Row = self._answers[question]
        return answer

    def _kept(self, question: tuple[object, ...], read: Callable[[], _Row]) -> _Row:
        """Return the answer to a question, the same until the revision changes.

        Whoever writes asks each time: rows may go between two questions.
        """
        if self._kept_answers is None:
            return read()
        held = self._kept_answers.of(self._member_id, self.revision())
        if question not in held:
            held[question] = read()
        answer: _Row = held[question]
        return answer

    def revision(self) -> int:
        """Return a number that changes whenever something of the member does."""
        if ("revision",) not in self._answers:
            self._answers["revision",] = self._own_rows(_REVISION).scalar() or 0
        revision: int = self._answers["revision",]
        return revision

    def part_of(self) -> Mapping[str, str]:
        """Return of which request those are a part that are not shown by themselves."""
        return self._kept(("part_of",), self._part_of)

    def _part_of(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self._own_rows(_PART_OF)}

    def _own_rows(self, query: Select[*tuple[Any, ...]]) -> Result[*tuple[Any, ...]]:
        """Return the rows of the member to a statement that asks for ``MINE``."""
        return self._connection.execute(query, {"member_id": self._member_id})

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
