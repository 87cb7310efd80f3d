"""Queries on ties: how the member knows people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from vorzimmer.model import Person, Tie, TieKind
from vorzimmer.store import tables
from vorzimmer.store.access import Access
from vorzimmer.store.forms import storable, storables

# What tells who somebody is; the state of the account is no part of a tie.
_FACTS = tuple(
    column.name.removeprefix("person_")
    for column in tables.tie.c
    if column.name.startswith("person_")
)
_facts_of = attrgetter(*_FACTS)
_OWN = ("kind", "since", "until", "count", "detail")
_PERSON_AT = 1 + len(_OWN)
_KINDS = {each.value: each for each in TieKind}
_WHO = [tables.tie.c[f"person_{name}"] for name in _FACTS]


class ReadsTies(Access):
    """Questions about ties."""

    def ties(self) -> list[Tie]:
        """Return all ties of the member, in an order that stays the same.

        What several sources know of one tie is joined: the earliest ``since``, the
        latest ``until``, the highest ``count``; of the person, what the source says
        that was met last, as far as it knows.
        """
        table = tables.tie
        query = (
            select(table.c.tie_key, *(table.c[name] for name in _OWN), *_WHO)
            .where(table.c.member_id == self._member_id)
            .order_by(table.c.tie_key, table.c.source_id)
        )
        found: list[Tie] = []
        people: dict[tuple[str | None, ...], Person] = {}
        last = ""
        for row in self._connection.execute(query):
            key, own, facts = row[0], row[1:_PERSON_AT], row[_PERSON_AT:]
            person = people.get(facts)
            if person is None:  # most have several ties, and are kept once
                person = Person(**dict(zip(_FACTS, facts, strict=True)))
                people[facts] = person
            each = _tie(own, person)
            if key == last:
                found[-1] = _joined(found[-1], each)
            else:
                found.append(each)
            last = key
        return found

    def _tie_count(self) -> int:
        table = tables.tie
        query = select(func.count(table.c.tie_key.distinct())).where(
            table.c.member_id == self._member_id
        )
        return self._connection.execute(query).scalar_one()


class WritesTies(ReadsTies):
    """Changes to ties."""

    def put_ties(
        self, ties: Iterable[Tie], *, source_id: int = 0, is_added: bool = False
    ) -> int:
        """Keep ties; return how many are new.

        A tie is known by its person, kind and detail. What the source said of it is
        joined with what comes: the earlier ``since``, the later ``until``, the higher
        ``count``; of the person, a fresher known fact wins over an older one. Kept
        of the person are the words that tell who it is, name to profile address.

        Args:
            ties: As the source tells of them.
            source_id: Which source; 0 where nobody said.
            is_added: Whether it counts only what is new, so that the sum holds.
        """
        self._before_writing()
        before = self._tie_count()
        insert = self._upsert(tables.tie)
        new, old = insert.excluded, tables.tie.c
        facts = [f"person_{name}" for name in _FACTS]
        upsert = insert.on_conflict_do_update(
            index_elements=["member_id", "tie_key", "source_id"],
            set_={
                **{name: func.coalesce(new[name], old[name]) for name in facts},
                "since": _known(old.since, new.since, new.since < old.since),
                "until": _known(old.until, new.until, new.until > old.until),
                "count": func.coalesce(old.count + new.count, old.count, new.count)
                if is_added
                else _known(old.count, new.count, new.count > old.count),
            },
        )
        rows = (self._tie_row(each, source_id) for each in ties)
        self._put_rows(tables.tie, upsert, rows)
        return self._tie_count() - before

    def drop_ties(self, source_id: int) -> None:
        """Forget what a source said of whom the member knows."""
        self._before_writing()
        columns = tables.tie.c
        mine = (columns.member_id == self._member_id, columns.source_id == source_id)
        self._connection.execute(tables.tie.delete().where(*mine))

    def _tie_row(self, tie: Tie, source_id: int) -> tuple[Any, ...]:
        return (
            self._member_id,
            tie_key(tie),
            source_id,
            tie.kind.value,
            tie.since,
            tie.until,
            storable(tie.count),
            storable(tie.detail),
            *storables(_facts_of(tie.person)),
        )


def person_key(person: Person) -> str:
    """Return what tells a person from others: address, e-mail, or name and company.

    Two people of one name at one company without any address fall together; a person
    without address who changes the company becomes two. The first is rare, the second
    harmless: no tie is lost.
    """
    if person.profile_url:
        return "url\0" + person.profile_url.casefold().rstrip("/")
    if person.email:
        return "email\0" + person.email.casefold()
    return f"name\0{person.name or ''}\0{person.company or ''}".casefold()


def tie_key(tie: Tie) -> str:
    """Return the key of a tie, 32 characters; short, as an index wants it."""
    whole = f"{person_key(tie.person)}\0{tie.kind}\0{tie.detail}"
    raw = whole.encode("utf-8", "surrogatepass")
    return blake2b(raw, digest_size=16).hexdigest()


def _known(
    old: ColumnElement[Any], new: ColumnElement[Any], wins: ColumnElement[bool]
) -> ColumnElement[Any]:
    """Return ``new`` where it wins or nothing was known, else ``old``."""
    return case((old.is_(None), new), (wins, new), else_=old)


def _tie(row: Sequence[Any], person: Person) -> Tie:
    kind, since, until, count, detail = row
    return Tie(
        kind=_KINDS[kind],
        since=since,
        until=until,
        count=count,
        detail=detail,
        person=person,
    )


def _joined(one: Tie, two: Tie) -> Tie:
    """Return what two sources know of one tie; of the person, the second knows best."""
    news = {
        name: value
        for name in _FACTS
        if (value := getattr(two.person, name)) is not None
    }
    return replace(
        one,
        since=min((day for day in (one.since, two.since) if day), default=None),
        until=max((day for day in (one.until, two.until) if day), default=None),
        count=max((n for n in (one.count, two.count) if n is not None), default=None),
        person=replace(one.person, **news),
    )
