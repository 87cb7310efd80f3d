"""When requests came in; what the member did that others could see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Of a request that is there, the reading that told of it last is known; it came in
# then, or before.
_FILL = """
UPDATE request SET arrived_at = COALESCE(
    (SELECT MIN(import_run.started_at) FROM brought_request
     JOIN import_run ON import_run.id = brought_request.run_id
     WHERE brought_request.member_id = request.member_id
     AND brought_request.request_id = request.id),
    (SELECT MAX(import_run.started_at) FROM import_run
     WHERE import_run.member_id = request.member_id),
    request.sent_at
)
"""


def upgrade() -> None:
    """Make the column and the table."""
    op.add_column("request", sa.Column("arrived_at", sa.DateTime(timezone=True)))
    op.execute(_FILL)
    op.create_table(
        "occasion",
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("source_id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "member_id", "id", "source_id", name=op.f("pk_occasion")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f("fk_occasion_member_id")
        ),
    )
