"""The requests of the store, read once: scored together, screened when looked at."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import RLock
from typing import TypeVar

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.bulk import Scored
from vorzimmer.campaigns import Groups, group_notes
from vorzimmer.cards import (
    Card,
    campaign_of,
    make_card,
    make_screening,
    make_short_card,
    screen_together,
    with_campaign,
    with_given,
)
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.crowds import Crowd, Crowds
from vorzimmer.errors import UnknownNameError
from vorzimmer.habits import Habits
from vorzimmer.learning import Learned, Learner, Lesson, make_lesson
from vorzimmer.lessons import Teaching
from vorzimmer.model import (
    Answer,
    ContactRequest,
    Decision,
    Kind,
    Member,
    Tie,
)
from vorzimmer.policy import Policy
from vorzimmer.repeats import TURNED_AWAY, Repeats, TurnedAway
from vorzimmer.retention import FADING_KEY, Digests, turned_away_of_old
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening
from vorzimmer.settings import Settings
from vorzimmer.signal import Context
from vorzimmer.signals import all_signals
from vorzimmer.store import Reading

_Held = TypeVar("_Held")
# Of a card: its request, and the facts that the member typed in.
Key = tuple[str, tuple[tuple[str, Answer], ...]]


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
        repeats: Finds who asks again.
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
    cards: dict[Policy, dict[Key, Card]] = field(default_factory=dict)
    own_weights: Mapping[str, float] = field(default_factory=dict)
    learner: Learner = field(default_factory=lambda: Learner(all_signals()))
    learned: Learned = field(default_factory=Learned)
    repeats: Repeats = field(default_factory=lambda: Repeats(()))
    # Pages are made in several threads, and at the start all want the same: one makes
    # it, the others find it.
    _turn: RLock = field(default_factory=RLock, repr=False, compare=False)

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
        with self._turn:  # what others add meanwhile is neither lost nor in the way
            return replace(
                self,
                screening=replace(self.screening, turned_away=new),
                contexts=_without(self.contexts, changed),
                crowds=self.crowds.without(changed),
                found=_without(self.found, changed),
                screened=_without(self.screened, changed),
                scored={
                    policy: _without(scored, changed)
                    for policy, scored in self.scored.items()
                },
                cards={
                    policy: {
                        key: card
                        for key, card in cards.items()
                        if key[0] not in changed
                    }
                    for policy, cards in self.cards.items()
                },
            )

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
        # What signals found does not depend on weights, so none is weighed for it.
        self._find(wanted)
        lessons = []
        for key, labels in wanted.items():
            facts = given.get(key)
            screened = self.screened_with(key, facts) if facts else self.found[key]
            lesson = make_lesson(
                screened.request, screened.found, labels, groups=self.groups
            )
            lessons.append(lesson)
        return lessons

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
        with self._turn:
            wanted = [each for each in request_ids if each not in self.screened]
            self._find(wanted)
            for each in wanted:
                if each not in self.screened:
                    again = self.screening.weighed_again(self.found[each], Kind)
                    self.screened[each] = again

    def _find(self, request_ids: Iterable[str]) -> None:
        """Ask the signals about those of the requests that they were not yet."""
        with self._turn:
            new = [each for each in request_ids if each not in self.found]
            if not new:
                return
            contexts = self._read(new)
            requests = [self.requests[each] for each in new]
            screened = self.screening.screen_in(requests, contexts)
            made = {each.request.id: each for each in screened}
            self.found.update(made)
            self.screened.update(made)

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
        with self._turn:
            known = self.scored.setdefault(policy, {})
            wanted = [each for each in request_ids if each not in known]
            new = [each for each in wanted if each not in self.crowds]
            if new:
                requests = [self.requests[each] for each in new]
                self.crowds.add(Crowd.read(requests, self._read(new), self.screening))
            scored = self.crowds.scored(wanted, self.screening, policy)
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
        with self._turn:
            cards = self.cards.setdefault(policy, {})
            new = [
                each
                for each in request_ids
                if not given.get(each) and key_of(each) not in cards
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
                if campaign := campaign_of(self.contexts[each].note, self.groups):
                    card = replace(card, campaign=campaign)
                cards[key_of(each)] = card

    def card(
        self, request_id: str, policy: Policy, *, given: Mapping[str, Answer]
    ) -> Card:
        """Return the card of a request under a policy, made once.

        Raises:
            UnknownNameError: There is no such request.
        """
        if request_id not in self.requests:
            raise UnknownNameError(request_id, what="request")
        key = key_of(request_id, given)
        card = self.cards.get(policy, {}).get(key)
        if card is None:
            with self._turn:
                screened = self.screened_with(request_id, given)
                card = make_card(screened, self.screening, policy=policy, given=given)
                card = with_campaign(card, screened, self.groups)
                self.cards.setdefault(policy, {})[key] = card
        return card


def key_of(request_id: str, given: Mapping[str, Answer] | None = None) -> Key:
    """Return under what the card of a request is kept."""
    return request_id, tuple(sorted((given or {}).items()))


def _without(held: Mapping[str, _Held], ids: Container[str]) -> dict[str, _Held]:
    return {key: each for key, each in held.items() if key not in ids}


def screen_store(
    store: Reading,
    settings: Settings,
    *,
    run: tuple[int, ...],
    before: ScreenedStore | None = None,
) -> ScreenedStore:
    """Return the requests that the store holds, ready to be screened.

    Args:
        store: Which.
        settings: With the member's own weights.
        run: See ``ScreenedStore``.
        before: What was returned the last time.
    """
    known = before.groups if before else None
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
        groups=group_notes(requests, before=known, will_grow=True),
        ties=ties,
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
        digest: TurnedAway(action=action, on=each.month)
        for digest, each in rows.items()
        if each.what == "person" and (action := each.decided) in TURNED_AWAY
    }
    return partial(turned_away_of_old, Digests(bytes.fromhex(key)), people)
