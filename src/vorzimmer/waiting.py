"""What waits in the store: screened once after an import, then only looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import (
    Answer,
    Card,
    Session,
    make_card,
    make_screening,
    make_session,
    with_given,
)
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.errors import UnknownNameError
from vorzimmer.model import Decision, Member
from vorzimmer.policy import Policy
from vorzimmer.screening import Screened, Screening, count_same_notes
from vorzimmer.settings import Settings
from vorzimmer.store import Reading


@dataclass(frozen=True, slots=True)
class ScreenedStore:
    """All requests of the store, screened once after an import.

    Attributes:
        run: The import after which it was made; ``None`` before the first.
        same_notes: Senders by normal form of a note.
        screened: By id of the request.
        cards: Made so far, by request, policy and given facts.
    """

    run: int | None
    screening: Screening
    same_notes: Counter[str]
    screened: Mapping[str, Screened]
    cards: dict[object, Card] = field(default_factory=dict)

    def card(
        self, request_id: str, policy: Policy, *, given: Mapping[str, Answer]
    ) -> Card:
        """Return the card of a request under a policy, made once.

        Raises:
            UnknownNameError: There is no such request.
        """
        if request_id not in self.screened:
            raise UnknownNameError(request_id, what="request")
        key = (request_id, policy, tuple(sorted(given.items())))
        if key not in self.cards:
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """The screened requests, with what may change between two looks."""

    store: ScreenedStore
    decisions: Mapping[str, Decision]
    given: Mapping[str, Mapping[str, Answer]]

    def card(self, request_id: str, policy: Policy) -> Card:
        """Return one request with all that is said of it."""
        given = self.given.get(request_id, {})
        card = self.store.card(request_id, policy, given=given)
        return replace(card, decision=self.decisions.get(request_id))

    def session(self, policy: Policy) -> Session:
        """Return the open requests, grouped by what the policy proposes."""
        cards = [self.card(each, policy) for each in self.store.screened]
        waiting = [card for card in cards if card.is_open]
        return make_session(waiting, policy, decided_count=len(cards) - len(waiting))

    def decided(self, policy: Policy, *, limit: int) -> tuple[Card, ...]:
        """Return decided requests, the newest decision first."""
        newest = sorted(self.decisions.values(), key=lambda each: -each.id)
        return tuple(self.card(each.request_id, policy) for each in newest[:limit])


def screen_store(
    store: Reading, settings: Settings, *, run: int | None
) -> ScreenedStore:
    """Screen all requests that the store holds, as one batch."""
    member = store.member() or Member()
    screening = make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance(store.ties(), member),
        weights=settings.weights,
    )
    requests = store.requests()
    same_notes = count_same_notes(requests, screening.book)
    screened = screening.screen(requests, same_notes=same_notes)
    return ScreenedStore(
        run=run,
        screening=screening,
        same_notes=same_notes,
        screened={each.request.id: each for each in screened},
    )
