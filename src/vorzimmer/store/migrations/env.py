"""How Alembic runs our versions: on a connection whose transaction is open."""

from __future__ import annotations

from alembic import context

from vorzimmer.store.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
