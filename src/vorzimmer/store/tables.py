"""The tables of the store; migrations/ makes them, this page says what they are.

Every table carries ``member_id``: one database serves one member or many. What is
known and what is not: a column that is NULL is *not known*.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

SCHEMA_VERSION = "0015"
"""The newest migration; a database at this version is opened without Alembic."""

VERSION_TABLE = "schema_version"
"""Where the version stands; not Alembic's default name, which others use too."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Turn a moment into UTC; SQLite keeps it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Give the moment back with its zone."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


# SQLite numbers rows by itself only where the type is INTEGER to the letter.
Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_member(*, primary_key: bool = False) -> Column[Any]:
    """Return the column that says whose the row is."""
    owner = ForeignKey("member.member_id")
    return Column("member_id", Number, owner, primary_key=primary_key, nullable=False)


def number() -> Column[Any]:
    """Return the column that numbers rows."""
    return Column("id", Number, primary_key=True, autoincrement=True)


def who(prefix: str) -> list[Column[Any]]:
    """Return the columns that tell who a person is."""
    return [
        Column(f"{prefix}_name", Text),
        Column(f"{prefix}_headline", Text),
        Column(f"{prefix}_company", Text),
        Column(f"{prefix}_position", Text),
        Column(f"{prefix}_location", Text),
        Column(f"{prefix}_country", Text),
        Column(f"{prefix}_email", Text),
        Column(f"{prefix}_profile_url", Text),
    ]


# revision: goes up with every transaction that writes something of the member.
member = Table(
    "member",
    metadata,
    Column("member_id", Number, primary_key=True, autoincrement=False),
    Column("facts", JSON(none_as_null=True)),
    Column("revision", BigInteger, nullable=False),
)

preference = Table(
    "preference",
    metadata,
    of_member(primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# part_of: id of the request that this one is part of now; the row stays for what was
# decided and said about it, and is not shown. arrived_at: when it first came in.
request = Table(
    "request",
    metadata,
    of_member(primary_key=True),
    Column("id", Text, primary_key=True),
    Column("network", Text),
    Column("channel", Text),
    Column("note", Text),
    Column("subject", Text),
    Column("sent_at", UtcDateTime),
    Column("is_sponsored", Boolean),
    Column("is_filed_as_spam", Boolean),
    Column("is_origin_proven", Boolean),
    Column("leads_to", Text),
    *who("sender"),
    Column("sender_contacts_count", BigInteger),
    Column("sender_mutual_contacts_count", BigInteger),
    Column("sender_has_picture", Boolean),
    Column("sender_visited_profile", Boolean),
    Column("sender_created_on", Date),
    Column("sender_is_verified", Boolean),
    Column("sender_is_known_elsewhere", Boolean),
    Column("sender_has_other_job_elsewhere", Boolean),
    Column("part_of", Text),
    Column("arrived_at", UtcDateTime),
)
_IS_PART = request.c.part_of.is_not(None)
Index(
    "ix_request_part_of",
    request.c.member_id,
    request.c.part_of,
    sqlite_where=_IS_PART,
    postgresql_where=_IS_PART,
)

# Another id under which the same request may come in again, from an older export.
request_alias = Table(
    "request_alias",
    metadata,
    of_member(primary_key=True),
    Column("alias", Text, primary_key=True),
    Column("request_id", Text, nullable=False),
)

# Of one tie, each source has a row of its own, so that it can be forgotten.
# tie_key: a digest of person, kind and detail; see ties.py. source_id: 0 where nobody
# said which.
tie = Table(
    "tie",
    metadata,
    of_member(primary_key=True),
    Column("tie_key", String(32), primary_key=True),
    Column("source_id", Number, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("count", BigInteger),
    Column("detail", Text, nullable=False),
    *who("person"),
)

# name: of the importer, or of several joined by "+"; label: the file or mailbox; mark:
# the preference that says how far it was read; read_at: when it was read last.
source = Table(
    "source",
    metadata,
    number(),
    of_member(),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("mark", Text),
    Column("read_at", UtcDateTime),
    Column("said_of_member", JSON(none_as_null=True)),
    UniqueConstraint("member_id", "name", "label"),
    sqlite_autoincrement=True,
)

# What a source says of a request. own_id: the id that it has there; request_id: of the
# request that it is part of; address_key, name_key: by what it is found again;
# has_past: whether the source shows that it was answered; facts: what is known, as JSON
# by column.
brought_request = Table(
    "brought_request",
    metadata,
    Column("member_id", Number, nullable=False),
    Column("source_id", Number, ForeignKey("source.id"), primary_key=True),
    Column("own_id", Text, primary_key=True),
    Column("request_id", Text, nullable=False),
    Column("run_id", Number, nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Column("address_key", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("has_past", Boolean, nullable=False),
    Column("facts", Text, nullable=False),
    Index(None, "member_id", "request_id"),
)

import_run = Table(
    "import_run",
    metadata,
    number(),
    of_member(),
    Column("source", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("counts", JSON, nullable=False),
    Column("notices", JSON, nullable=False),
    Column("new_requests", BigInteger, nullable=False),
    Column("updated_requests", BigInteger, nullable=False),
    Column("ties", BigInteger, nullable=False),
    Column("source_id", Number),
    Index(None, "member_id"),
    sqlite_autoincrement=True,
)

skipped = Table(
    "skipped",
    metadata,
    number(),
    of_member(),
    Column("run_id", Number, ForeignKey("import_run.id"), nullable=False),
    Column("file", Text, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("template", Text, nullable=False),
    Column("slots", JSON, nullable=False),
    Index(None, "run_id"),
    sqlite_autoincrement=True,
)

# Append-only, as are given_fact and correction: a trigger refuses to change or remove
# a row. Only what an archive shows goes again with the archive.
decision = Table(
    "decision",
    metadata,
    number(),
    of_member(),
    Column("request_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("policy", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("undoes", Number, ForeignKey("decision.id")),
    Column("looked_like", Text),
    Column("batch", Number),
    Column("proposed", Text),
    ForeignKeyConstraint(
        ["member_id", "request_id"], ["request.member_id", "request.id"]
    ),
    UniqueConstraint("undoes"),
    Index(None, "member_id", "request_id"),
    sqlite_autoincrement=True,
)

given_fact = Table(
    "given_fact",
    metadata,
    number(),
    of_member(),
    Column("request_id", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(
        ["member_id", "request_id"], ["request.member_id", "request.id"]
    ),
    Index(None, "member_id", "request_id"),
    sqlite_autoincrement=True,
)

# says: a kind; or "nothing", that the request teaches nothing; or "taken_back", what
# was said before; or, with no request, "reset": all before does not count any more,
# nor do decisions up to after_decision.
correction = Table(
    "correction",
    metadata,
    number(),
    of_member(),
    Column("request_id", Text),
    Column("says", Text, nullable=False),
    Column("after_decision", Number),
    Column("at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(
        ["member_id", "request_id"], ["request.member_id", "request.id"]
    ),
    Index(None, "member_id", "request_id"),
    sqlite_autoincrement=True,
)

# A version of a letter, as the member left it; the newest of a template holds.
letter = Table(
    "letter",
    metadata,
    number(),
    of_member(),
    Column("request_id", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("manner", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(
        ["member_id", "request_id"], ["request.member_id", "request.id"]
    ),
    Index(None, "member_id", "request_id"),
    sqlite_autoincrement=True,
)

# What people wrote after their request, or unlike themselves: bounded in number and
# length, see intake/voices.py.
later_message = Table(
    "later_message",
    metadata,
    of_member(primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("writer", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("network", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("is_unlike", Boolean, nullable=False),
    Column("person_name", Text),
    Column("person_headline", Text),
    Column("person_company", Text),
    Column("person_position", Text),
    Column("person_profile_url", Text),
    Column("person_email", Text),
    Index(None, "member_id", "writer"),
)

# numbers: those of habits.Habit; no words.
habit = Table(
    "habit",
    metadata,
    of_member(primary_key=True),
    Column("writer", Text, primary_key=True),
    Column("numbers", JSON, nullable=False),
)

# subject: what the member looked at and found to be well; at: what came later counts
# anew.
settled = Table(
    "settled",
    metadata,
    of_member(primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

# What the member did that others could see, and requests may come after; each source
# has a row of its own. title: its first words, "" where none is kept.
occasion = Table(
    "occasion",
    metadata,
    of_member(primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("source_id", Number, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("title", Text, nullable=False),
)

# request_id: the one that was refused; closed_at: nothing more is to be done.
objection = Table(
    "objection",
    metadata,
    of_member(primary_key=True),
    Column("request_id", Text, primary_key=True),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    ForeignKeyConstraint(
        ["member_id", "request_id"], ["request.member_id", "request.id"]
    ),
)
