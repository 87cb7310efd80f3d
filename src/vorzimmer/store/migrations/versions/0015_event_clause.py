"""By which clause an event counts; which mails a mailbox has counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the column and the table; of what is there, nobody wrote it down."""
    op.add_column("request_event", sa.Column("clause", sa.Text()))
    op.create_table(
        "counted_mail",
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("source_id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("mark", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "member_id", "source_id", "mark", name=op.f("pk_counted_mail")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f("fk_counted_mail_member_id")
        ),
    )
