"""Queries on what came after requests: later messages, habits, what was settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, delete, func, select

from vorzimmer.habits import Habit
from vorzimmer.intake.voices import MOST_KEPT, LaterMessage
from vorzimmer.model import Channel, Person
from vorzimmer.store import tables
from vorzimmer.store.access import MINE, Access, in_chunks
from vorzimmer.store.forms import storable, storables

_WHO = ("name", "headline", "company", "position", "profile_url", "email")
_facts_of = attrgetter(*_WHO)
_MESSAGE = tables.later_message


_MESSAGES = (
    select(_MESSAGE)
    .where(_MESSAGE.c.member_id == MINE)
    .order_by(_MESSAGE.c.sent_at, _MESSAGE.c.id)
)
_SETTLED = select(tables.settled.c.subject, tables.settled.c.at).where(
    tables.settled.c.member_id == MINE
)
_OF_WRITER = _MESSAGES.where(_MESSAGE.c.writer == bindparam("writer"))


class ReadsSequels(Access):
    """Questions about what came after requests."""

    def later_messages(self, writer: str | None = None) -> list[LaterMessage]:
        """Return the later messages that are kept, the earliest first.

        Args:
            writer: By whom, as ``people.identity`` says it; ``None`` is by all.
        """
        asked: dict[str, Any] = {"member_id": self._member_id}
        query = _MESSAGES
        if writer is not None:
            query, asked["writer"] = _OF_WRITER, writer
        return [
            LaterMessage(
                id=row.id,
                writer=row.writer,
                person=_person(row),
                text=row.text,
                sent_at=row.sent_at,
                network=row.network,
                channel=Channel(row.channel),
                is_unlike=row.is_unlike,
            )
            for row in self._connection.execute(query, asked)
        ]

    def habits(self) -> dict[str, Habit]:
        """Return how people usually write, by ``people.identity``."""
        table = tables.habit
        query = (
            select(table.c.writer, table.c.numbers)
            .where(table.c.member_id == self._member_id)
            .order_by(table.c.writer)
        )
        return {
            writer: msgspec.convert(numbers, Habit)
            for writer, numbers in self._connection.execute(query)
        }

    def settled(self) -> Mapping[str, datetime]:
        """Return what the member said is well, and when, by subject."""
        return self._kept(("settled",), self._settled)

    def _settled(self) -> dict[str, datetime]:
        return {row.subject: row.at for row in self._own_rows(_SETTLED)}


def _person(row: Row[Any]) -> Person:
    return Person(**{each: getattr(row, f"person_{each}") for each in _WHO})


class WritesSequels(ReadsSequels):
    """Changes to what came after requests."""

    def put_later_messages(self, messages: Iterable[LaterMessage]) -> int:
        """Keep messages; of each person the first eight and the last eight.

        Returns:
            How many were not there before.
        """
        before = self._message_count()
        self._before_writing()
        insert = self._upsert(_MESSAGE)
        upsert = insert.on_conflict_do_nothing(index_elements=["member_id", "id"])
        self._put_rows(_MESSAGE, upsert, map(self._message_row, messages))
        self._drop_the_middle()
        return self._message_count() - before

    def put_habits(self, habits: Mapping[str, Habit]) -> None:
        """Keep how people write; what rests on more messages wins."""
        known = self.habits()
        news = {
            writer: habit
            for writer, habit in habits.items()
            if writer not in known or habit.count > known[writer].count
        }
        for chunk in in_chunks(news.items()):
            self._before_writing()
            insert = self._upsert(tables.habit)
            upsert = insert.on_conflict_do_update(
                index_elements=["member_id", "writer"],
                set_={"numbers": insert.excluded.numbers},
            )
            rows = [
                {
                    "member_id": self._member_id,
                    "writer": storable(writer),
                    "numbers": asdict(habit),
                }
                for writer, habit in chunk
            ]
            self._connection.execute(upsert, rows)

    def settle(self, subject: str, *, at: datetime) -> None:
        """Keep that the member looked at it, and all is well.

        Args:
            subject: A request, or a person.
            at: When, aware.
        """
        self._before_writing()
        insert = self._upsert(tables.settled)
        upsert = insert.on_conflict_do_update(
            index_elements=["member_id", "subject"], set_={"at": insert.excluded.at}
        )
        row = {"member_id": self._member_id, "subject": storable(subject), "at": at}
        self._connection.execute(upsert, row)

    def unsettle(self, subject: str) -> bool:
        """Take that back; return whether it was said at all."""
        self._before_writing()
        table = tables.settled
        gone = delete(table).where(
            table.c.member_id == self._member_id, table.c.subject == subject
        )
        return bool(self._connection.execute(gone).rowcount)

    def _message_count(self) -> int:
        query = select(func.count()).where(_MESSAGE.c.member_id == self._member_id)
        return self._connection.execute(query).scalar_one()

    def _message_row(self, message: LaterMessage) -> tuple[Any, ...]:
        return (
            self._member_id,
            message.id,
            storable(message.writer),
            storable(message.text),
            message.sent_at,
            storable(message.network),
            message.channel.value,
            message.is_unlike,
            *storables(_facts_of(message.person)),
        )

    def _drop_the_middle(self) -> None:
        mine = _MESSAGE.c.member_id == self._member_id
        many = (
            select(_MESSAGE.c.writer)
            .where(mine)
            .group_by(_MESSAGE.c.writer)
            .having(func.count() > 2 * MOST_KEPT)
        )
        for writer in self._connection.execute(many).scalars().all():
            query = (
                select(_MESSAGE.c.id)
                .where(mine, _MESSAGE.c.writer == writer)
                .order_by(_MESSAGE.c.sent_at, _MESSAGE.c.id)
            )
            ids = self._connection.execute(query).scalars().all()
            dropped = ids[MOST_KEPT:-MOST_KEPT]
            for chunk in in_chunks(dropped, 500):
                gone = delete(_MESSAGE).where(mine, _MESSAGE.c.id.in_(chunk))
                self._connection.execute(gone)
