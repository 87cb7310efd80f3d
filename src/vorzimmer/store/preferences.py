"""Queries on what the member chose on the desk itself."""

from __future__ import annotations

from sqlalchemy import delete, select

from vorzimmer.store import tables
from vorzimmer.store.access import MINE, Access
from vorzimmer.store.forms import storable

_TABLE = tables.preference
_PREFERENCES = select(_TABLE.c.name, _TABLE.c.value).where(_TABLE.c.member_id == MINE)


class ReadsPreferences(Access):
    """Questions about choices."""

    def preference(self, name: str) -> str | None:
        """Return what was chosen, ``None`` when nothing was."""
        return self._once(("preferences",), self._preferences).get(name)

    def _preferences(self) -> dict[str, str | None]:
        """Return all choices; there are a few, and who asks for one asks for more."""
        return {row[0]: row[1] for row in self._own_rows(_PREFERENCES)}


class WritesPreferences(ReadsPreferences):
    """Changes to choices."""

    def put_preference(self, name: str, value: str | None) -> None:
        """Keep a choice; ``None`` takes it back."""
        self._before_writing()
        if value is None:
            mine = (_TABLE.c.member_id == self._member_id, _TABLE.c.name == name)
            self._connection.execute(delete(_TABLE).where(*mine))
            return
        insert = self._upsert(_TABLE)
        upsert = insert.on_conflict_do_update(
            index_elements=["member_id", "name"], set_={"value": insert.excluded.value}
        )
        row = {"member_id": self._member_id, "name": name, "value": storable(value)}
        self._connection.execute(upsert, row)
