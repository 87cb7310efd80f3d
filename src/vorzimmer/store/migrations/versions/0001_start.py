"""The tables of the first version."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_APPEND_ONLY = ("decision", "given_fact")


def upgrade() -> None:
    """Make the tables, and the triggers that keep some of them append-only."""
    op.create_table(
        "member",
        sa.Column("member_id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("facts", sa.JSON()),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member")),
    )
    op.create_table(
        "preference",
        *_of_member("preference"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "name", name=op.f("pk_preference")),
    )
    op.create_table(
        "request_alias",
        *_of_member("request_alias"),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "alias", name=op.f("pk_request_alias")),
    )
    _make_request_and_tie()
    _make_import_run_and_skipped()
    _make_decision_and_given_fact()
    for name in _APPEND_ONLY:
        _forbid_changes(name)


def _make_request_and_tie() -> None:
    op.create_table(
        "request",
        *_of_member("request"),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("network", sa.Text()),
        sa.Column("channel", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("sent_at", _MOMENT),
        sa.Column("is_sponsored", sa.Boolean()),
        sa.Column("is_filed_as_spam", sa.Boolean()),
        *_who("sender"),
        sa.Column("sender_contacts_count", sa.BigInteger()),
        sa.Column("sender_mutual_contacts_count", sa.BigInteger()),
        sa.Column("sender_has_picture", sa.Boolean()),
        sa.Column("sender_visited_profile", sa.Boolean()),
        sa.Column("sender_created_on", sa.Date()),
        sa.Column("sender_is_verified", sa.Boolean()),
        sa.Column("sender_is_known_elsewhere", sa.Boolean()),
        sa.Column("sender_has_other_job_elsewhere", sa.Boolean()),
        sa.PrimaryKeyConstraint("member_id", "id", name=op.f("pk_request")),
    )
    op.create_table(
        "tie",
        *_of_member("tie"),
        sa.Column("tie_key", sa.String(32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("count", sa.BigInteger()),
        sa.Column("detail", sa.Text(), nullable=False),
        *_who("person"),
        sa.PrimaryKeyConstraint("member_id", "tie_key", name=op.f("pk_tie")),
    )


def _make_import_run_and_skipped() -> None:
    op.create_table(
        "import_run",
        *_numbered("import_run"),
        *_of_member("import_run"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("new_requests", sa.BigInteger(), nullable=False),
        sa.Column("updated_requests", sa.BigInteger(), nullable=False),
        sa.Column("ties", sa.BigInteger(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_import_run_member_id"), "import_run", ["member_id"])
    op.create_table(
        "skipped",
        *_numbered("skipped"),
        *_of_member("skipped"),
        sa.Column("run_id", _NUMBER, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_skipped_run_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_skipped_run_id"), "skipped", ["run_id"])


def _make_decision_and_given_fact() -> None:
    op.create_table(
        "decision",
        *_numbered("decision"),
        *_of_member("decision"),
        *_on_request("decision"),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undoes", _NUMBER),
        sa.ForeignKeyConstraint(
            ["undoes"], ["decision.id"], name=op.f("fk_decision_undoes")
        ),
        sa.UniqueConstraint("undoes", name=op.f("uq_decision_undoes")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "given_fact",
        *_numbered("given_fact"),
        *_of_member("given_fact"),
        *_on_request("given_fact"),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON()),
        sa.Column("at", _MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    for name in _APPEND_ONLY:
        index = op.f(f"ix_{name}_member_id_request_id")
        op.create_index(index, name, ["member_id", "request_id"])


def _numbered(name: str) -> list[Any]:
    return [
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    ]


def _of_member(name: str) -> list[Any]:
    return [
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f(f"fk_{name}_member_id")
        ),
    ]


def _on_request(name: str) -> list[Any]:
    return [
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "request_id"],
            ["request.member_id", "request.id"],
            name=op.f(f"fk_{name}_member_id_request_id"),
        ),
    ]


def _who(prefix: str) -> list[Any]:
    names = ("name", "headline", "company", "position")
    more = ("location", "country", "email", "profile_url")
    return [sa.Column(f"{prefix}_{name}", sa.Text()) for name in (*names, *more)]


def _forbid_changes(name: str) -> None:
    message = f"{name} is append-only"
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{event.lower()} BEFORE {event} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {name}_forbid_changes() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name}_no_changes BEFORE UPDATE OR DELETE OR TRUNCATE "
        f"ON {name} FOR EACH STATEMENT EXECUTE FUNCTION {name}_forbid_changes()"
    )
