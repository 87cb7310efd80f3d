"""What happened to requests, questions that were sent, and actions under way."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_MESSAGE = "request_event is append-only"


def upgrade() -> None:
    """Make the tables, the one of events append-only, and the column of batches."""
    op.add_column("decision", sa.Column("batch", _NUMBER))
    op.create_table(
        "request_event",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        *_of_request("request_event"),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("after_decision", _NUMBER, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("undoes", _NUMBER),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_event")),
        sa.ForeignKeyConstraint(
            ["undoes"], ["request_event.id"], name=op.f("fk_request_event_undoes")
        ),
        sa.UniqueConstraint("undoes", name=op.f("uq_request_event_undoes")),
        sa.UniqueConstraint(
            "member_id",
            "request_id",
            "key",
            name=op.f("uq_request_event_member_id_request_id_key"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ask",
        sa.Column("decision_id", _NUMBER, autoincrement=False, nullable=False),
        *_of_request("ask"),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_ask")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_ask_decision_id")
        ),
    )
    op.create_table(
        "acting",
        *_of_request("acting"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("text", "text_id", "language", "address", "note", "progress")
        ),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.JSON()),
        sa.Column("decision_id", _NUMBER),
        sa.PrimaryKeyConstraint("member_id", "key", name=op.f("pk_acting")),
    )
    for name in ("request_event", "ask", "acting"):
        index = op.f(f"ix_{name}_member_id_request_id")
        op.create_index(index, name, ["member_id", "request_id"])
    _forbid_changes()


def _of_request(name: str) -> list[Any]:
    return [
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f(f"fk_{name}_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "request_id"],
            ["request.member_id", "request.id"],
            name=op.f(f"fk_{name}_member_id_request_id"),
        ),
    ]


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER request_event_no_{event.lower()} BEFORE {event}"
                f" ON request_event BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION request_event_forbid_changes() RETURNS trigger LANGUAGE"
        f" plpgsql AS $$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER request_event_no_changes BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON request_event FOR EACH STATEMENT EXECUTE FUNCTION"
        " request_event_forbid_changes()"
    )
