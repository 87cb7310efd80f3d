"""Queries on sources, and on what each of them says of requests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, insert, select, update

from vorzimmer.intake.joining import Contribution, keys_of
from vorzimmer.model import ContactRequest, Member
from vorzimmer.store import tables
from vorzimmer.store.access import MINE, Access, in_chunks
from vorzimmer.store.forms import storable
from vorzimmer.store.requests import (
    REQUEST_COLUMNS,
    joined_row,
    request_of,
    request_row,
)

EARLIER = "earlier"
"""The name of the source of all that came before sources were written down."""

KEPT = "kept"
"""The name of the source of what stays, since the member decided about it."""

_SOURCE = tables.source
_BROUGHT = tables.brought_request
_DECODER = msgspec.json.Decoder(dict[str, Any])
_ENCODER = msgspec.json.Encoder()
_ASKED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A source out of which something was read.

    Attributes:
        name: Of the importer, or of several joined by ``+``.
        label: The file or mailbox.
        mark: Under which preference stands how far it was read; ``None`` is nowhere.
        read_at: When it was read last; ``None`` where nobody wrote it down.
    """

    id: int
    name: str
    label: str
    mark: str | None = None
    read_at: datetime | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of its importers."""
        return tuple(self.name.split("+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a source says of one request.

    Attributes:
        said_at: Of which moment it speaks, aware; ``None`` where it does not say.
        has_past: Whether it shows that the request was answered.
    """

    request: ContactRequest
    said_at: datetime | None = None
    has_past: bool = False


_TOLD = ("source_id", "run_id", "own_id", "said_at", "facts")
_SOURCES = (
    select(*(_SOURCE.c[name] for name in StoredSource.__slots__))
    .where(_SOURCE.c.member_id == MINE)
    .order_by(_SOURCE.c.id)
)
_CONTRIBUTIONS = select(*(_BROUGHT.c[name] for name in _TOLD)).where(
    _BROUGHT.c.member_id == MINE
)
_OF_REQUEST = _CONTRIBUTIONS.where(_BROUGHT.c.request_id == bindparam("request_id"))


class ReadsBrought(Access):
    """Questions about sources."""

    def sources(self) -> list[StoredSource]:
        """Return the sources, in the order in which they were first read."""
        return list(self._kept(("sources",), self._sources))

    def _sources(self) -> list[StoredSource]:
        return [StoredSource(**row) for row in self._own_rows(_SOURCES).mappings()]

    def contributions(
        self,
        telling_apart: Collection[int],
        *,
        own_ids: Iterable[str] | None = None,
        request_id: str | None = None,
    ) -> list[Contribution]:
        """Return what the sources say of requests.

        Args:
            telling_apart: Sources that surely tell their own requests apart.
            own_ids: The ids of these in their sources; ``None`` is all.
            request_id: Of which request; ``None`` is of all.
        """
        asked: dict[str, Any] = {"member_id": self._member_id}
        query = _CONTRIBUTIONS
        if request_id is not None:
            query, asked["request_id"] = _OF_REQUEST, request_id
        queries = [query]
        if own_ids is not None:
            queries = [
                query.where(_BROUGHT.c.own_id.in_(chunk))
                for chunk in in_chunks(own_ids, _ASKED_AT_ONCE)
            ]
        return [
            Contribution(
                source=source,
                run=run,
                request=_request_from(own_id, facts),
                said_at=said_at,
                has_own_ids=source in telling_apart,
            )
            for each in queries
            for row in self._connection.execute(each, asked)
            for source, run, own_id, said_at, facts in [row]
        ]

    def request_ids(self) -> dict[str, str]:
        """Return of which request each is a part, by its id in its source."""
        query = select(_BROUGHT.c.own_id, _BROUGHT.c.request_id).where(
            _BROUGHT.c.member_id == self._member_id
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def links(self) -> list[tuple[str, str, str]]:
        """Return by what requests are found that may be one, as ``neighbours`` wants.

        These are an id in a source, and with it a key of address and one of name.
        """
        query = select(
            _BROUGHT.c.own_id, _BROUGHT.c.address_key, _BROUGHT.c.name_key
        ).where(_BROUGHT.c.member_id == self._member_id)
        return [
            (own_id, address and f"a {address}", name and f"n {name}")
            for own_id, address, name in self._connection.execute(query)
        ]

    def brought_counts(self) -> dict[int, tuple[int, int]]:
        """Return how many requests and ties each source speaks of, by its number."""
        counts: dict[int, tuple[int, int]] = {}
        for place, table in enumerate((_BROUGHT, tables.tie)):
            query = (
                select(table.c.source_id, func.count())
                .where(table.c.member_id == self._member_id)
                .group_by(table.c.source_id)
            )
            for source, count in self._connection.execute(query):
                known = counts.get(source, (0, 0))
                counts[source] = (count, known[1]) if place == 0 else (known[0], count)
        return counts


class WritesBrought(ReadsBrought):
    """Changes to sources, and to what they say of requests."""

    def put_source(
        self,
        name: str,
        label: str,
        *,
        mark: str | None = None,
        read_at: datetime | None = None,
    ) -> int:
        """Return the number of a source, which is added when it is new.

        Args:
            name: Of the importer, or of several joined by ``+``.
            label: The file or mailbox.
            mark: Under which preference stands how far it was read; ``None`` leaves
                what is known.
            read_at: When, aware; ``None`` leaves what is known.
        """
        self._before_writing()
        known = {"name": storable(name), "label": storable(label)}
        mine = (_SOURCE.c.member_id == self._member_id,)
        mine += tuple(_SOURCE.c[key] == value for key, value in known.items())
        number = self._connection.execute(select(_SOURCE.c.id).where(*mine)).scalar()
        news = {"mark": mark, "read_at": read_at}
        news = {key: value for key, value in news.items() if value is not None}
        if number is None:
            query = insert(_SOURCE).returning(_SOURCE.c.id)
            row = {"member_id": self._member_id, **known, **news}
            return int(self._connection.execute(query, row).scalar_one())
        if news:
            self._connection.execute(update(_SOURCE).where(*mine).values(**news))
        return int(number)

    def put_said_of_member(self, source_id: int, member: Member) -> None:
        """Keep what a source says of the member; what is empty changes nothing."""
        said = {key: each for key, each in msgspec.to_builtins(member).items() if each}
        if not said:
            return
        self._before_writing()
        mine = _SOURCE.c.id == source_id
        query = select(_SOURCE.c.said_of_member).where(mine)
        known = self._connection.execute(query).scalar() or {}
        if known | said != known:
            change = update(_SOURCE).where(mine)
            self._connection.execute(change.values(said_of_member=known | said))

    def bring_requests(
        self,
        source_id: int,
        told: Iterable[Told],
        *,
        run_id: int,
        read_at: datetime,
        has_own_ids: bool,
    ) -> dict[str, Contribution]:
        """Keep what a source says of requests; return what is new, by its id there.

        What the source said before is joined with it. The moment of what it only
        repeats stays, unless it says of which moment it speaks, so that reading it
        again makes nothing fresher than it is.

        Args:
            source_id: Which source.
            told: What it says.
            run_id: Of the reading.
            read_at: When it was read, aware; no source speaks of later.
            has_own_ids: Whether the source surely tells its own requests apart.
        """
        self._before_writing()
        news: dict[str, Contribution] = {}
        for chunk in in_chunks(told, _ASKED_AT_ONCE):
            known = self._known(
                source_id, {storable(each.request.id) for each in chunk}
            )
            rows = dict(known)
            for each in chunk:
                row = _brought(each, rows, read_at)
                rows[row.request["id"]] = row
            changed = {key: row for key, row in rows.items() if row != known.get(key)}
            self._put_brought(source_id, changed, run_id)
            self._tell_run(source_id, rows.keys() - changed.keys(), run_id)
            for key, row in changed.items():
                news[key] = Contribution(
                    source=source_id,
                    run=run_id,
                    request=row.whole or request_of(list(row.request.values())),
                    said_at=row.said_at,
                    has_own_ids=has_own_ids,
                )
        return news

    def left_behind(self, source_id: int, run_id: int) -> set[str]:
        """Return what the source said before, and not in this reading any more."""
        query = select(_BROUGHT.c.own_id).where(
            _BROUGHT.c.source_id == source_id, _BROUGHT.c.run_id != run_id
        )
        return set(self._connection.execute(query).scalars())

    def put_request_ids(self, changed: Mapping[str, str]) -> None:
        """Keep of which requests some are parts, by their ids in their sources."""
        self._before_writing()
        for own_id, request_id in changed.items():
            mine = (
                _BROUGHT.c.member_id == self._member_id,
                _BROUGHT.c.own_id == own_id,
            )
            change = update(_BROUGHT).where(*mine).values(request_id=request_id)
            self._connection.execute(change)

    def _known(self, source_id: int, own_ids: set[Any]) -> dict[str, _Brought]:
        names = ("own_id", "facts", "said_at", "has_past")
        query = select(*(_BROUGHT.c[name] for name in names)).where(
            _BROUGHT.c.source_id == source_id, _BROUGHT.c.own_id.in_(own_ids)
        )
        return {
            own_id: _Brought(
                request_row(_request_from(own_id, facts)), said_at, has_past
            )
            for own_id, facts, said_at, has_past in self._connection.execute(query)
        }

    def _put_brought(
        self, source_id: int, rows: Mapping[str, _Brought], run_id: int
    ) -> None:
        insert_ = self._upsert(_BROUGHT)
        same = {"member_id", "source_id", "own_id", "request_id"}
        news = [each.name for each in _BROUGHT.c if each.name not in same]
        upsert = insert_.on_conflict_do_update(
            index_elements=["source_id", "own_id"],
            set_={name: insert_.excluded[name] for name in news},
        )
        values = (
            (
                self._member_id,
                source_id,
                own_id,
                own_id,
                run_id,
                row.said_at,
                *keys_of(row.request["sender_name"], row.request["sender_profile_url"]),
                row.has_past,
                _facts(row.request),
            )
            for own_id, row in rows.items()
        )
        self._put_rows(_BROUGHT, upsert, values)

    def _tell_run(self, source_id: int, own_ids: Iterable[str], run_id: int) -> None:
        for chunk in in_chunks(own_ids, _ASKED_AT_ONCE):
            change = update(_BROUGHT).where(
                _BROUGHT.c.source_id == source_id, _BROUGHT.c.own_id.in_(chunk)
            )
            self._connection.execute(change.values(run_id=run_id))


@dataclass(frozen=True, slots=True)
class _Brought:
    """What a source says of one request, as a row of the requests has it.

    Attributes:
        whole: The same, where it is at hand.
    """

    request: dict[str, Any]
    said_at: datetime
    has_past: bool
    whole: ContactRequest | None = field(default=None, compare=False)


def _brought(told: Told, known: Mapping[str, _Brought], read_at: datetime) -> _Brought:
    row = request_row(told.request)
    before = known.get(row["id"])
    # Nobody speaks of what is still to come; such a moment says nothing.
    is_told = told.said_at is not None and told.said_at <= read_at
    said_at = told.said_at if told.said_at and is_told else read_at
    if before is None:
        whole = told.request if row["id"] == told.request.id else None
        return _Brought(row, said_at, told.has_past, whole)
    row = joined_row(before.request, row)
    if row == before.request and not is_told:
        said_at = before.said_at
    said_at = max(said_at, before.said_at)
    return _Brought(row, said_at, told.has_past or before.has_past)


def _facts(row: Mapping[str, Any]) -> str:
    known = {
        name: value for name, value in row.items() if value is not None and name != "id"
    }
    return _ENCODER.encode(known).decode()


def _request_from(own_id: str, facts: str) -> ContactRequest:
    known = _DECODER.decode(facts)
    if "sent_at" in known:
        known["sent_at"] = datetime.fromisoformat(known["sent_at"])
    if "sender_created_on" in known:
        known["sender_created_on"] = date.fromisoformat(known["sender_created_on"])
    known["id"] = own_id
    return request_of([known.get(name) for name in REQUEST_COLUMNS])
