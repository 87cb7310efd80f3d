"""The version of a database, and the way to the newest one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from vorzimmer.errors import StoreError
from vorzimmer.model import say
from vorzimmer.store.tables import VERSION_TABLE


def version_of(connection: Connection, place: str) -> str | None:
    """Return the version of the database; ``None`` is an empty one.

    Raises:
        StoreError: It holds the tables of another program.
    """
    names = inspect(connection).get_table_names()
    if VERSION_TABLE in names:
        query = select(table(VERSION_TABLE, column("version_num")))
        version: str | None = connection.execute(query).scalar()
        return version
    if names:
        problem = say(
            "This database belongs to another program. Choose another place with the"
            " setting database."
        )
        raise StoreError(problem, place=place)
    return None


def migrate(connection: Connection, place: str) -> None:
    """Bring the database to the newest version, within the open transaction.

    Raises:
        StoreError: It is newer than this version of Vorzimmer.
    """
    # Alembic takes longer to import than a database of today takes to open.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - see above

    config = Config()
    folder = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    version = version_of(connection, place)
    if version is not None and version not in {each.revision for each in scripts}:
        problem = say(
            "This database was written by a newer version of Vorzimmer. Install the"
            " newest version; nothing was changed."
        )
        raise StoreError(problem, place=place)
    command.upgrade(config, "head")
