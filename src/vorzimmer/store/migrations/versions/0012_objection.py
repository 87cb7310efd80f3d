"""Objections that the member sent, so that they can be looked at after a month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "objection",
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("member_id", "request_id", name=op.f("pk_objection")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f("fk_objection_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "request_id"],
            ["request.member_id", "request.id"],
            name=op.f("fk_objection_member_id_request_id"),
        ),
    )
