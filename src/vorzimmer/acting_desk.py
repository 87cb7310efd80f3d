"""The member acts on a network: begins, says that it is done, or lets go of it.

What is begun is written down before a network is asked, and recorded as a decision
after; if the program ends in between, another try with the same key is safe.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from vorzimmer.acting import UNDER_WAY, Acting, Progress, SentText
from vorzimmer.cards import Card
from vorzimmer.errors import ActingError, ReactionError
from vorzimmer.model import Action, Decision, say
from vorzimmer.recording import Parts, check, record, with_text
from vorzimmer.store import Reading

_NOT_UNDER_WAY = say("This is not under way any more: it is done, or was cancelled.")
_NOT_AGAIN = say("On this network you act yourself; say here when it is done.")


class ActingDesk:
    """What is under way on networks."""

    def __init__(self, parts: Parts) -> None:
        """Take what is needed of the desk."""
        self._parts = parts
        self._store = parts.store

    def begin(
        self,
        request_id: str,
        action: Action,
        *,
        note: str = "",
        sent: SentText | None = None,
    ) -> Acting:
        """Begin to act; where the person acts, it waits for ``done``.

        What is under way about the same request is cancelled; the same action goes on.

        Args:
            request_id: About which request.
            action: What is to be done.
            note: What the member writes to oneself.
            sent: The words that go along; ``None`` has none, or goes on with those
                that it was begun with.

        Raises:
            UnknownNameError: There is no such request.
            ReactionError: It is not possible where the request stands.
        """
        card = self._parts.card(request_id)
        with self._parts.lock, self._store.transaction() as store:
            check(store, card.request, action)
            before = _about(store, request_id)
            if before is not None and before.action is not action:
                store.put_acting(replace(before, progress=Progress.CANCELLED))
                before = None
            acting = before or self.new(card, action, note=note)
            if sent is not None:
                acting = with_text(acting, sent)
            store.put_acting(acting)
        if not self._parts.acts_itself(card, action):
            return acting
        return self._finish(self.ask_network(acting, card), card)

    def again(self, key: str) -> Acting:
        """Ask the network once more for what did not work; it does it at most once.

        Raises:
            ReactionError: It is not under way any more, or the person acts there.
        """
        with self._store.reading() as store:
            acting = _under_way(store, key)
        card = self._parts.card(acting.request_id)
        if not self._parts.acts_itself(card, acting.action):
            raise ReactionError(_NOT_AGAIN)
        return self._finish(self.ask_network(acting, card), card)

    def done(
        self, key: str, *, sent: SentText | None = None, days: int | None = None
    ) -> Decision:
        """Record what the person says to have done on the network.

        Args:
            key: Of what was begun.
            sent: The words as they were sent in the end; ``None`` is as begun.
            days: How long an answer is waited for; ``None`` is as the settings say.

        Raises:
            ReactionError: It is not under way any more, or not possible any more.
        """
        with self._store.reading() as store:
            acting = _under_way(store, key)
        if sent is not None:
            acting = with_text(acting, sent)
        return self._record(acting, self._parts.card(acting.request_id), days=days)

    def cancel(self, key: str) -> Acting:
        """Let go of what was begun; nothing of it becomes a decision.

        Raises:
            ReactionError: It is not under way any more.
        """
        with self._store.transaction() as store:
            cancelled = replace(_under_way(store, key), progress=Progress.CANCELLED)
            store.put_acting(cancelled)
        return cancelled

    def under_way(self, request_id: str) -> Acting | None:
        """Return what is begun about a request; ``None``: nothing is."""
        with self._store.reading() as store:
            return _about(store, request_id)

    def all(self) -> list[Acting]:
        """Return all that is begun and neither done nor cancelled, oldest first."""
        with self._store.reading() as store:
            return store.actings_under_way()

    def new(self, card: Card, action: Action, *, note: str = "") -> Acting:
        """Return an action that is about to begin, under a key of its own."""
        return Acting(
            key=uuid4().hex,
            request_id=card.request.id,
            action=action,
            begun_at=self._parts.now(),
            note=note,
        )

    def ask_network(self, acting: Acting, card: Card) -> Acting:
        """Ask the network to do it, and return how that went.

        Args:
            acting: What; it is written down before.
            card: About which request.
        """
        with self._store.transaction() as store:
            store.put_acting(acting)
        tried = replace(acting, tries=acting.tries + 1, problem=None)
        network = self._parts.network(card.request)
        try:
            network.act(card.request, acting.action, acting.text, key=acting.key)
        except ActingError as error:
            problem = error.sentences[0]
            tried = replace(tried, progress=Progress.FAILED, problem=problem)
            with self._store.transaction() as store:
                store.put_acting(tried)
        return tried

    def _finish(self, acting: Acting, card: Card) -> Acting:
        """Record what a network has done; what failed stays under way."""
        if acting.problem is not None:
            return acting
        made = self._record(acting, card)
        return acting.recorded_as(made.id)

    def _record(
        self, acting: Acting, card: Card, *, days: int | None = None
    ) -> Decision:
        draft = self._parts.draft(card, acting.action, note=acting.note)
        with self._parts.lock, self._store.transaction() as store:
            known = store.acting(acting.key)
            if known is not None and known.progress is Progress.DONE:
                raise ReactionError(_NOT_UNDER_WAY)
            check(store, card.request, acting.action)
            made = record(
                store,
                draft,
                sent=acting.sent,
                days=self._parts.days if days is None else days,
                asked_at=acting.begun_at,
            )
            store.put_acting(acting.recorded_as(made.id))
            return made


def _about(store: Reading, request_id: str) -> Acting | None:
    mine = (e for e in store.actings_under_way() if e.request_id == request_id)
    return next(mine, None)


def _under_way(store: Reading, key: str) -> Acting:
    acting = store.acting(key)
    if acting is None or acting.progress not in UNDER_WAY:
        raise ReactionError(_NOT_UNDER_WAY)
    return acting
