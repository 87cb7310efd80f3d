"""Queries on what happened to requests, on questions sent, and on actions under way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Row,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from vorzimmer.acting import UNDER_WAY, Acting, Progress
from vorzimmer.asking import Ask
from vorzimmer.errors import UndoError
from vorzimmer.model import Action, Kind, say
from vorzimmer.reactions import Event, Happening
from vorzimmer.store import tables
from vorzimmer.store.access import MINE, Access
from vorzimmer.store.decisions import UNDONE
from vorzimmer.store.forms import sentence_from, slots_to_json, storable
from vorzimmer.store.tables import Number, UtcDateTime


def _of_request(*, owns_key: bool = False) -> list[Any]:
    return [
        tables.of_member(primary_key=owns_key),
        Column("request_id", Text, nullable=False),
        ForeignKeyConstraint(
            ["member_id", "request_id"], ["request.member_id", "request.id"]
        ),
        Index(None, "member_id", "request_id"),
    ]


# Append-only: a trigger refuses to change or remove a row. key: what is learned
# twice is kept once; an undoing has none.
request_event = Table(
    "request_event",
    tables.metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    *_of_request(),
    Column("what", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("after_decision", Number, nullable=False),
    Column("actor", Text, nullable=False),
    Column("key", Text),
    Column("undoes", Number, ForeignKey("request_event.id")),
    Column("clause", Text),
    UniqueConstraint("undoes"),
    UniqueConstraint("member_id", "request_id", "key"),
    sqlite_autoincrement=True,
)

# due_on may be moved; all else stays as it was sent.
ask = Table(
    "ask",
    tables.metadata,
    Column(
        "decision_id",
        Number,
        ForeignKey("decision.id"),
        primary_key=True,
        autoincrement=False,
    ),
    *_of_request(),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_id", Text, nullable=False),
    Column("kind", Text),
    Column("language", Text, nullable=False),
    Column("address", Text, nullable=False),
)

# What is begun on a network and not yet recorded as a decision, and what became of it.
acting = Table(
    "acting",
    tables.metadata,
    *_of_request(owns_key=True),
    Column("key", Text, primary_key=True),
    Column("action", Text, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    *(
        Column(name, Text, nullable=False)
        for name in ("text", "text_id", "language", "address", "note", "progress")
    ),
    Column("tries", BigInteger, nullable=False),
    Column("problem", JSON(none_as_null=True)),
    Column("decision_id", Number),
)
_EVENT = [column for column in request_event.c if column.name != "member_id"]
_ASK = [column for column in ask.c if column.name != "member_id"]
_ACTING = [column for column in acting.c if column.name != "member_id"]
_EVENTS = (
    select(*_EVENT)
    .where(request_event.c.member_id == MINE)
    .order_by(request_event.c.id)
)
_ASKS = (
    select(*_ASK)
    .where(ask.c.member_id == MINE, ask.c.decision_id.not_in(UNDONE))
    .order_by(ask.c.decision_id)
)
_ACTINGS = (
    select(*_ACTING)
    .where(acting.c.member_id == MINE)
    .order_by(acting.c.begun_at, acting.c.key)
)
_ACTINGS_UNDER_WAY = _ACTINGS.where(
    acting.c.progress.in_([each.value for each in UNDER_WAY])
)


class ReadsReactions(Access):
    """Questions about events, questions sent, and actions under way."""

    def events(self, request_id: str | None = None) -> list[Event]:
        """Return what happened, in order, what was taken back too.

        Args:
            request_id: To which request; ``None`` is to all.
        """
        query = _EVENTS
        if request_id is not None:
            query = query.where(request_event.c.request_id == request_id)
        return [_event(row) for row in self._own_rows(query)]

    def standing_events(self) -> dict[str, tuple[Event, ...]]:
        """Return what happened and was not taken back, by id of the request.

        What happened to a request that is part of another now counts for that one.
        """
        moved = self.part_of()
        found: dict[str, list[Event]] = defaultdict(list)
        events = self.events()
        undone = {each.undoes for each in events}
        for each in events:
            if each.undoes is None and each.id not in undone:
                found[moved.get(each.request_id, each.request_id)].append(each)
        return {key: tuple(each) for key, each in found.items()}

    def asks(self) -> list[Ask]:
        """Return the questions whose asking was not undone, in order."""
        moved = self.part_of()
        asked = map(_ask, self._own_rows(_ASKS))
        return [
            replace(each, request_id=moved.get(each.request_id, each.request_id))
            for each in asked
        ]

    def actings_under_way(self) -> list[Acting]:
        """Return what is begun and neither done nor cancelled, oldest first."""
        return list(self._kept(("actings_under_way",), self._actings_under_way))

    def _actings_under_way(self) -> list[Acting]:
        return [_acting(row) for row in self._own_rows(_ACTINGS_UNDER_WAY)]

    def acting(self, key: str) -> Acting | None:
        """Return what was begun under a key; ``None``: nothing was."""
        row = self._own_rows(_ACTINGS.where(acting.c.key == storable(key))).first()
        return None if row is None else _acting(row)


class WritesReactions(ReadsReactions):
    """Adding of events and questions, and of what becomes of them."""

    def add_event(  # noqa: PLR0913 - the facts of an event, each by its name
        self,
        request_id: str,
        what: Happening,
        *,
        at: datetime,
        actor: str,
        clause: str,
        key: str,
    ) -> bool:
        """Add what happened to a request; return whether it was not known yet.

        Args:
            request_id: To which.
            what: What happened.
            at: When, aware.
            actor: ``"member"`` or ``"archive"``.
            clause: By which rule it counts.
            key: Tells it from what else may happen to this request; what was taken
                back under a key does not come again under it.
        """
        row = {
            "member_id": self._member_id,
            "request_id": storable(request_id),
            "what": what.value,
            "at": at,
            "after_decision": self._newest_decision(),
            "actor": actor,
            "clause": storable(clause),
            "key": storable(key),
        }
        self._before_writing()
        upsert = self._upsert(request_event).values(row)
        upsert = upsert.on_conflict_do_nothing(
            index_elements=["member_id", "request_id", "key"]
        )
        return self._connection.execute(upsert).rowcount == 1

    def take_event_back(self, event_id: int, *, at: datetime) -> Event:
        """Take back what was said to have happened; the record keeps both.

        Args:
            event_id: Which.
            at: When it is taken back, aware.

        Raises:
            UndoError: There is none, or it was taken back already.
        """
        events = self.events()
        known = {each.id: each for each in events if each.undoes is None}
        undone = {each.undoes for each in events}
        if event_id not in known or event_id in undone:
            raise UndoError(say("There is nothing here to take back any more."))
        taken = known[event_id]
        row = {
            "member_id": self._member_id,
            "request_id": taken.request_id,
            "what": taken.what.value,
            "at": at,
            "after_decision": self._newest_decision(),
            "actor": "member",
            "undoes": event_id,
        }
        self._before_writing()
        self._connection.execute(insert(request_event), row)
        return taken

    def add_asks(self, asks: Iterable[Ask]) -> None:
        """Keep what was asked."""
        rows = [
            {name: storable(value) for name, value in asdict(each).items()}
            | {"member_id": self._member_id}
            | {"kind": None if each.kind is None else each.kind.value}
            for each in asks
        ]
        if rows:
            self._before_writing()
            self._connection.execute(insert(ask), rows)

    def move_due(self, decision_id: int, due_on: date) -> bool:
        """Move the day from which on silence counts; return whether there is such."""
        self._before_writing()
        asking = ask.c.decision_id == storable(decision_id)
        mine = (ask.c.member_id == self._member_id, asking)
        moved = self._connection.execute(update(ask).where(*mine).values(due_on=due_on))
        return moved.rowcount == 1

    def put_acting(self, each: Acting) -> None:
        """Keep how far an action on a network is."""
        problem = each.problem
        row = {
            **{name: storable(value) for name, value in asdict(each).items()},
            "member_id": self._member_id,
            "action": each.action.value,
            "progress": each.progress.value,
            "problem": problem and [problem.template, slots_to_json(problem.slots)],
        }
        self._before_writing()
        upsert = self._upsert(acting).values(row)
        changing = [each for each in row if each not in {"member_id", "key"}]
        self._connection.execute(
            upsert.on_conflict_do_update(
                index_elements=["member_id", "key"],
                set_={name: upsert.excluded[name] for name in changing},
            )
        )

    def _newest_decision(self) -> int:
        mine = tables.decision.c.member_id == self._member_id
        query = select(func.max(tables.decision.c.id)).where(mine)
        return self._connection.execute(query).scalar() or 0


def _event(row: Row[Any]) -> Event:
    found = Event(**row._mapping)  # noqa: SLF001 - the documented way to a row as dict
    return replace(found, what=Happening(found.what), clause=found.clause or "")


def _ask(row: Row[Any]) -> Ask:
    found = Ask(**row._mapping)  # noqa: SLF001 - the documented way to a row as dict
    return replace(found, kind=found.kind and Kind(found.kind))


def _acting(row: Row[Any]) -> Acting:
    found = Acting(**row._mapping)  # noqa: SLF001 - the documented way to a row as dict
    problem: Any = found.problem
    return replace(
        found,
        action=Action(found.action),
        progress=Progress(found.progress),
        problem=sentence_from(*problem) if problem else None,
    )
