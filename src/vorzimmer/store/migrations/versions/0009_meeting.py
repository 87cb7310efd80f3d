"""Requests for introductions, people to meet, and what was done to meet them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WHO = (
    *("name", "headline", "company", "position"),
    *("location", "country", "email", "profile_url"),
)


def upgrade() -> None:
    """Make the three tables."""
    _make(
        "introduction_ask",
        *_who("via"),
        *_texts("name", "firm", "text", "text_id"),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", _MOMENT),
        sa.Column("outcome", sa.Text()),
    )
    _make(
        "person_to_meet",
        *_who("person"),
        *_texts("why"),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("remind_on", sa.Date()),
    )
    _make(
        "meeting_step",
        sa.Column("entry_id", _NUMBER, nullable=False),
        *_texts("kind"),
        sa.Column("on", sa.Date(), nullable=False),
        *_texts("words", "text_name"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["person_to_meet.id"],
            name=op.f("fk_meeting_step_entry_id"),
        ),
        index="entry_id",
    )


def _make(name: str, *columns: Any, index: str = "member_id") -> None:  # noqa: ANN401 - columns and constraints share no public type
    op.create_table(
        name,
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f(f"fk_{name}_member_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{name}_{index}"), name, [index])


def _who(prefix: str) -> list[sa.Column[Any]]:
    return [sa.Column(f"{prefix}_{each}", sa.Text()) for each in _WHO]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
