"""By which clause something counts that happened to a request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; of what is there, nobody wrote it down."""
    op.add_column("request_event", sa.Column("clause", sa.Text()))
