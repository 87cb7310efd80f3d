"""Queries on people to meet, and on introductions that were asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from vorzimmer.meeting import MeetingStep, PersonToMeet, StepKind
from vorzimmer.model import Person
from vorzimmer.store.access import Access
from vorzimmer.store.forms import storable
from vorzimmer.store.tables import Number, UtcDateTime, metadata, number, of_member, who
from vorzimmer.ways import AskReply, IntroductionAsk, Wanted

# A request for an introduction that was sent. name, firm: whom the member would like to
# get to know. outcome: "introduced" or "refused"; none while no answer came.
introduction_ask = Table(
    "introduction_ask",
    metadata,
    number(),
    of_member(),
    *who("via"),
    Column("name", Text, nullable=False),
    Column("firm", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_id", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("outcome", Text),
    Index(None, "member_id"),
    sqlite_autoincrement=True,
)

# Somebody to get to know. remind_on: not to be reminded before.
person_to_meet = Table(
    "person_to_meet",
    metadata,
    number(),
    of_member(),
    *who("person"),
    Column("why", Text, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("remind_on", Date),
    Index(None, "member_id"),
    sqlite_autoincrement=True,
)

# What the member saw or did. text_name: what the text of a message is called.
meeting_step = Table(
    "meeting_step",
    metadata,
    number(),
    of_member(),
    Column("entry_id", Number, ForeignKey("person_to_meet.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("text_name", Text, nullable=False),
    Index(None, "entry_id"),
    sqlite_autoincrement=True,
)

_ASK, _ENTRY, _STEP = (
    introduction_ask,
    person_to_meet,
    meeting_step,
)
_FACTS = (
    *("name", "headline", "company", "position"),
    *("location", "country", "email", "profile_url"),
)


class ReadsMeeting(Access):
    """Questions about people to meet and introductions."""

    def people_to_meet(self) -> tuple[PersonToMeet, ...]:
        """Return the list, in the order in which people were put on it."""
        steps: defaultdict[int, list[MeetingStep]] = defaultdict(list)
        for row in self._meeting_rows(_STEP):
            step = MeetingStep(
                id=row["id"],
                kind=StepKind(row["kind"]),
                on=row["on"],
                words=row["words"],
                text_name=row["text_name"],
            )
            steps[row["entry_id"]].append(step)
        return tuple(
            PersonToMeet(
                id=row["id"],
                person=_person(row, "person"),
                why=row["why"],
                added_at=row["added_at"],
                remind_on=row["remind_on"],
                steps=tuple(sorted(steps[row["id"]], key=lambda s: (s.on, s.id))),
            )
            for row in self._meeting_rows(_ENTRY)
        )

    def introduction_asks(self) -> tuple[IntroductionAsk, ...]:
        """Return the requests for introductions, oldest first."""
        return tuple(
            IntroductionAsk(
                id=row["id"],
                via=_person(row, "via"),
                wanted=Wanted(row["name"], row["firm"]),
                text=row["text"],
                text_id=row["text_id"],
                asked_at=row["asked_at"],
                due_on=row["due_on"],
                answered_at=row["answered_at"],
                outcome=AskReply(row["outcome"]) if row["outcome"] else None,
            )
            for row in self._meeting_rows(_ASK)
        )

    def _meeting_rows(self, table: Table) -> list[Mapping[str, Any]]:
        query = (
            select(table)
            .where(table.c.member_id == self._member_id)
            .order_by(table.c.id)
        )
        return [dict(row) for row in self._connection.execute(query).mappings()]


class WritesMeeting(ReadsMeeting):
    """Changes to people to meet and introductions."""

    def add_person_to_meet(self, person: Person, *, why: str, at: datetime) -> int:
        """Put somebody on the list; return the number of the entry."""
        values = {"why": storable(why), "added_at": at, **_facts(person, "person")}
        return self._add_meeting(_ENTRY, values)

    def add_meeting_step(
        self, entry_id: int, kind: StepKind, *, on: date, words: str, text_name: str
    ) -> int:
        """Note what happened; return the number of the step."""
        values = {
            "entry_id": entry_id,
            "kind": kind.value,
            "on": on,
            "words": storable(words),
            "text_name": storable(text_name),
        }
        return self._add_meeting(_STEP, values)

    def put_remind_on(self, entry_id: int, day: date | None) -> bool:
        """Keep from when on to be reminded; return whether there is such an entry."""
        return self._change_meeting(_ENTRY, entry_id, {"remind_on": day})

    def remove_meeting_step(self, step_id: int) -> bool:
        """Remove a step; return whether there was one."""
        return self._remove_meeting(_STEP, step_id)

    def remove_person_to_meet(self, entry_id: int) -> bool:
        """Remove an entry with all its steps; return whether there was one."""
        self._before_writing()
        entry_id = storable(entry_id)
        mine = (_STEP.c.member_id == self._member_id, _STEP.c.entry_id == entry_id)
        self._connection.execute(delete(_STEP).where(*mine))
        return self._remove_meeting(_ENTRY, entry_id)

    def add_introduction_ask(  # noqa: PLR0913 - one for each column
        self,
        via: Person,
        wanted: Wanted,
        *,
        text: str,
        text_id: str,
        at: datetime,
        due_on: date,
    ) -> int:
        """Record a request for an introduction; return its number."""
        values = {
            **_facts(via, "via"),
            "name": storable(wanted.name),
            "firm": storable(wanted.firm),
            "text": storable(text),
            "text_id": text_id,
            "asked_at": at,
            "due_on": due_on,
        }
        return self._add_meeting(_ASK, values)

    def answer_introduction_ask(
        self, ask_id: int, outcome: AskReply | None, *, at: datetime
    ) -> bool:
        """Record what was answered, or take it back; say whether there is such a one.

        Args:
            ask_id: Which.
            outcome: The answer; ``None`` takes an earlier one back.
            at: When it came.
        """
        values = {
            "outcome": outcome.value if outcome else None,
            "answered_at": at if outcome else None,
        }
        return self._change_meeting(_ASK, ask_id, values)

    def remove_introduction_ask(self, ask_id: int) -> bool:
        """Remove a request for an introduction; return whether there was one."""
        return self._remove_meeting(_ASK, ask_id)

    def forget_to_meet(self, is_meant: Callable[[Person], bool]) -> int:
        """Remove everything on some people; return how many entries and requests.

        Args:
            is_meant: Says of a person whether to remove it; asked for people to meet,
                for who was asked, and for the name of whom was asked for.
        """
        entries = [each.id for each in self.people_to_meet() if is_meant(each.person)]
        asks = [
            ask.id
            for ask in self.introduction_asks()
            if is_meant(ask.via)
            or (
                ask.wanted.name
                and is_meant(
                    Person(name=ask.wanted.name, company=ask.wanted.firm or None)
                )
            )
        ]
        for entry_id in entries:
            self.remove_person_to_meet(entry_id)
        for ask_id in asks:
            self.remove_introduction_ask(ask_id)
        return len(entries) + len(asks)

    def _add_meeting(self, table: Table, values: Mapping[str, Any]) -> int:
        self._before_writing()
        row = {"member_id": self._member_id, **values}
        made = self._connection.execute(insert(table).returning(table.c.id), row)
        number: int = made.scalar_one()
        return number

    def _change_meeting(
        self, table: Table, number: int, values: Mapping[str, Any]
    ) -> bool:
        self._before_writing()
        mine = (table.c.member_id == self._member_id, table.c.id == storable(number))
        done = self._connection.execute(update(table).where(*mine).values(**values))
        return done.rowcount > 0

    def _remove_meeting(self, table: Table, number: int) -> bool:
        self._before_writing()
        mine = (table.c.member_id == self._member_id, table.c.id == storable(number))
        return self._connection.execute(delete(table).where(*mine)).rowcount > 0


def _person(row: Mapping[str, Any], prefix: str) -> Person:
    return Person(**{name: row[f"{prefix}_{name}"] for name in _FACTS})


def _facts(person: Person, prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}_{name}": storable(value) if value is not None else None
        for name in _FACTS
        for value in [getattr(person, name)]
    }
