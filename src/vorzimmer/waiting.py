"""What waits in the store: screened once after an import, then only looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import (
    Card,
    Session,
    is_open,
    make_card,
    make_screening,
    make_session,
    with_given,
)
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.errors import UnknownNameError
from vorzimmer.model import Answer, ContactRequest, Decision, Member
from vorzimmer.policy import Policy
from vorzimmer.screening import Screened, Screening, count_same_notes
from vorzimmer.settings import Settings
from vorzimmer.store import Reading


@dataclass(frozen=True, slots=True)
class ScreenedStore:
    """The requests of the store; each is screened once, when it is first needed.

    Attributes:
        run: The import after which it was made; ``None`` before the first.
        requests: All of them, by id.
        same_notes: Senders by normal form of a note, counted over all requests.
        screened: So far, by id of the request.
        cards: Made so far, by request, policy and given facts.
    """

    run: int | None
    screening: Screening
    requests: Mapping[str, ContactRequest]
    same_notes: Counter[str]
    screened: dict[str, Screened] = field(default_factory=dict)
    cards: dict[object, Card] = field(default_factory=dict)

    def screen(self, request_ids: Iterable[str]) -> None:
        """Screen those of the requests that were not yet, as one batch."""
        new = [self.requests[each] for each in request_ids if each not in self.screened]
        for each in self.screening.screen(new, same_notes=self.same_notes):
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
            self.screen([request_id])
            screened = self.screened[request_id]
            if given:
                request = with_given(screened.request, given)
                (screened,) = self.screening.screen(
                    [request], same_notes=self.same_notes
                )
            self.cards[key] = make_card(
                screened, self.screening, policy=policy, given=given
            )
        return self.cards[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The screened requests, with what may change between two looks.

    Attributes:
        decisions: Those that stand, by id of the request.
        given: Facts that the member typed in, by id of the request and name.
        revision: That of the store when all of it was read.
    """

    store: ScreenedStore
    decisions: Mapping[str, Decision]
    given: Mapping[str, Mapping[str, Answer]]
    revision: int

    def card(self, request_id: str, policy: Policy) -> Card:
        """Return one request with all that is said of it."""
        given = self.given.get(request_id, {})
        card = self.store.card(request_id, policy, given=given)
        decision = self.decisions.get(request_id)
        return replace(card, decision=decision) if decision else card

    def session(self, policy: Policy) -> Session:
        """Return the open requests, grouped by what the policy proposes."""
        waiting = [each for each in self.store.requests if self._is_open(each)]
        self.store.screen(waiting)
        cards = [self.card(each, policy) for each in waiting]
        own = (each for each in self.decisions.values() if each.actor == "member")
        decided_count = sum(not is_open(each) for each in own)
        return make_session(cards, policy, decided_count=decided_count)

    def _is_open(self, request_id: str) -> bool:
        return is_open(self.decisions.get(request_id))

    def decided(self, policy: Policy, *, limit: int) -> tuple[Card, ...]:
        """Return decided requests, the newest decision first."""
        newest = nlargest(
            limit, self.decisions.values(), key=lambda each: (each.at, each.id)
        )
        self.store.screen(each.request_id for each in newest)
        return tuple(self.card(each.request_id, policy) for each in newest)


def screen_store(
    store: Reading, settings: Settings, *, run: int | None
) -> ScreenedStore:
    """Return the requests that the store holds, ready to be screened."""
    member = store.member() or Member()
    screening = make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance(store.ties(), member),
        weights=settings.weights,
    )
    requests = store.requests()
    return ScreenedStore(
        run=run,
        screening=screening,
        requests={each.id: each for each in requests},
        same_notes=count_same_notes(requests),
    )
