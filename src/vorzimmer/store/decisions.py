"""Queries on decisions and on given facts; rows are added, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.model import Action, Answer, Decision, Kind, say
from vorzimmer.store import tables
from vorzimmer.store.access import MINE, Access, in_chunks
from vorzimmer.store.forms import storable, value_from_json, value_to_json

_TABLE = tables.decision
_BY_MEMBER = 1 << 62  # above every id
_COLUMNS = [_TABLE.c[each.name] for each in fields(Decision)]
_NAMES = [column.name for column in _COLUMNS]
# Quicker than to look for the member of an enumeration, row by row.
_KINDS: dict[str | None, Kind | None] = {each.value: each for each in Kind}
_ACTIONS: dict[str | None, Action | None] = {each.value: each for each in Action}
_KINDS[None] = _ACTIONS[None] = None


_DECISIONS = select(*_COLUMNS).where(_TABLE.c.member_id == MINE).order_by(_TABLE.c.id)
UNDONE = select(_TABLE.c.undoes).where(
    _TABLE.c.member_id == MINE, _TABLE.c.undoes.is_not(None)
)
"""The ids of the decisions that were taken back."""
# Of each request, the decision that stands: the latest one that is no undoing and was
# not undone itself.
_CURRENT_IDS = (
    select(func.max(_TABLE.c.id))
    .where(
        _TABLE.c.member_id == MINE,
        _TABLE.c.undoes.is_(None),
        _TABLE.c.id.not_in(UNDONE),
    )
    .group_by(_TABLE.c.request_id)
)
_CURRENT_DECISIONS = _DECISIONS.where(_TABLE.c.id.in_(_CURRENT_IDS))
_RANKS = select(_TABLE.c.request_id, _TABLE.c.id, _TABLE.c.actor).where(
    _TABLE.c.id.in_(_CURRENT_IDS)
)
# What stands of the member's own, removals aside.
_OWN_ANSWERS = (
    select(_TABLE.c.request_id)
    .where(
        _TABLE.c.member_id == MINE,
        _TABLE.c.actor == "member",
        _TABLE.c.action != Action.REMOVE.value,
        _TABLE.c.undoes.is_(None),
        _TABLE.c.id.not_in(UNDONE),
    )
    .distinct()
)
_GIVEN = tables.given_fact
_GIVEN_FACTS = (
    select(_GIVEN.c.request_id, _GIVEN.c.fact, _GIVEN.c.value)
    .where(_GIVEN.c.member_id == MINE)
    .order_by(_GIVEN.c.id)
)


class ReadsDecisions(Access):
    """Questions about decisions and given facts."""

    def decisions(self, request_id: str | None = None) -> list[Decision]:
        """Return the decisions in their order, undone ones and undoings too.

        Args:
            request_id: On which request; ``None`` is on all.
        """
        query = _DECISIONS
        if request_id is not None:
            query = query.where(_TABLE.c.request_id == request_id)
        return [_decision(row) for row in self._own_rows(query)]

    def decisions_after(self, decision_id: int) -> list[Decision]:
        """Return the decisions with a higher number, in their order; 0 is all."""
        query = _DECISIONS.where(_TABLE.c.id > decision_id)
        return [_decision(row) for row in self._own_rows(query)]

    def current_decisions(self) -> dict[str, Decision]:
        """Return the decision that stands, by request id; an open one has none.

        Those on requests that are part of others now are not among them.
        """
        parts = self.part_of()
        found = map(_decision, self._own_rows(_CURRENT_DECISIONS))
        return {each.request_id: each for each in found if each.request_id not in parts}

    def only_removed(self, decisions: Mapping[str, Decision]) -> frozenset[str]:
        """Return whom the member removed without having decided about the request.

        A source showed that it was accepted.

        Args:
            decisions: Those that stand, by request id.
        """
        removed = {key for key, it in decisions.items() if it.action is Action.REMOVE}
        if not removed:
            return frozenset()
        return frozenset(removed.difference(self._own_rows(_OWN_ANSWERS).scalars()))

    def decision_ranks(self) -> dict[str, int]:
        """Return a rank by request id where a decision stands: the higher, the later.

        Those of the member go before those that a source shows.
        """
        return {
            request_id: number + _BY_MEMBER * (actor == "member")
            for request_id, number, actor in self._own_rows(_RANKS)
        }

    def next_batch(self) -> int:
        """Return a number that no decisions share yet."""
        mine = _TABLE.c.member_id == self._member_id
        query = select(func.max(_TABLE.c.batch)).where(mine)
        return (self._connection.execute(query).scalar() or 0) + 1

    def given_facts(self) -> dict[str, dict[str, Answer]]:
        """Return what the member said of senders: by request id, by fact.

        What was said of a request that is part of another now counts for that one. The
        latest answer holds; a fact whose answer was taken back is not there.
        """
        moved = self.part_of()
        latest = {
            (moved.get(request_id, request_id), fact): value
            for request_id, fact, value in self._own_rows(_GIVEN_FACTS)
        }
        given: dict[str, dict[str, Answer]] = {}
        for (request_id, fact), value in latest.items():
            if value is not None:
                given.setdefault(request_id, {})[fact] = value_from_json(value)
        return given


class WritesDecisions(ReadsDecisions):
    """Adding of decisions and given facts."""

    def add_decision(  # noqa: PLR0913 - the facts of a decision, each by its name
        self,
        request_id: str,
        action: Action,
        *,
        actor: str,
        at: datetime,
        policy: str = "",
        clause: str = "",
        note: str = "",
        undoes: int | None = None,
        looked_like: Kind | None = None,
        batch: int | None = None,
        proposed: Action | None = None,
    ) -> Decision:
        """Add a decision and return it with its number.

        Args:
            request_id: On which request.
            action: What was done; of an undoing, what was taken back.
            actor: ``"member"`` or ``"archive"``.
            at: When, aware.
            policy: Name of the policy that proposed it, ``""`` when none did.
            clause: The clause of that policy.
            note: The words sent along, if any.
            undoes: Id of the decision that this one takes back.
            looked_like: The likeliest kind at that time.
            batch: Number of those that are taken at once, if several are.
            proposed: What the policy proposed then.

        Raises:
            UnknownNameError: There is no such request.
            UndoError: There is nothing to take back, or it was taken back already.
        """
        if undoes is not None:
            self._check_undoing(undoes, request_id)
        unnumbered = Decision(
            id=0,
            request_id=request_id,
            action=action,
            actor=actor,
            at=at,
            policy=policy,
            clause=clause,
            note=note,
            undoes=undoes,
            looked_like=looked_like,
            batch=batch,
            proposed=proposed,
        )
        row = self._decision_row(unnumbered)
        with _unknown_request_told(request_id):
            self._before_writing()
            added = self._connection.execute(insert(_TABLE).returning(*_COLUMNS), row)
        return _decision(added.one())

    def add_decisions(self, decisions: Iterable[Decision]) -> int:
        """Add many decisions at once, as an import does; return how many.

        Their ids are given by the store; what one of them undoes must stand.
        """
        count = 0
        self._before_writing()
        for chunk in in_chunks(decisions):
            rows = [self._decision_row(each) for each in chunk]
            with _unknown_request_told(f"{chunk[0].request_id} …"):
                self._connection.execute(insert(_TABLE), rows)
            count += len(rows)
        return count

    def undoings_of(self, decision_ids: Collection[int]) -> list[Decision]:
        """Return the decisions that took these back, in their order."""
        found = map(
            _decision, self._own_rows(_DECISIONS.where(_TABLE.c.undoes.is_not(None)))
        )
        return [each for each in found if each.undoes in decision_ids]

    def add_given_fact(
        self, request_id: str, fact: str, *, value: Answer | None, at: datetime
    ) -> None:
        """Add an answer about the sender of a request.

        Args:
            request_id: Whose sender.
            fact: Name of a field of ``Person``.
            value: The answer; ``None`` takes the answer back.
            at: When it was given, aware.
        """
        row = {
            "member_id": self._member_id,
            "request_id": storable(request_id),
            "fact": fact,
            "value": None if value is None else value_to_json(value),
            "at": at,
        }
        with _unknown_request_told(request_id):
            self._before_writing()
            self._connection.execute(insert(tables.given_fact), row)

    def _decision_row(self, decision: Decision) -> dict[str, Any]:
        row = {
            name: storable(getattr(decision, name)) for name in _NAMES if name != "id"
        }
        kind, proposed = decision.looked_like, decision.proposed
        return {
            **row,
            "member_id": self._member_id,
            "action": decision.action.value,
            "looked_like": None if kind is None else kind.value,
            "proposed": None if proposed is None else proposed.value,
        }

    def _check_undoing(self, decision_id: int, request_id: str) -> None:
        history = self.decisions(request_id)
        if not any(each.id == decision_id and not each.undoes for each in history):
            raise UndoError(say("There is no such decision on this request to undo."))
        if any(each.undoes == decision_id for each in history):
            raise UndoError(say("This decision was undone already."))


@contextmanager
def _unknown_request_told(request_id: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "foreign key" in str(error.orig).casefold():
            raise UnknownNameError(request_id, what="request") from error
        raise


def _decision(row: Sequence[Any]) -> Decision:
    values = dict(zip(_NAMES, row, strict=True))
    values["action"] = _ACTIONS[values["action"]]
    values["proposed"] = _ACTIONS[values["proposed"]]
    values["looked_like"] = _KINDS[values["looked_like"]]
    return Decision(**values)
