"""What waits in the store: screened once after an import, then only looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from heapq import nlargest

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.asking import HAS_ANSWERED, Ask
from vorzimmer.campaigns import Campaign, Groups, group_notes
from vorzimmer.cards import (
    Card,
    Session,
    make_card,
    make_screening,
    make_session,
    screen_together,
    with_campaign,
    with_given,
    without_default_texts,
)
from vorzimmer.compiled_phrases import shipped_phrasebook
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
)
from vorzimmer.policy import Policy
from vorzimmer.reactions import OPEN, Event, State, happened_last, state_after
from vorzimmer.repeats import Repeats, TurnedAway
from vorzimmer.retention import FADING_KEY, Digests, turned_away_of_old
from vorzimmer.screening import Screened, Screening
from vorzimmer.settings import Settings
from vorzimmer.signals import all_signals, signals_by_name
from vorzimmer.store import Reading, Said


@dataclass(frozen=True, slots=True)
class ScreenedStore:
    """The requests of the store; each is screened once, when it is first needed.

    Attributes:
        run: What was imported and forgotten when it was made; see
            ``store.content``.
        requests: All of them, by id.
        groups: All requests by the near-duplicates that their notes belong to.
        screened: So far, by id of the request.
        cards: Made so far, by request, policy and given facts.
        own_weights: Those that the member has set.
        learner: Holds what is learned from.
        learned: What holds of it.
        repeats: Finds who asks again.
    """

    run: tuple[int, ...]
    screening: Screening
    requests: Mapping[str, ContactRequest]
    groups: Groups
    screened: dict[str, Screened] = field(default_factory=dict)
    cards: dict[object, Card] = field(default_factory=dict)
    own_weights: Mapping[str, float] = field(default_factory=dict)
    learner: Learner = field(default_factory=lambda: Learner(all_signals()))
    learned: Learned = field(default_factory=Learned)
    repeats: Repeats = field(default_factory=lambda: Repeats(()))

    def remembering(self, decisions: Mapping[str, Decision]) -> ScreenedStore:
        """Return the store, knowing who was turned away; few are screened anew.

        Args:
            decisions: Those that stand, by id of the request.
        """
        old, new = self.screening.turned_away, self.repeats.record(decisions)
        if old == new:
            return self
        changed = old.told ^ new.told
        changed |= {
            key
            for key in {*old.again, *new.again}
            if old.again.get(key) != new.again.get(key)
        }
        return replace(
            self,
            screening=replace(self.screening, turned_away=new),
            screened={
                key: each for key, each in self.screened.items() if key not in changed
            },
            cards={},
        )

    def taught(
        self,
        taught: Iterable[Teaching],
        given: Mapping[str, Mapping[str, Answer]],
    ) -> ScreenedStore:
        """Return the store, weighed by what these requests teach."""
        self.learner.hold(self.lessons(taught, given))
        learned = self.learner.learned()
        kinds = _kinds_between(self.learned, learned)
        if not kinds:
            return replace(self, learned=learned)
        screening = replace(
            self.screening,
            weights={**learned.weights, **self.own_weights},
            shifts=learned.shifts,
        )
        return replace(
            self,
            screening=screening,
            screened={
                key: screening.weighed_again(each, kinds)
                for key, each in self.screened.items()
            },
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
        new = [self.requests[each] for each in request_ids if each not in self.screened]
        if not new:
            return
        for each in screen_together(new, self.screening, self.groups):
            self.screened[each.request.id] = each

    def card(
        self, request_id: str, policy: Policy, *, given: Mapping[str, Answer]
    ) -> Card:
        """Return the card of a request under a policy, made once.

        Raises:
            UnknownNameError: There is no such request.
        """
        if request_id not in self.requests:
            raise UnknownNameError(request_id, what="request")
        key = (request_id, policy, tuple(sorted(given.items())))
        if key not in self.cards:
            screened = self.screened_with(request_id, given)
            card = make_card(screened, self.screening, policy=policy, given=given)
            self.cards[key] = with_campaign(card, screened, self.groups)
        return self.cards[key]


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
            store=screened.remembering(decisions).taught(taught, given),
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
        card = self.store.card(request_id, policy, given=given)
        decision, state = self.decisions.get(request_id), self.state(request_id)
        if decision is None and state is card.state:
            return card
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
        waiting = [each for each in self.store.requests if self.state(each) in OPEN]
        self.store.screen(waiting)
        cards = [self.card(each, policy) for each in waiting]
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
        """Return requests that are over, the newest first.

        Most were decided; others only happened to end, as those that were taken back.
        """
        over = [(each.at, each.id, key) for key, each in self.decisions.items()]
        over += [
            (events[-1].at, 0, key)
            for key, events in self.events.items()
            if key not in self.decisions and self.state(key) not in OPEN
        ]
        newest = [key for _, _, key in nlargest(limit, over)]
        self.store.screen(newest)
        return tuple(self.card(key, policy) for key in newest)

    def last_told(self) -> tuple[str, Event] | None:
        """Return what the member told to have happened, if nothing was decided since.

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


def _kinds_between(before: Learned, after: Learned) -> set[Kind]:
    """Return the kinds whose weights or priors differ."""
    signals = signals_by_name()
    names = {
        name
        for name in {*before.weights, *after.weights}
        if before.weights.get(name) != after.weights.get(name)
    }
    return {signals[name].kind for name in names} | {
        kind
        for kind in Kind
        if before.shifts.get(kind, 0.0) != after.shifts.get(kind, 0.0)
    }


def screen_store(
    store: Reading, settings: Settings, *, run: tuple[int, ...]
) -> ScreenedStore:
    """Return the requests that the store holds, ready to be screened."""
    member = store.member() or Member()
    screening = make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance(store.ties(), member),
        weights=settings.weights,
        habits=Habits(store.habits()),
    )
    requests = store.requests()
    return ScreenedStore(
        run=run,
        screening=screening,
        requests={each.id: each for each in requests},
        groups=group_notes(requests),
        own_weights=settings.weights,
        learner=Learner(all_signals(), fixed=settings.weights),
        repeats=Repeats(requests, _faded(store)),
    )


def _faded(store: Reading) -> Callable[[ContactRequest], TurnedAway | None]:
    """Return what knows people whose earlier requests faded."""
    key, rows = store.preference(FADING_KEY), store.faded()
    if not key or not rows:
        return lambda _: None
    people = {
        digest: TurnedAway(action=Action(each.action), on=each.month)
        for digest, each in rows.items()
        if each.what == "person"
    }
    return partial(turned_away_of_old, Digests(bytes.fromhex(key)), people)
