"""The letters that the member writes, each version of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of letters."""
    op.create_table(
        "letter",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f("fk_letter_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "request_id"],
            ["request.member_id", "request.id"],
            name=op.f("fk_letter_member_id_request_id"),
        ),
        sqlite_autoincrement=True,
    )
    index = op.f("ix_letter_member_id_request_id")
    op.create_index(index, "letter", ["member_id", "request_id"])
