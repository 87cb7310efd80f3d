"""Queries on the member and on contact requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any

import msgspec
from sqlalchemy import Select, select, update

from vorzimmer.errors import StoreError
from vorzimmer.model import PERSON_FACTS, Channel, ContactRequest, Member, Person, say
from vorzimmer.store import tables
from vorzimmer.store.access import Access, in_chunks
from vorzimmer.store.forms import storable, storables

# Ids in one question; every database takes this many.
_ASKED_AT_ONCE = 1_000

_MEMBER_DAMAGED = say(
    "What the database holds about you is damaged. Put your last backup in its place,"
    " or move the file away and import your archive again."
)

_OWN_FACTS = tuple(
    each.name for each in fields(ContactRequest) if each.name != "sender"
)
REQUEST_COLUMNS = (*_OWN_FACTS, *(f"sender_{name}" for name in PERSON_FACTS))
"""Names of the columns that hold what is known of a request."""
_CHANNELS: dict[str | None, Channel | None] = {each.value: each for each in Channel}
_CHANNELS[None] = None
_own_facts = attrgetter(*_OWN_FACTS)
_sender_facts = attrgetter(*PERSON_FACTS)


class ReadsRequests(Access):
    """Questions about the member and the requests."""

    def member(self) -> Member | None:
        """Return the member's own facts, ``None`` before the first import."""
        return self._once(("member",), self._member)

    def _member(self) -> Member | None:
        table = tables.member
        query = select(table.c.facts).where(table.c.member_id == self._member_id)
        facts = self._connection.execute(query).scalar()
        if facts is None:
            return None
        try:
            return msgspec.convert(facts, Member)
        except msgspec.ValidationError as error:
            raise StoreError(_MEMBER_DAMAGED) from error

    def requests(self) -> list[ContactRequest]:
        """Return the requests, newest first; those without a date come last."""
        table = tables.request
        query = self._all_requests().order_by(
            table.c.sent_at.desc().nulls_last(), table.c.id
        )
        return [request_of(row) for row in self._connection.execute(query)]

    def request(self, request_id: str) -> ContactRequest | None:
        """Return one request, ``None`` when there is no such one."""
        query = self._all_requests().where(tables.request.c.id == request_id)
        row = self._connection.execute(query).first()
        return request_of(row) if row else None

    def arrived_after(self, moment: datetime) -> set[str]:
        """Return the ids of the requests that first came in after a moment."""
        table = tables.request
        query = select(table.c.id).where(
            table.c.member_id == self._member_id, table.c.arrived_at > moment
        )
        return set(self._connection.execute(query).scalars())

    def _all_requests(self) -> Select[Any]:
        table = tables.request
        return select(*(table.c[name] for name in REQUEST_COLUMNS)).where(
            table.c.member_id == self._member_id, table.c.part_of.is_(None)
        )


class WritesRequests(ReadsRequests):
    """Changes to the member and the requests."""

    def put_member(self, member: Member) -> bool:
        """Keep what is known of the member; say whether that changed anything.

        What is empty in ``member`` is not known, and leaves the known as it is.
        """
        known = self.member()
        merged = member
        if known:
            news = {
                each.name: getattr(member, each.name)
                for each in fields(Member)
                if getattr(member, each.name)
            }
            merged = replace(known, **news)
        if merged == known:
            return False
        self._before_writing()
        change = (
            tables.member.update()
            .where(tables.member.c.member_id == self._member_id)
            .values(facts=msgspec.to_builtins(merged))
        )
        self._connection.execute(change)
        return True

    def put_requests(
        self, requests: Iterable[ContactRequest], *, is_whole: bool = False
    ) -> tuple[int, int]:
        """Keep requests; return how many are new and how many have changed.

        A fresher known value wins over an older one, an unknown value (``None``)
        over none. Decisions on a request stay.

        Args:
            requests: What is known of them.
            is_whole: Whether that is all that is known, so that an unknown value
                stands for itself.
        """
        new = updated = 0
        self._before_writing()
        for chunk in in_chunks(requests, _ASKED_AT_ONCE):
            before = self._rows({storable(each.id) for each in chunk})
            after = dict(before)
            for each in chunk:
                row = request_row(each)
                old = None if is_whole else after.get(row["id"])
                after[row["id"]] = joined_row(old, row)
            changed = [row for key, row in after.items() if row != before.get(key)]
            new += len(after) - len(before)
            updated += sum(row["id"] in before for row in changed)
            self._write(changed)
        return new, updated

    def note_arrivals(self, at: datetime) -> None:
        """Keep when requests came in of which that is not kept yet.

        Args:
            at: When, aware.
        """
        table = tables.request
        new = (table.c.member_id == self._member_id, table.c.arrived_at.is_(None))
        self._before_writing()
        self._connection.execute(update(table).where(*new).values(arrived_at=at))

    def _rows(self, ids: set[Any]) -> dict[str, dict[str, Any]]:
        query = self._all_requests().where(tables.request.c.id.in_(ids))
        return {
            row.id: dict(zip(REQUEST_COLUMNS, row, strict=True))
            for row in self._connection.execute(query)
        }

    def _write(self, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        table = tables.request
        insert = self._upsert(table)
        upsert = insert.on_conflict_do_update(
            index_elements=["member_id", "id"],
            set_={
                name: insert.excluded[name]
                for name in (*REQUEST_COLUMNS, "part_of")
                if name != "id"
            },
        )
        values = itemgetter(*(column.name for column in table.c))
        more = {"member_id": self._member_id, "part_of": None, "arrived_at": None}
        mine = ({**row, **more} for row in rows)
        self._put_rows(table, upsert, map(values, mine))


def request_row(request: ContactRequest) -> dict[str, Any]:
    """Return a request as a row of the table, by name of the column."""
    values = (*_own_facts(request), *_sender_facts(request.sender))
    return dict(zip(REQUEST_COLUMNS, storables(values), strict=True))


def joined_row(old: dict[str, Any] | None, new: dict[str, Any]) -> dict[str, Any]:
    """Return what is known with both rows; a known value of the new one wins."""
    if old is None:
        return new
    return {name: old[name] if value is None else value for name, value in new.items()}


def request_of(row: Sequence[Any]) -> ContactRequest:
    """Return the request of a row whose columns are ``REQUEST_COLUMNS``."""
    own = dict(zip(_OWN_FACTS, row, strict=False))
    own["channel"] = _CHANNELS[own["channel"]]
    facts = zip(PERSON_FACTS, row[len(_OWN_FACTS) :], strict=True)
    return ContactRequest(**own, sender=Person(**dict(facts)))
