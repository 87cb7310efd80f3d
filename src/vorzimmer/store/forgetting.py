"""Queries that take away: a source and what it said, requests that nobody tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import msgspec
from sqlalchemy import Table, delete, func, select, update

from vorzimmer.model import Member
from vorzimmer.store import tables
from vorzimmer.store.access import Access, in_chunks
from vorzimmer.store.brought import WritesBrought
from vorzimmer.store.counted import counted_mail
from vorzimmer.store.requests import REQUEST_COLUMNS

_ARCHIVE = "archive"
_ASKED_AT_ONCE = 1_000
_BROUGHT = tables.brought_request


@dataclass(frozen=True, slots=True)
class Teller:
    """That a source tells of a request.

    Attributes:
        source: Number of the source.
        own_id: The id of the request in it.
        request_id: The request that it is part of.
        has_past: Whether the source shows that the request was answered.
    """

    source: int
    own_id: str
    request_id: str
    has_past: bool


class ReadsHeld(Access):
    """Questions about what would go with a source."""

    def tellers(self) -> list[Teller]:
        """Return which source tells of which request."""
        names = ("source_id", "own_id", "request_id", "has_past")
        query = select(*(_BROUGHT.c[name] for name in names)).where(
            _BROUGHT.c.member_id == self._member_id
        )
        return [Teller(*row) for row in self._connection.execute(query)]

    def held(self) -> set[str]:
        """Return the requests about which the member decided or said anything."""
        decision = tables.decision
        found: set[str] = set()
        for table, column in _holding():
            query = select(table.c[column]).where(
                table.c.member_id == self._member_id, table.c[column].is_not(None)
            )
            if table is decision:
                query = query.where(decision.c.actor != _ARCHIVE)
            found.update(self._connection.execute(query.distinct()).scalars())
        moved = self.part_of()
        return {moved.get(each, each) for each in found}

    def shown_as_answered(self) -> set[str]:
        """Return the requests of which a source shows that they were answered."""
        table = tables.decision
        query = (
            select(table.c.request_id)
            .distinct()
            .where(table.c.member_id == self._member_id, table.c.actor == _ARCHIVE)
        )
        moved = self.part_of()
        found = self._connection.execute(query).scalars()
        return {moved.get(each, each) for each in found}

    def ties_only_of(self, source_id: int) -> int:
        """Return how many ties only one source knows."""
        mine, other = tables.tie.alias(), tables.tie.alias()
        also = select(other.c.tie_key).where(
            other.c.member_id == mine.c.member_id,
            other.c.tie_key == mine.c.tie_key,
            other.c.source_id != source_id,
        )
        query = select(func.count()).where(
            mine.c.member_id == self._member_id,
            mine.c.source_id == source_id,
            ~also.exists(),
        )
        return self._connection.execute(query).scalar_one()


class WritesForgetting(WritesBrought, ReadsHeld):
    """Taking away of sources and requests."""

    def hide_requests(self, parts: Mapping[str, str]) -> None:
        """Take requests out of sight that are part of others now.

        What was decided or said about them stays, and so does their bare id.

        Args:
            parts: Ids of the others by their ids.
        """
        self._before_writing()
        table = tables.request
        bare = {name: None for name in REQUEST_COLUMNS if name != "id"}
        for request_id, leader in parts.items():
            mine = (table.c.member_id == self._member_id, table.c.id == request_id)
            change = update(table).where(*mine).values(**bare, part_of=leader)
            self._connection.execute(change)
        # What was part of these is part of the others, too.
        for request_id, leader in parts.items():
            mine = (table.c.member_id == self._member_id, table.c.part_of == request_id)
            self._connection.execute(update(table).where(*mine).values(part_of=leader))
        self._delete_unheld(parts)

    def drop_requests(self, request_ids: Collection[str]) -> None:
        """Remove requests about which the member neither decided nor said anything."""
        self._before_writing()
        self._delete_unheld(request_ids)

    def _delete_unheld(self, request_ids: Iterable[str]) -> None:
        table = tables.request
        for chunk in in_chunks(request_ids, _ASKED_AT_ONCE):
            free = [
                table.c.id.not_in(
                    select(holding.c[column]).where(
                        holding.c.member_id == self._member_id,
                        holding.c[column].in_(chunk),
                    )
                )
                for holding, column in _holding()
            ]
            mine = (table.c.member_id == self._member_id, table.c.id.in_(chunk))
            self._connection.execute(delete(table).where(*mine, *free))

    def forget_answers(self, request_ids: Collection[str]) -> None:
        """Remove the decisions that sources show, and no member took.

        Args:
            request_ids: On which requests; those that are part of them count, too.
        """
        self._before_writing()
        table = tables.decision
        ids = {*request_ids}
        ids |= {part for part, whole in self.part_of().items() if whole in ids}
        undone = select(table.c.undoes).where(table.c.undoes.is_not(None))
        for chunk in in_chunks(ids, _ASKED_AT_ONCE):
            mine = (
                table.c.member_id == self._member_id,
                table.c.request_id.in_(chunk),
                table.c.actor == _ARCHIVE,
                table.c.id.not_in(undone),
            )
            self._connection.execute(delete(table).where(*mine))

    def forget_source(self, source_id: int) -> None:
        """Remove a source, what it said, its readings, and how far it was read.

        Its requests have to be joined again afterwards.
        """
        self._before_writing()
        source, run, skipped = tables.source, tables.import_run, tables.skipped
        runs = select(run.c.id).where(run.c.source_id == source_id)
        mark = select(source.c.mark).where(source.c.id == source_id)
        preference = tables.preference
        for query in (
            delete(skipped).where(skipped.c.run_id.in_(runs)),
            delete(run).where(run.c.source_id == source_id),
            delete(_BROUGHT).where(_BROUGHT.c.source_id == source_id),
            delete(tables.tie).where(
                tables.tie.c.member_id == self._member_id,
                tables.tie.c.source_id == source_id,
            ),
            delete(counted_mail).where(
                counted_mail.c.member_id == self._member_id,
                counted_mail.c.source_id == source_id,
            ),
            delete(tables.occasion).where(
                tables.occasion.c.member_id == self._member_id,
                tables.occasion.c.source_id == source_id,
            ),
            delete(preference).where(
                preference.c.member_id == self._member_id,
                preference.c.name == mark.scalar_subquery(),
            ),
            delete(source).where(source.c.id == source_id),
        ):
            self._connection.execute(query)
        self._forget_aliases()
        self._tell_member_again()

    def _forget_aliases(self) -> None:
        alias = tables.request_alias
        told = select(_BROUGHT.c.own_id).where(_BROUGHT.c.member_id == self._member_id)
        mine = (alias.c.member_id == self._member_id, alias.c.request_id.not_in(told))
        self._connection.execute(delete(alias).where(*mine))

    def _tell_member_again(self) -> None:
        """Make of the member what the sources left say, the one read last first."""
        source, run, member = tables.source, tables.import_run, tables.member
        latest = (
            select(run.c.source_id, func.max(run.c.id).label("run"))
            .group_by(run.c.source_id)
            .subquery()
        )
        query = (
            select(source.c.said_of_member)
            .outerjoin(latest, latest.c.source_id == source.c.id)
            .where(source.c.member_id == self._member_id)
            .order_by(func.coalesce(latest.c.run, 0))
        )
        said = self._connection.execute(query).scalars()
        facts = dict(chain.from_iterable(each.items() for each in said if each))
        whole = msgspec.to_builtins(msgspec.convert(facts, Member)) if facts else None
        mine = member.c.member_id == self._member_id
        self._connection.execute(update(member).where(mine).values(facts=whole))


def _holding() -> list[tuple[Table, str]]:
    """Return the tables whose rows speak of a request, and the column that says which.

    They are found by their foreign keys, so that a new table counts by itself.
    """
    return [
        (key.parent.table, key.parent.name)
        for table in tables.metadata.tables.values()
        for key in table.foreign_keys
        if key.column is tables.request.c.id
    ]
