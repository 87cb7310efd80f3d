"""The member asks back: who answered, who is silent, how many answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from vorzimmer.asking import (
    SILENT,
    AnswerRates,
    Ask,
    Asked,
    answer_key,
    answer_rates,
)
from vorzimmer.days import local_day
from vorzimmer.errors import ReactionError
from vorzimmer.model import Action, Decision, say
from vorzimmer.reacting import ReactionDesk
from vorzimmer.reactions import Event
from vorzimmer.recording import Parts

LONGEST_WAIT = 365
"""Days up to which one may wait for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReport:
    """All questions that were sent, and what became of them.

    Attributes:
        today: The day for which it holds.
        open: Still awaited, those due first come first.
        silent: Due, and no answer came; the longest silent come first.
        answered: The newest answer first.
        ended: Decided before an answer came or its day; newest first.
    """

    today: date
    open: tuple[Asked, ...]
    silent: tuple[Asked, ...]
    answered: tuple[Asked, ...]
    ended: tuple[Asked, ...]
    rates: AnswerRates

    @property
    def count(self) -> int:
        """How many there are in all."""
        groups = (self.open, self.silent, self.answered, self.ended)
        return sum(len(each) for each in groups)


class AskingDesk:
    """What the member asked, and what came of it."""

    def __init__(self, parts: Parts, reactions: ReactionDesk) -> None:
        """Take what is needed of the desk, and what records decisions."""
        self._store = parts.store
        self._now = parts.now
        self._waiting = parts.waiting
        self._reactions = reactions

    def report(self) -> AskedReport:
        """Return all questions, and how many were answered."""
        asked, today = self._asked(), self._today()
        waiting = [each for each in asked if each.is_waiting]
        answered = [each for each in asked if each.answered_at is not None]
        ended = [
            each for each in asked if not each.is_waiting and each.answered_at is None
        ]
        waiting.sort(key=lambda each: (each.ask.due_on, each.ask.decision_id))
        return AskedReport(
            today=today,
            open=tuple(each for each in waiting if not each.is_silent(today)),
            silent=tuple(each for each in waiting if each.is_silent(today)),
            answered=tuple(sorted(answered, key=_answered_at, reverse=True)),
            ended=tuple(reversed(ended)),
            rates=answer_rates(asked, today),
        )

    def of(self, request_id: str) -> Asked | None:
        """Return the last question about a request; ``None``: none was asked."""
        asked = [each for each in self._asked() if each.request.id == request_id]
        return asked[-1] if asked else None

    def silent_count(self) -> int:
        """Return how many are due without an answer."""
        today = self._today()
        return sum(each.is_silent(today) for each in self._asked())

    def ignore_silent(self, decision_ids: Iterable[int]) -> tuple[Decision, ...]:
        """Ignore the requests whose senders stayed silent; one undo takes it back.

        Args:
            decision_ids: Of the askings, as they were shown.

        Raises:
            ReactionError: One of them is not silent any more; nothing was recorded.
        """
        wanted, today = set(decision_ids), self._today()
        silent = [
            each.request.id
            for each in self._asked()
            if each.ask.decision_id in wanted and each.is_silent(today)
        ]
        if len(silent) < len(wanted) or not silent:
            raise ReactionError(
                say("Something has changed meanwhile. Please look at the list again.")
            )
        return self._reactions.decide_many(silent, Action.IGNORE, clause=SILENT)

    def move_due(self, decision_id: int, due_on: date) -> None:
        """Move the day from which on silence counts.

        Args:
            decision_id: Of the asking.
            due_on: The new day; at most a year from now.

        Raises:
            ReactionError: There is no such question, or the day does not fit.
        """
        if not 0 <= (due_on - self._today()).days <= LONGEST_WAIT:
            raise ReactionError(say("Choose a day from today on, within a year."))
        with self._store.transaction() as store:
            if not store.move_due(decision_id, due_on):
                raise ReactionError(say("There is no such question."))

    def _today(self) -> date:
        return local_day(self._now())

    def _asked(self) -> list[Asked]:
        waiting = self._waiting()
        found: list[Asked] = []
        later: dict[str, Ask] = {}
        for ask in reversed(waiting.asks):
            key = ask.request_id
            events = waiting.events.get(key, ())
            answer = _answer_to(ask, events)
            last = waiting.decisions.get(key)
            ended_at = last.at if last and last.id > ask.decision_id else None
            if key in later:
                ended_at = later[key].asked_at
            later[key] = ask
            found.append(
                Asked(
                    ask=ask,
                    request=waiting.store.requests[key],
                    state=waiting.state(key),
                    answered_at=answer.at if answer else None,
                    ended_at=ended_at,
                    event_id=answer.id if answer else None,
                )
            )
        return found[::-1]


def _answer_to(ask: Ask, events: Iterable[Event]) -> Event | None:
    key = answer_key(ask)
    return next((each for each in events if each.key == key), None)


def _answered_at(asked: Asked) -> tuple[datetime, int]:
    return (asked.answered_at or asked.ask.asked_at, asked.ask.decision_id)
