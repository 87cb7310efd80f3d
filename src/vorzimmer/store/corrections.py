"""Queries on what the member says that requests are; rows are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, insert, select

from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.model import Correction, Kind, say
from vorzimmer.store import tables
from vorzimmer.store.access import MINE, Access
from vorzimmer.store.forms import storable

_TABLE = tables.correction
_NOTHING, _TAKEN_BACK, _RESET = "nothing", "taken_back", "reset"


@dataclass(frozen=True, slots=True)
class Said:
    """What holds of all that the member said.

    Attributes:
        corrections: By id of the request, in the order in which they were said.
        after_decision: Decisions with this id or a lower one do not count any more.
    """

    corrections: dict[str, Correction] = field(default_factory=dict)
    after_decision: int = 0


_SAID = (
    select(_TABLE.c.id, _TABLE.c.request_id, _TABLE.c.says, _TABLE.c.at)
    .add_columns(_TABLE.c.after_decision)
    .where(_TABLE.c.member_id == MINE)
    .order_by(_TABLE.c.id)
)


class ReadsCorrections(Access):
    """Questions about corrections."""

    def said(self) -> Said:
        """Return what holds: the latest on each request, since the last reset.

        What was said of a request that is part of another now counts for that one.
        """
        moved = self.part_of()
        corrections: dict[str, Correction] = {}
        after = 0
        for number, request_id, says, at, after_decision in self._own_rows(_SAID):
            request_id = moved.get(request_id, request_id)  # noqa: PLW2901 - see above
            corrections.pop(request_id, None)
            if says == _RESET:
                corrections, after = {}, after_decision or 0
            elif says != _TAKEN_BACK:
                kind = None if says == _NOTHING else Kind(says)
                corrections[request_id] = Correction(
                    id=number, request_id=request_id, kind=kind, at=at
                )
        return Said(corrections, after)


class WritesCorrections(ReadsCorrections):
    """Adding of corrections."""

    def add_correction(
        self, request_id: str, kind: Kind | None, *, at: datetime
    ) -> None:
        """Add what the member says of a request.

        Args:
            request_id: Of which.
            kind: What it is; ``None``: nothing is to be learned from it.
            at: When, aware.

        Raises:
            UnknownNameError: There is no such request.
        """
        says = _NOTHING if kind is None else kind.value
        self._add(request_id, says, at=at)

    def take_correction_back(self, request_id: str, *, at: datetime) -> None:
        """Take back what the member said of a request.

        Raises:
            UndoError: Nothing was said of it.
        """
        if request_id not in self.said().corrections:
            raise UndoError(say("You have said nothing of this request."))
        self._add(request_id, _TAKEN_BACK, at=at)

    def reset_corrections(self, *, at: datetime) -> None:
        """Let nothing count any more that was said or decided so far."""
        mine = tables.decision.c.member_id == self._member_id
        query = select(func.max(tables.decision.c.id)).where(mine)
        last = self._connection.execute(query).scalar() or 0
        self._add(None, _RESET, at=at, after_decision=last)

    def _add(
        self,
        request_id: str | None,
        says: str,
        *,
        at: datetime,
        after_decision: int | None = None,
    ) -> None:
        if request_id is not None:
            request_id = storable(request_id)
            query = select(tables.request.c.id).where(
                tables.request.c.member_id == self._member_id,
                tables.request.c.id == request_id,
            )
            if self._connection.execute(query).first() is None:
                raise UnknownNameError(request_id, what="request")
        row = {
            "member_id": self._member_id,
            "request_id": request_id,
            "says": says,
            "after_decision": after_decision,
            "at": at,
        }
        self._before_writing()
        self._connection.execute(insert(_TABLE), row)
