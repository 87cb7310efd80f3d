"""The member reacts: decides about one request or many at once, and takes it back."""

from __future__ import annotations

from collections.abc import Iterable

from vorzimmer.acting import SentText
from vorzimmer.acting_desk import ActingDesk
from vorzimmer.errors import ActingError, UndoError
from vorzimmer.model import Action, Decision, say
from vorzimmer.reactions import (
    AS_NOTED,
    Event,
    Happening,
    State,
    in_order,
    not_withdrawn,
    refused,
)
from vorzimmer.recording import Parts, check, record, record_many, state_in, take_back
from vorzimmer.repeats import TurnedAway


class ReactionDesk:
    """What the member does about requests.

    Attributes:
        acting: What is under way on networks.
    """

    def __init__(self, parts: Parts) -> None:
        """Take what is needed of the desk."""
        self._parts = parts
        self._store = parts.store
        self.acting = ActingDesk(parts)

    def history(self, request_id: str) -> list[Decision | Event]:
        """Return all that was decided and happened, in order, undoings too."""
        with self._store.reading() as store:
            return in_order(store.decisions(request_id), store.events(request_id))

    def decide(
        self,
        request_id: str,
        action: Action,
        *,
        note: str = "",
        sent: SentText | None = None,
        days: int | None = None,
    ) -> Decision:
        """Record what the member does; where the network lets us, do it before.

        Args:
            request_id: About which request.
            action: What is done.
            note: What the member writes to oneself.
            sent: The words that go along.
            days: How long an answer is waited for; ``None`` is as the settings say.

        Raises:
            UnknownNameError: There is no such request.
            ReactionError: It is not possible where the request stands.
            ActingError: The network did not do it; it stays under way.
        """
        card = self._parts.card(request_id)
        if self._parts.acts_itself(card, action):
            acting = self.acting.begin(request_id, action, note=note, sent=sent)
            if acting.problem is not None:
                raise ActingError(acting.problem)
            made = self.history(request_id)
            return next(
                each
                for each in made
                if isinstance(each, Decision) and each.id == acting.decision_id
            )
        draft = self._parts.draft(card, action, note=note)
        with self._parts.lock, self._store.transaction() as store:
            check(store, card.request, action)
            wait = self._parts.days if days is None else days
            return record(store, draft, sent=sent, days=wait)

    def decide_many(
        self,
        request_ids: Iterable[str],
        action: Action,
        *,
        clause: str = "",
        note: str = "",
    ) -> tuple[Decision, ...]:
        """Record one action about many requests, all or none; one undo takes it back.

        Where the network lets us act, those that did not work stay under way, and only
        the others are recorded.

        Args:
            request_ids: About which; each counts once.
            action: What is done.
            clause: Why; ``""`` is the policy's clause where it proposes the action.
            note: What the member writes to oneself.

        Raises:
            UnknownNameError: One of them is not there; nothing was recorded.
            ReactionError: It is not possible for one of them; nothing was recorded.
            ActingError: No network did it.
        """
        waiting, policy = self._parts.waiting(), self._parts.policy()
        ids = list(dict.fromkeys(request_ids))
        cards = waiting.cards(ids, policy)
        for card in cards:
            if error := refused(card.state, action, card.request):
                raise error
        ours = [card for card in cards if self._parts.acts_itself(card, action)]
        acted = [
            self.acting.ask_network(self.acting.new(card, action, note=note), card)
            for card in ours
        ]
        failed = {each.request_id: each.problem for each in acted if each.problem}
        if failed and len(failed) == len(cards):
            raise ActingError(*dict.fromkeys(failed.values()))
        drafts = [
            self._parts.draft(card, action, note=note, clause=clause)
            for card in cards
            if card.request.id not in failed
        ]
        with self._parts.lock, self._store.transaction() as store:
            made = record_many(store, drafts, days=self._parts.days)
            by_request = {each.request_id: each.id for each in made}
            for each in acted:
                if each.request_id in by_request:
                    store.put_acting(each.recorded_as(by_request[each.request_id]))
            return made

    def undo(
        self, decision_id: int | None = None, *, batch: int | None = None
    ) -> tuple[Decision, ...]:
        """Take back what the member decided; the record keeps both.

        Args:
            decision_id: Which one; ``None`` is the newest that holds, and with it all
                that were decided at once with it.
            batch: All of this number that still hold.

        Raises:
            UndoError: There is none, or it does not hold any more.
        """
        with self._parts.lock, self._store.transaction() as store:
            standing = store.current_decisions().values()
            holding = [each for each in standing if each.actor == "member"]
            if decision_id is None and batch is None and holding:
                newest = max(holding, key=lambda each: each.id)
                decision_id, batch = newest.id, newest.batch
            wanted = [
                each
                for each in holding
                if each.id == decision_id or (batch is not None and each.batch == batch)
            ]
            if not wanted:
                raise UndoError(say("There is no decision left to undo."))
            wanted.sort(key=lambda each: each.id)
            return take_back(store, wanted, at=self._parts.now())

    def withdrawn(self, request_id: str) -> State:
        """Record that the sender has taken the request back; return where it stands.

        Raises:
            UnknownNameError: There is no such request.
            ReactionError: It is over already.
        """
        if error := not_withdrawn(self._parts.card(request_id).state):
            raise error
        with self._store.transaction() as store:
            # Between a look and a click, or between two clicks, it may have changed.
            if error := not_withdrawn(state_in(store, request_id)):
                raise error
            store.add_event(
                request_id,
                Happening.WITHDRAWN,
                at=self._parts.now(),
                actor="member",
                clause=AS_NOTED,
                # It may be taken back, and said again.
                key=f"withdrawn {len(store.events(request_id))}",
            )
        return self._parts.card(request_id).state

    def turned_away(self, request_id: str) -> TurnedAway | None:
        """Return that the sender of a request was turned away before it.

        ``None``: not so, or not known.
        """
        return self._parts.waiting().store.screening.turned_away.again.get(request_id)

    def last_told(self) -> tuple[str, Event] | None:
        """Return what the member told to have happened, if nothing was decided since.

        With it the id of the request. ``None``: a step back takes back a decision.
        """
        return self._parts.waiting().last_told

    def take_event_back(self, event_id: int) -> Event:
        """Take back what was recorded to have happened.

        Raises:
            UndoError: There is none, or it was taken back already.
        """
        with self._store.transaction() as store:
            return store.take_event_back(event_id, at=self._parts.now())
