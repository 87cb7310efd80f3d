"""What each table holds of people, read off the tables themselves.

A column is found by its name and type, so that a new table is forgotten, counted and
exported like all others from its first day. Texts that name nobody are listed here;
every other text may mention somebody, and is looked through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, String, Table

from vorzimmer.store import tables

_WHO = ("name", "email", "profile_url", "headline")
_IDENTITY = ("name", "email", "profile_url")

# Words of our own, ids and digests: they name nobody but by a request that goes.
CODES = frozenset(
    {
        *(f"acting.{name}" for name in ("action", "address", "key", "language")),
        *(f"acting.{name}" for name in ("progress", "text_id")),
        *(f"ask.{name}" for name in ("address", "kind", "language", "text_id")),
        *(f"brought_request.{name}" for name in ("address_key", "name_key", "own_id")),
        *("correction.says", "decision.action", "decision.actor", "decision.clause"),
        *("decision.looked_like", "decision.policy"),
        *(f"faded.{name}" for name in ("action", "digest", "what")),
        *("given_fact.fact", "habit.numbers"),
        *(f"later_message.{name}" for name in ("channel", "id", "network")),
        *("letter.manner", "letter.template"),
        *("member.facts", "source.said_of_member"),
        *("preference.name",),
        *(f"request.{name}" for name in ("channel", "id", "network", "part_of")),
        *("request.leads_to", "request.sender_country", "request_alias.alias"),
        *(f"request_event.{name}" for name in ("actor", "clause", "key", "what")),
        *("skipped.template", "source.mark", "source.name"),
        *("occasion.id", "occasion.kind"),
        *("decision.proposed", "introduction_ask.outcome", "introduction_ask.text_id"),
        *("introduction_ask.via_country", "meeting_step.kind"),
        *("meeting_step.text_name", "person_to_meet.person_country"),
        *("tie.kind", "tie.person_country", "tie.tie_key"),
    }
)


@dataclass(frozen=True, slots=True)
class Holding:
    """What a table holds of people.

    Attributes:
        by_request: Columns that hold a request's id.
        prefix: What the columns begin with that tell who a person is; ``""`` is none.
        writer: The column with a key of ``people.identity``; ``None`` is none.
        free: Columns whose texts may mention anybody.
    """

    table: Table
    by_request: tuple[Column[Any], ...]
    prefix: str
    writer: Column[Any] | None
    free: tuple[Column[Any], ...]

    @property
    def key(self) -> tuple[Column[Any], ...]:
        """The primary key, without the member's number."""
        return tuple(
            each for each in self.table.primary_key if each.name != "member_id"
        )

    def who(self) -> dict[str, Column[Any]]:
        """Return the columns that tell who a person is, by field of ``Person``."""
        named = {name: self.table.c.get(f"{self.prefix}{name}") for name in _WHO}
        return {name: each for name, each in named.items() if each is not None}


def holdings() -> Iterator[Holding]:
    """Yield what each table holds, tables that others refer to last."""
    for table in reversed(tables.metadata.sorted_tables):
        prefix = next(
            (
                each.name.removesuffix("name")
                for each in table.c
                if each.name.endswith("_name")
                and f"{each.name.removesuffix('name')}profile_url" in table.c
            ),
            "",
        )
        yield Holding(
            table=table,
            by_request=tuple(_of_request(table)),
            prefix=prefix,
            writer=next(filter(_is_writer, table.c), None),
            free=tuple(
                each
                for each in table.c
                if is_text(each)
                and f"{table.name}.{each.name}" not in CODES
                and each.name not in {f"{prefix}{name}" for name in _IDENTITY}
                and each.name != "request_id"
                and not _is_writer(each)
            ),
        )


def is_text(column: Column[Any]) -> bool:
    """Return whether a column can hold words."""
    return isinstance(column.type, String | JSON)


def _is_writer(column: Column[Any]) -> bool:
    return column.name == "writer" or column is tables.settled.c.subject


def _of_request(table: Table) -> Iterator[Column[Any]]:
    if table is tables.request:
        yield from (table.c.id, table.c.part_of)
        return
    for column in table.c:
        refers = any(key.column is tables.request.c.id for key in column.foreign_keys)
        if refers or column.name == "request_id":
            yield column
