"""Whether the member has a database yet: to look must not make one."""

from __future__ import annotations

from pathlib import Path

from vorzimmer.settings import Settings


def has_database(settings: Settings) -> bool:
    """Return whether the database is there; one that is a server is taken to be."""
    return "://" in settings.database or Path(settings.database).exists()
