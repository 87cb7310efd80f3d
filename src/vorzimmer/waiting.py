"""What waits in the store: read once after an import, then only looked up.

All that wait are scored together; evidence in words is found for those looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from heapq import nlargest

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.asking import HAS_ANSWERED, Ask
from vorzimmer.bulk import Scored
from vorzimmer.campaigns import Campaign, Groups, group_notes
from vorzimmer.cards import (
    Card,
    Session,
    campaign_of,
    make_card,
    make_screening,
    make_session,
    make_short_card,
    screen_together,
    with_campaign,
    with_given,
    without_default_texts,
)
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.crowds import Crowd, Crowds
from vorzimmer.errors import UnknownNameError
from vorzimmer.habits import Habits
from vorzimmer.learning import Learned, Learner, Lesson, make_lesson
from vorzimmer.lessons import Teaching, teachings
from vorzimmer.model import (
    Action,
    Answer,
    ContactRequest,
    Decision,
    Kind,
    Member,
    Proposal,
    Tie,
)
from vorzimmer.policy import Policy
from vorzimmer.reactions import OPEN, Event, State, state_after
from vorzimmer.screening import Screened, Screening
from vorzimmer.settings import Settings
from vorzimmer.signal import Context
from vorzimmer.signals import all_signals
from vorzimmer.store import Reading, Said


@dataclass(frozen=True, slots=True)
class ScreenedStore:
    """The requests of the store; each is read once, when it is first needed.

    Attributes:
        run: What was imported and forgotten when it was made; see
            ``store.content``.
        requests: All of them, by id.
        ties: All of them, in the order of the store.
        groups: All requests by the near-duplicates that their notes belong to.
        contexts: What may be known of requests besides, so far, by their id.
        crowds: What the signals say of many requests, so far, in numbers.
        found: Requests with what signals found, so far, by whatever weights.
        screened: So far, by the weights that hold, by id of the request.
        scored: So far, by policy and by id of the request.
        cards: Made so far, by policy, then by request and given facts.
        own_weights: Those that the member has set.
        learner: Holds what is learned from.
        learned: What holds of it.
    """

    run: tuple[int, ...]
    screening: Screening
    requests: Mapping[str, ContactRequest]
    groups: Groups
    ties: Sequence[Tie]
    contexts: dict[str, Context] = field(default_factory=dict)
    crowds: Crowds = field(default_factory=Crowds)
    found: dict[str, Screened] = field(default_factory=dict)
    screened: dict[str, Screened] = field(default_factory=dict)
    scored: dict[Policy, dict[str, Scored]] = field(default_factory=dict)
    cards: dict[Policy, dict[object, Card]] = field(default_factory=dict)
    own_weights: Mapping[str, float] = field(default_factory=dict)
    learner: Learner = field(default_factory=lambda: Learner(all_signals()))
    learned: Learned = field(default_factory=Learned)

    def taught(
        self,
        taught: Iterable[Teaching],
        given: Mapping[str, Mapping[str, Answer]],
    ) -> ScreenedStore:
        """Return the store, weighed by what these requests teach."""
        self.learner.hold(self.lessons(taught, given))
        learned = self.learner.learned()
        if (learned.weights, learned.shifts) == (
            self.learned.weights,
            self.learned.shifts,
        ):
            return replace(self, learned=learned)
        screening = replace(
            self.screening,
            weights={**learned.weights, **self.own_weights},
            shifts=learned.shifts,
        )
        return replace(
            self,
            screening=screening,
            screened={},
            scored={},
            cards={},
            learned=learned,
        )

    def lessons(
        self,
        taught: Iterable[Teaching],
        given: Mapping[str, Mapping[str, Answer]],
    ) -> list[Lesson]:
        """Return the lessons of requests, with what screening finds in them."""
        wanted = {each.request_id: each.labels for each in taught if each.labels}
        self.screen(wanted)
        return [
            make_lesson(screened.request, screened.found, wanted[key])
            for key in wanted
            for screened in [self.screened_with(key, given.get(key, {}))]
        ]

    def screened_with(self, request_id: str, given: Mapping[str, Answer]) -> Screened:
        """Return a request as screened with the facts that the member typed in."""
        self.screen([request_id])
        screened = self.screened[request_id]
        if given:
            request = with_given(screened.request, given)
            (screened,) = screen_together([request], self.screening, self.groups)
        return screened

    def screen(self, request_ids: Iterable[str]) -> None:
        """Screen those of the requests that were not yet, as one batch."""
        wanted = [each for each in request_ids if each not in self.screened]
        new = [each for each in wanted if each not in self.found]
        if new:
            contexts = self._read(new)
            requests = [self.requests[each] for each in new]
            screened = self.screening.screen_in(requests, contexts)
            made = {each.request.id: each for each in screened}
            self.found.update(made)
            self.screened.update(made)
        for each in wanted:
            if each not in self.screened:
                again = self.screening.weighed_again(self.found[each], Kind)
                self.screened[each] = again

    def _read(self, request_ids: list[str]) -> list[Context]:
        """Return the contexts of requests; those that are not known, in one batch."""
        new = [self.requests[each] for each in request_ids if each not in self.contexts]
        if new:
            read = self.screening.contexts(new, self.groups.senders)
            self.contexts.update(
                (request.id, context)
                for request, context in zip(new, read, strict=True)
            )
        return [self.contexts[each] for each in request_ids]

    def score(self, request_ids: Iterable[str], policy: Policy) -> Mapping[str, Scored]:
        """Return the scores of requests, and perhaps of others, by their ids."""
        known = self.scored.setdefault(policy, {})
        wanted = [each for each in request_ids if each not in known]
        new = [each for each in wanted if each not in self.crowds]
        if new:
            requests = [self.requests[each] for each in new]
            self.crowds.add(Crowd.read(requests, self._read(new), self.screening))
        for crowd in self.crowds.with_any(wanted):
            scored = crowd.scored(self.screening, policy)
            known.update((each.request_id, each) for each in scored)
        return known

    def make_cards(
        self,
        request_ids: Iterable[str],
        policy: Policy,
        *,
        given: Mapping[str, Mapping[str, Answer]],
    ) -> None:
        """Make the cards of many requests, of which few will be looked at.

        Args:
            request_ids: Of requests that the store holds.
            policy: Which proposes the actions.
            given: Facts that the member typed in; such requests are left out.
        """
        cards = self.cards.setdefault(policy, {})
        new = [
            each
            for each in request_ids
            if not given.get(each) and _key(each) not in cards
        ]
        scored = self.score(new, policy)
        for each in new:
            card = make_short_card(
                scored[each],
                self.requests[each],
                self.screening,
                policy=policy,
                look=partial(self.screened_with, each, {}),
            )
            campaign = campaign_of(self.contexts[each].note, self.groups)
            cards[_key(each)] = replace(card, campaign=campaign) if campaign else card

    def card(
        self, request_id: str, policy: Policy, *, given: Mapping[str, Answer]
    ) -> Card:
        """Return the card of a request under a policy, made once.

        Raises:
            UnknownNameError: There is no such request.
        """
        if request_id not in self.requests:
            raise UnknownNameError(request_id, what="request")
        key = _key(request_id, given)
        cards = self.cards.setdefault(policy, {})
        if key not in cards:
            screened = self.screened_with(request_id, given)
            card = make_card(screened, self.screening, policy=policy, given=given)
            cards[key] = with_campaign(card, screened, self.groups)
        return cards[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The screened requests, with what may change between two looks.

    Attributes:
        decisions: Those that stand, by id of the request.
        events: What happened besides, and stands, by id of the request.
        asks: Questions that were sent, in order.
        given: Facts that the member typed in, by id of the request and name.
        revision: That of the store when all of it was read.
        teachings: What teaches something, newest first.
        sessions: Made so far, by policy.
    """

    store: ScreenedStore
    decisions: Mapping[str, Decision]
    given: Mapping[str, Mapping[str, Answer]]
    revision: int
    teachings: tuple[Teaching, ...] = ()
    events: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    sessions: dict[Policy, Session] = field(default_factory=dict, compare=False)

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
            store=screened.taught(taught, given),
            decisions=decisions,
            given=given,
            revision=store.revision(),
            teachings=taught,
            events=store.standing_events(),
            asks=tuple(store.asks()),
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
            for card in [made.get(_key(each, self.given.get(each)))]
        ]

    def _standing(self, card: Card) -> Card:
        """Return a card with where its request stands."""
        request_id = card.request.id
        decision, state = self.decisions.get(request_id), self.state(request_id)
        if decision is None and state is card.state:
            return card
        proposal = card.proposal
        if state is State.ANSWERED and proposal.action is not Action.ACCEPT:
            # Whatever the policy says of the request, it has not read the answer.
            proposal = Proposal(Action.HOLD, HAS_ANSWERED)
        return replace(card, decision=decision, state=state, proposal=proposal)

    def state(self, request_id: str) -> State:
        """Return where a request stands."""
        events = self.events.get(request_id, ())
        return state_after(self.decisions.get(request_id), events)

    def session(self, policy: Policy) -> Session:
        """Return the open requests, grouped by what the policy proposes; made once."""
        if policy not in self.sessions:
            self.sessions[policy] = self._session(policy)
        return self.sessions[policy]

    def _session(self, policy: Policy) -> Session:
        waiting = [each for each in self.store.requests if self.state(each) in OPEN]
        cards = self.cards(waiting, policy)
        decided_count = sum(
            each.actor == "member" and self.state(key) not in OPEN
            for key, each in self.decisions.items()
        )
        return make_session(cards, policy, decided_count=decided_count)

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return the campaigns among all requests, the largest first."""
        book = self.store.screening.book
        return without_default_texts(self.store.groups.campaigns, book)

    def decided(self, policy: Policy, *, limit: int) -> tuple[Card, ...]:
        """Return decided requests, the newest decision first."""
        newest = nlargest(
            limit, self.decisions.values(), key=lambda each: (each.at, each.id)
        )
        return tuple(self.cards([each.request_id for each in newest], policy))


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


def _key(request_id: str, given: Mapping[str, Answer] | None = None) -> object:
    return request_id, tuple(sorted((given or {}).items()))


def screen_store(
    store: Reading, settings: Settings, *, run: tuple[int, ...]
) -> ScreenedStore:
    """Return the requests that the store holds, ready to be screened."""
    member = store.member() or Member()
    ties = store.ties()
    screening = make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance(ties, member),
        weights=settings.weights,
        habits=Habits(store.habits()),
    )
    requests = store.requests()
    return ScreenedStore(
        run=run,
        screening=screening,
        requests={each.id: each for each in requests},
        groups=group_notes(requests),
        ties=ties,
        own_weights=settings.weights,
        learner=Learner(all_signals(), fixed=settings.weights),
    )
