"""How a decision of the member is written down, one or many, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from vorzimmer.acting import Acting, Network, Progress, SentText, network_of
from vorzimmer.asking import Ask, due_on
from vorzimmer.cards import Card
from vorzimmer.days import local_day
from vorzimmer.model import Action, ContactRequest, Decision
from vorzimmer.policy import Policy
from vorzimmer.reactions import State, in_order, refused, state_after, state_of
from vorzimmer.store import Reading, Store, Transaction
from vorzimmer.waiting import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What reacting needs of the desk.

    Attributes:
        now: The clock.
        waiting: Gives the screened requests.
        policy: Gives the policy in use.
        lock: Held while what was read is changed.
        days: How long the answer to a question is waited for.
        networks: By name; on others, the person acts.
    """

    store: Store
    now: Callable[[], datetime]
    waiting: Callable[[], Waiting]
    policy: Callable[[], Policy]
    lock: AbstractContextManager[object]
    days: int
    networks: Mapping[str, Network]

    def card(self, request_id: str) -> Card:
        """Return a request as it stands.

        Raises:
            UnknownNameError: There is no such request.
        """
        return self.waiting().card(request_id, self.policy())

    def network(self, request: ContactRequest) -> Network:
        """Return what one may do on the network of a request."""
        return network_of(request, self.networks)

    def acts_itself(self, card: Card, action: Action) -> bool:
        """Return whether Vorzimmer does an action on the network of a request."""
        return action in self.network(card.request).acts

    def draft(
        self, card: Card, action: Action, *, note: str = "", clause: str = ""
    ) -> Decision:
        """Return a decision of the member as it will be written down.

        Args:
            card: About which request.
            action: What is done.
            note: What the member writes to oneself.
            clause: Why; ``""`` is the policy's clause where it proposes the action.
        """
        proposed = card.proposal.clause if card.proposal.action is action else ""
        return Decision(
            id=0,
            request_id=card.request.id,
            action=action,
            actor="member",
            at=self.now(),
            policy=self.policy().name,
            clause=clause or proposed,
            note=note,
            looked_like=card.glance.leading_kind,
            proposed=card.proposal.action,
        )


def check(store: Transaction, request: ContactRequest, action: Action) -> None:
    """Refuse an action that is not possible where a request stands, or came from.

    Raises:
        ReactionError: It is not.
    """
    if error := refused(state_in(store, request.id), action, request):
        raise error


def state_in(store: Reading, request_id: str) -> State:
    """Return where a request stands by its own history."""
    return state_of(in_order(store.decisions(request_id), store.events(request_id)))


def record(
    store: Transaction,
    draft: Decision,
    *,
    sent: SentText | None = None,
    days: int = 0,
    asked_at: datetime | None = None,
) -> Decision:
    """Write a decision down; what else was under way about the request, ends.

    Args:
        store: Where.
        draft: The decision, without a number.
        sent: The words that went along; ``None`` has none.
        days: How long an answer is waited for, if it asks.
        asked_at: From when on an answer may come; ``None`` is from the decision on.
    """
    made = store.add_decision(
        draft.request_id,
        draft.action,
        actor=draft.actor,
        at=draft.at,
        policy=draft.policy,
        clause=draft.clause,
        note=draft.note,
        looked_like=draft.looked_like,
        proposed=draft.proposed,
    )
    if made.action is Action.ASK:
        asked = _asked(made, sent or SentText(), days=days)
        store.add_asks([replace(asked, asked_at=asked_at or made.at)])
    _end_acting(store, {made.request_id})
    return made


def record_many(
    store: Transaction, drafts: Sequence[Decision], *, days: int
) -> tuple[Decision, ...]:
    """Write decisions down that are taken at once, all or none.

    Raises:
        ReactionError: One of them is not possible; nothing was written.
    """
    decided, events = store.current_decisions(), store.standing_events()
    for each in drafts:
        key = each.request_id
        state = state_after(decided.get(key), events.get(key, ()))
        if error := refused(state, each.action):
            raise error
    batch = store.next_batch()
    store.add_decisions(replace(each, batch=batch) for each in drafts)
    made = [each for each in store.current_decisions().values() if each.batch == batch]
    asks = (_asked(e, SentText(), days=days) for e in made if e.action is Action.ASK)
    store.add_asks(asks)
    _end_acting(store, {each.request_id for each in made})
    return tuple(sorted(made, key=lambda each: each.id))


def take_back(
    store: Transaction, wanted: Sequence[Decision], *, at: datetime
) -> tuple[Decision, ...]:
    """Write down that decisions are taken back, and return the undoings.

    Args:
        store: Where.
        wanted: Decisions that stand.
        at: When.
    """
    batch = store.next_batch() if len(wanted) > 1 else None
    store.add_decisions(
        Decision(
            id=0,
            request_id=each.request_id,
            action=each.action,
            actor="member",
            at=at,
            undoes=each.id,
            batch=batch,
        )
        for each in wanted
    )
    return tuple(store.undoings_of({each.id for each in wanted}))


def _asked(made: Decision, sent: SentText, *, days: int) -> Ask:
    return Ask(
        decision_id=made.id,
        request_id=made.request_id,
        asked_at=made.at,
        due_on=due_on(local_day(made.at), days),
        text=sent.text,
        text_id=sent.text_id,
        kind=made.looked_like,
        language=sent.language,
        address=sent.address,
    )


def _end_acting(store: Transaction, request_ids: set[str]) -> None:
    for each in store.actings_under_way():
        if each.request_id in request_ids:
            store.put_acting(replace(each, progress=Progress.CANCELLED))


def with_text(acting: Acting, sent: SentText) -> Acting:
    """Return an action that is under way with other words."""
    return replace(
        acting,
        text=sent.text,
        text_id=sent.text_id,
        language=sent.language,
        address=sent.address,
    )
