"""What came after requests: later messages, habits of writing, what was settled."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WHO = ("name", "headline", "company", "position", "profile_url", "email")


def upgrade() -> None:
    """Make the tables."""
    _table(
        "later_message",
        "id",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("is_unlike", sa.Boolean(), nullable=False),
        *(sa.Column(f"person_{each}", sa.Text()) for each in _WHO),
    )
    index = op.f("ix_later_message_member_id_writer")
    op.create_index(index, "later_message", ["member_id", "writer"])
    _table(
        "habit",
        "writer",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
    )
    _table(
        "settled",
        "subject",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _table(name: str, key: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("member_id", _NUMBER, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("member_id", key, name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f(f"fk_{name}_member_id")
        ),
    )
