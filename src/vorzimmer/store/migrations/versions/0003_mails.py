"""What the mails of a network say of their origin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of requests that are there already, it is not known."""
    op.add_column("request", sa.Column("is_origin_proven", sa.Boolean()))
    op.add_column("request", sa.Column("leads_to", sa.Text()))
