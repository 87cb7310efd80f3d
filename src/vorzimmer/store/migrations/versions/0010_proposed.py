"""What the policy proposed when a decision was taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; of the decisions that are there, nobody wrote it down."""
    op.add_column("decision", sa.Column("proposed", sa.Text()))
