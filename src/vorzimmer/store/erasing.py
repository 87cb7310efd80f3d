"""Queries that erase people and requests, wherever they stand, past the triggers too.

Some tables are append-only: triggers refuse changes, so that no mistake rewrites what
was decided. Who wants to be rid of somebody has to get past them: within one
transaction the triggers are put aside and put back as they were, or nothing happened.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from vorzimmer.blanking import Blanking
from vorzimmer.model import Person
from vorzimmer.store import tables
from vorzimmer.store.access import Access, in_chunks
from vorzimmer.store.holdings import Holding, holdings
from vorzimmer.store.imports import FORGOTTEN, WritesImports
from vorzimmer.traces import Trace, person_of_key

_AT_ONCE = 1_000
_BROUGHT = tables.brought_request
_SENDER = {name: f"sender_{name}" for name in ("name", "email", "profile_url")}


class ReadsHoldings(Access):
    """Questions about all that is held."""

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds, by its name."""
        return {
            table.name: self._connection.execute(
                select(func.count())
                .select_from(table)
                .where(table.c.member_id == self._member_id)
            ).scalar_one()
            for table in tables.metadata.sorted_tables
        }

    def held_since(self) -> datetime | None:
        """Return when the first source was read; ``None`` is not known."""
        table = tables.import_run
        query = select(func.min(table.c.started_at)).where(
            table.c.member_id == self._member_id
        )
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def rows_of(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table in order, as JSON has them."""
        source = tables.metadata.tables[table]
        query = (
            select(source)
            .where(source.c.member_id == self._member_id)
            .order_by(*source.primary_key)
        )
        for row in self._connection.execute(query).mappings():
            yield {name: _plain(value) for name, value in row.items()}

    def tie_kinds(self) -> dict[tuple[str | int, ...], str]:
        """Return of which kind each row of the ties is, by its key."""
        table = tables.tie
        query = select(table.c.tie_key, table.c.source_id, table.c.kind).where(
            table.c.member_id == self._member_id
        )
        return {(row[0], row[1]): row[2] for row in self._connection.execute(query)}

    def traces(self) -> list[Trace]:
        """Return all rows that say of whom they speak."""
        found = [
            trace
            for each in holdings()
            if each.prefix or each.writer is not None
            for trace in self._traces_in(each)
        ]
        return found + self._traces_brought()

    def _traces_in(self, holding: Holding) -> Iterator[Trace]:
        table, who = holding.table, holding.who()
        is_request = table is tables.request
        whose = [c for c in (*holding.by_request, holding.writer) if c is not None]
        columns = [*holding.key, *who.values(), *whose]
        query = select(*dict.fromkeys(columns)).where(
            table.c.member_id == self._member_id
        )
        for row in self._connection.execute(query):
            known = row._mapping  # noqa: SLF001 - the public name of it in SQLAlchemy
            person = Person()
            if holding.prefix:
                person = Person(**{name: known[each] for name, each in who.items()})
            elif holding.writer is not None:
                person = person_of_key(known[holding.writer])
            request_id = next((known[each] for each in holding.by_request), "")
            if is_request:
                request_id = known[table.c.part_of] or request_id
            yield Trace(
                table=table.name,
                key=tuple(known[each] for each in holding.key),
                person=person,
                request_id=request_id or "",
            )

    def _traces_brought(self) -> list[Trace]:
        names = ("source_id", "own_id", "request_id", "facts")
        query = select(*(_BROUGHT.c[name] for name in names)).where(
            _BROUGHT.c.member_id == self._member_id
        )
        return [
            Trace(
                table=_BROUGHT.name,
                key=(source_id, own_id),
                person=_sender_in(facts),
                request_id=request_id,
            )
            for source_id, own_id, request_id, facts in self._connection.execute(query)
        ]


def _sender_in(facts: str) -> Person:
    known = json.loads(facts)
    return Person(**{name: known.get(column) for name, column in _SENDER.items()})


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value.isoformat() if isinstance(value, date) else value


class WritesErasing(ReadsHoldings, WritesImports):
    """Erasing of people and requests."""

    def erase(
        self,
        *,
        request_ids: Collection[str] = (),
        rows: Iterable[Trace] = (),
        terms: Collection[str] = (),
    ) -> None:
        """Erase requests with all that hangs on them, rows, and mentions elsewhere.

        Args:
            request_ids: Which requests; what is part of them goes, too.
            rows: Which other rows.
            terms: Names and addresses that are taken out of all other texts.
        """
        self._before_writing()
        ids = self._with_parts(request_ids)
        keys: dict[str, list[tuple[str | int, ...]]] = {}
        for row in rows:
            keys.setdefault(row.table, []).append(row.key)
        with self._unguarded():
            for each in holdings():
                self._erase_by_request(each, ids)
                self._erase_by_key(each, keys.get(each.table.name, []))
            if terms:
                self._blank(Blanking(terms))
        self.change_content()

    def erase_later_messages(self, *, before: datetime) -> int:
        """Erase later messages from before a moment; return how many."""
        table = tables.later_message
        gone = delete(table).where(
            table.c.member_id == self._member_id, table.c.sent_at < before
        )
        self._before_writing()
        return self._connection.execute(gone).rowcount

    def erase_skipped(self, *, before: datetime) -> int:
        """Erase the skipped rows of readings before a moment; return how many."""
        run, table = tables.import_run, tables.skipped
        old = select(run.c.id).where(
            run.c.member_id == self._member_id, run.c.started_at < before
        )
        self._before_writing()
        gone = delete(table).where(table.c.run_id.in_(old))
        return self._connection.execute(gone).rowcount

    def erase_everything(self) -> None:
        """Erase every row of the member; the next content differs from the last."""
        revision = self.revision()
        forgotten = int(self.preference(FORGOTTEN) or 0)
        with self._unguarded():
            for table in reversed(tables.metadata.sorted_tables):
                mine = table.c.member_id == self._member_id
                self._connection.execute(delete(table).where(mine))
        self.begin_anew(revision=revision + 1, forgotten=forgotten + 1)

    def begin_anew(self, *, revision: int, forgotten: int) -> None:
        """Let an empty database begin with these numbers, unlike all before."""
        row = {"member_id": self._member_id, "revision": revision}
        self._connection.execute(insert(tables.member), row)
        self.put_preference(FORGOTTEN, str(forgotten))

    def _with_parts(self, request_ids: Collection[str]) -> set[str]:
        ids = {*request_ids}
        ids |= {part for part, whole in self.part_of().items() if whole in ids}
        query = select(_BROUGHT.c.own_id, _BROUGHT.c.request_id).where(
            _BROUGHT.c.member_id == self._member_id
        )
        told = self._connection.execute(query).all()
        return ids | {own_id for own_id, request_id in told if request_id in ids}

    def _erase_by_request(self, holding: Holding, ids: Collection[str]) -> None:
        table = holding.table
        columns = [*holding.by_request]
        if table is tables.request_alias:
            columns.append(table.c.alias)
        if table is tables.settled:
            ids, columns = {f"request {each}" for each in ids}, [table.c.subject]
        if not columns:
            return
        for chunk in in_chunks(ids, _AT_ONCE):
            hit = or_(*(column.in_(chunk) for column in columns))
            mine = table.c.member_id == self._member_id
            self._connection.execute(delete(table).where(mine, hit))

    def _erase_by_key(
        self, holding: Holding, keys: Collection[tuple[str | int, ...]]
    ) -> None:
        if not keys:
            return
        table = holding.table
        self._erase_hanging_on(table, keys)
        is_it = and_(*(each == bindparam(f"k_{each.name}") for each in holding.key))
        query = delete(table).where(table.c.member_id == self._member_id, is_it)
        names = [f"k_{each.name}" for each in holding.key]
        for chunk in in_chunks(keys):
            self._connection.execute(
                query, [dict(zip(names, key, strict=True)) for key in chunk]
            )

    def _erase_hanging_on(
        self, table: Table, keys: Collection[tuple[str | int, ...]]
    ) -> None:
        """Erase what belongs to rows of a table that are numbered, such as steps."""
        if "id" not in table.c or any(len(key) != 1 for key in keys):
            return
        for other in tables.metadata.tables.values():
            for column in other.c:
                if any(each.column is table.c.id for each in column.foreign_keys):
                    for chunk in in_chunks([key[0] for key in keys], _AT_ONCE):
                        mine = other.c.member_id == self._member_id
                        gone = delete(other).where(mine, column.in_(chunk))
                        self._connection.execute(gone)

    def _blank(self, blanking: Blanking) -> None:
        for each in holdings():
            if each.free:
                self._blank_in(each, blanking)

    def _blank_in(self, holding: Holding, blanking: Blanking) -> None:
        table = holding.table
        query = select(*table.primary_key, *holding.free).where(
            table.c.member_id == self._member_id
        )
        rows = self._connection.execute(query).mappings().all()
        for row in rows:
            news = {
                column.name: blanked
                for column in holding.free
                if (blanked := blanking.value(row[column.name])) != row[column.name]
            }
            if news and table is tables.source and "label" in news:
                # Two labels may be the same without the name.
                news["label"] += f" {row['id']}"
            if news:
                is_it = and_(*(each == row[each.name] for each in table.primary_key))
                self._connection.execute(update(table).where(is_it).values(**news))

    @contextmanager
    def _unguarded(self) -> Iterator[None]:
        """Put the triggers aside; an error leaves them, with the transaction."""
        if self._connection.dialect.name == "sqlite":
            query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = self._connection.execute(query).all()
            for name, _ in triggers:
                self._connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            yield
            for _, made in triggers:
                self._connection.exec_driver_sql(made)
            return
        names = [_quoted(each) for each in tables.metadata.sorted_tables]
        for name in names:
            self._connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        for name in names:
            self._connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _quoted(table: Table) -> str:
    return f'"{table.name}"'
