"""What the member says that requests are, and what they looked like before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MESSAGE = "correction is append-only"


def upgrade() -> None:
    """Make the table of corrections, append-only, and the new column."""
    op.add_column("decision", sa.Column("looked_like", sa.Text()))
    op.create_table(
        "correction",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("request_id", sa.Text()),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("after_decision", _NUMBER),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f("fk_correction_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "request_id"],
            ["request.member_id", "request.id"],
            name=op.f("fk_correction_member_id_request_id"),
        ),
        sqlite_autoincrement=True,
    )
    index = op.f("ix_correction_member_id_request_id")
    op.create_index(index, "correction", ["member_id", "request_id"])
    _forbid_changes()


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER correction_no_{event.lower()} BEFORE {event}"
                f" ON correction BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION correction_forbid_changes() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER correction_no_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON"
        " correction FOR EACH STATEMENT EXECUTE FUNCTION correction_forbid_changes()"
    )
