"""What waits in the store: read once after an import, then only looked up.

All that wait are scored together; evidence in words is found for those looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import nlargest

from vorzimmer.asking import HAS_ANSWERED, Ask
from vorzimmer.campaigns import Campaign
from vorzimmer.cards import (
    Card,
    Session,
    make_session,
    without_default_texts,
)
from vorzimmer.lessons import Teaching, teachings
from vorzimmer.model import (
    Action,
    Answer,
    ContactRequest,
    Decision,
    Person,
    Proposal,
)
from vorzimmer.names import fold
from vorzimmer.objections import refusal_of
from vorzimmer.policy import Policy
from vorzimmer.reactions import OPEN, Event, State, happened_last, state_after
from vorzimmer.screened_store import ScreenedStore, key_of
from vorzimmer.screening import Screening
from vorzimmer.store import Reading, Said
from vorzimmer.text import words


@dataclass(frozen=True, kw_only=True)  # no slots: keeps what pages ask each time
class Waiting:
    """The screened requests, with what may change between two looks.

    Attributes:
        decisions: Those that stand, by id of the request.
        events: What happened besides, and stands, by id of the request.
        asks: Questions that were sent, in order.
        given: Facts that the member typed in, by id of the request and name.
        revision: That of the store when all of it was read.
        teachings: What teaches something, newest first.
        only_removed: Requests whose sender the member removed, and nothing else.
        sessions: Made so far, by policy.
        over: Cards of requests that are over, made so far, by policy and their number.
    """

    store: ScreenedStore
    decisions: Mapping[str, Decision]
    given: Mapping[str, Mapping[str, Answer]]
    revision: int
    teachings: tuple[Teaching, ...] = ()
    events: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    only_removed: frozenset[str] = frozenset()
    sessions: dict[Policy, Session] = field(default_factory=dict, compare=False)
    over: dict[tuple[Policy, int], tuple[Card, ...]] = field(
        default_factory=dict, compare=False
    )

    @classmethod
    def read(cls, store: Reading, screened: ScreenedStore) -> Waiting:
        """Return what waits now, after learning from what was said and done."""
        decisions, given, said = (
            store.current_decisions(),
            store.given_facts(),
            store.said(),
        )
        taught = _teachings(screened, decisions, said)
        return cls(
            store=screened.remembering(decisions).taught(taught, given),
            decisions=decisions,
            given=given,
            revision=store.revision(),
            teachings=taught,
            events=store.standing_events(),
            asks=tuple(store.asks()),
            only_removed=store.only_removed(decisions),
        )

    def card(self, request_id: str, policy: Policy) -> Card:
        """Return one request with all that is said of it."""
        given = self.given.get(request_id, {})
        return self._standing(self.store.card(request_id, policy, given=given))

    def cards(self, request_ids: Iterable[str], policy: Policy) -> list[Card]:
        """Return many requests, of which few will be looked at.

        Raises:
            UnknownNameError: One of them is not there.
        """
        ids = list(request_ids)
        known = [each for each in ids if each in self.store.requests]
        self.store.make_cards(known, policy, given=self.given)
        made = self.store.cards[policy]
        return [
            self.card(each, policy) if card is None else self._standing(card)
            for each in ids
            for card in [made.get(key_of(each, self.given.get(each)))]
        ]

    def _standing(self, card: Card) -> Card:
        """Return a card with where its request stands."""
        request_id = card.request.id
        if request_id not in self._changed:
            return card
        decision, state = self.decisions.get(request_id), self.state(request_id)
        proposal = card.proposal
        if state is State.ANSWERED and proposal.action is not Action.ACCEPT:
            # Whatever the policy says of the request, it has not read the answer.
            proposal = Proposal(Action.HOLD, HAS_ANSWERED)
        happened = happened_last(decision, self.events.get(request_id, ()))
        return replace(
            card,
            decision=decision,
            state=state,
            happened=happened,
            proposal=proposal,
        )

    def state(self, request_id: str) -> State:
        """Return where a request stands."""
        events = self.events.get(request_id, ())
        return state_after(self.decisions.get(request_id), events)

    def screening_of(self, request: ContactRequest) -> Screening:
        """Return the screening for a request that is not in the store."""
        record = self.store.repeats.about(request, self.decisions)
        return replace(self.store.screening, turned_away=record)

    def session(self, policy: Policy) -> Session:
        """Return the open requests, grouped by what the policy proposes; made once."""
        if policy not in self.sessions:
            self.sessions[policy] = self._session(policy)
        return self.sessions[policy]

    def _session(self, policy: Policy) -> Session:
        waiting = [
            each
            for each in self.store.requests
            if each not in self._changed or self.state(each) in OPEN
        ]
        cards = self.cards(waiting, policy)
        # Whom a source shows as accepted never waited here, removed later or not.
        decided_count = sum(
            each.actor == "member"
            and key not in self.only_removed
            and self.state(key) not in OPEN
            for key, each in self.decisions.items()
        )
        return make_session(cards, policy, decided_count=decided_count)

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return the campaigns among all requests, the largest first."""
        book = self.store.screening.book
        return without_default_texts(self.store.groups.campaigns, book)

    def decided(self, policy: Policy, *, limit: int) -> tuple[Card, ...]:
        """Return requests that are over, the newest first; found once.

        Most were decided; others only happened to end, as those that were taken back.
        """
        key = policy, limit
        if key not in self.over:
            self.over[key] = self._decided(policy, limit)
        return self.over[key]

    def _decided(self, policy: Policy, limit: int) -> tuple[Card, ...]:
        over = [(each.at, each.id, key) for key, each in self.decisions.items()]
        over += [
            (events[-1].at, 0, key)
            for key, events in self.events.items()
            if key not in self.decisions and self.state(key) not in OPEN
        ]
        newest = [key for _, _, key in nlargest(limit, over)]
        return tuple(self.cards(newest, policy))

    def found(self, who: str, policy: Policy, *, limit: int) -> tuple[Card, ...]:
        """Return requests of people of this name or firm, the newest first.

        Args:
            who: Words, in any order and spelling, that name, firm or headline have.
            policy: For what is proposed.
            limit: How many at most.
        """
        wanted = [fold(word) for word in words(who)]
        moments = [
            (self._moment(request), key)
            for key, request in self.store.requests.items()
            if wanted and _is_meant(request.sender, wanted)
        ]
        newest = [key for _, key in nlargest(limit, moments)]
        return tuple(self.cards(newest, policy))

    def _moment(self, request: ContactRequest) -> float:
        decision = self.decisions.get(request.id)
        at = decision.at if decision else request.sent_at
        return at.timestamp() if at else 0.0

    @cached_property
    def _changed(self) -> Collection[str]:
        """The requests that something was done about, or happened to; few, mostly."""
        return self.decisions.keys() | self.events.keys()

    @cached_property
    def refused(self) -> frozenset[str]:
        """The requests that the member refused."""
        return frozenset(
            key
            for key, each in self.decisions.items()
            if key in self.store.requests
            and refusal_of([self.store.requests[key]], {key: each})
        )

    @cached_property
    def last_told(self) -> tuple[str, Event] | None:
        """What the member told to have happened, if nothing was decided since.

        With it the id of the request. So one step back takes back what was done last.
        """
        decided = (each for each in self.decisions.values() if each.actor == "member")
        since = max((each.id for each in decided), default=0)
        mine = (
            (key, each)
            for key, events in self.events.items()
            for each in events
            if each.actor == "member" and each.after_decision >= since
        )
        return max(mine, key=lambda each: each[1].id, default=None)


def _teachings(
    screened: ScreenedStore, decisions: Mapping[str, Decision], said: Said
) -> tuple[Teaching, ...]:
    return tuple(
        teachings(
            screened.requests,
            decisions,
            said.corrections,
            after_decision=said.after_decision,
        )
    )


def _is_meant(person: Person, wanted: Sequence[str]) -> bool:
    said = " ".join(filter(None, (person.name, person.company, person.headline)))
    own = [fold(word) for word in words(said)]
    return all(any(each in word for word in own) for each in wanted)
