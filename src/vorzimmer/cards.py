"""A request as the desk shows it, and a session of them; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from urllib.parse import urlsplit

from vorzimmer.acquaintance import Acquaintance, describe
from vorzimmer.bulk import Scored
from vorzimmer.campaigns import Campaign, Groups, group_notes
from vorzimmer.classifier import shipped_classifier
from vorzimmer.habits import Habits
from vorzimmer.model import (
    Action,
    Answer,
    Assessment,
    ContactRequest,
    Decision,
    Kind,
    Member,
    OpenQuestion,
    Proposal,
    Sentence,
    with_facts,
)
from vorzimmer.note import NoteFacts, read_notes
from vorzimmer.phrases import Phrasebook
from vorzimmer.policy import Policy, propose
from vorzimmer.questions import open_question
from vorzimmer.reactions import OPEN, Event, State, possible
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening
from vorzimmer.signals import all_signals

# What a person can look up on a profile and type in, with the type of the answer.
ASKABLE: dict[str, type[bool | int | str | date]] = {
    "contacts_count": int,
    "mutual_contacts_count": int,
    "has_picture": bool,
    "visited_profile": bool,
    "is_known_elsewhere": bool,
    "has_other_job_elsewhere": bool,
    "is_verified": bool,
    "headline": str,
    "company": str,
    "location": str,
    "created_on": date,
}
# People who matter come first, then what needs judgement, then what needs words;
# what needs none comes last, so that one may stop early and miss nobody.
ORDER: tuple[Action, ...] = (
    Action.ACCEPT,
    Action.HOLD,
    Action.ASK,
    Action.ANSWER,
    Action.DECLINE,
    Action.REPORT_SPAM,
    Action.BLOCK,
    Action.REPORT_UNKNOWN,
    Action.IGNORE,
    Action.REMOVE,
)
_TURN = {State.ANSWERED: 0, State.PENDING: 1, State.HELD: 2}
_PROFILE_HOSTS = ("linkedin.com", "xing.com")
_REQUEST_PAGES = {
    "linkedin": "https://www.linkedin.com/mynetwork/invitation-manager/",
    "xing": "https://www.xing.com/notifications/contact-requests",
}


@dataclass(frozen=True, kw_only=True)  # no slots: keeps the question, once asked
class Card:
    """One request with all that is said of it.

    Attributes:
        request: With the facts that the member gave.
        glance: What is said of it in short; an assessment is all that is said.
        look: Finds the assessment, where ``glance`` is something shorter.
        known_from: The ties in words, strongest first.
        decision: The last that holds; ``None`` when there is none.
        state: Where the request stands.
        happened: What brought it there, where that was no decision.
        ask: Finds the open question; costs about as much as screening once more.
        given: Facts that the member typed in, by name.
        campaign: The one that its note belongs to, if it does.
    """

    request: ContactRequest
    glance: Assessment | Scored = field(compare=False)
    known_from: tuple[Sentence, ...]
    proposal: Proposal
    look: Callable[[], Assessment] | None = field(
        default=None, repr=False, compare=False
    )
    ask: Callable[[], OpenQuestion | None] = field(
        default=lambda: None, repr=False, compare=False
    )
    decision: Decision | None = None
    state: State = State.PENDING
    happened: Event | None = None
    given: Mapping[str, Answer] = field(default_factory=dict)
    campaign: Campaign | None = None

    @cached_property
    def assessment(self) -> Assessment:
        """All that screening says, with its evidence; looked for once asked for."""
        if isinstance(self.glance, Assessment):
            return self.glance
        assert self.look is not None  # noqa: S101 - who gives scores says where more is
        return self.look()

    @cached_property
    def question(self) -> OpenQuestion | None:
        """What to look up, if anything would change the proposal."""
        return self.ask()

    @cached_property
    def turn(self) -> tuple[bool, bool, float]:
        """When its turn is among others of its group, the lowest first."""
        found = self.glance
        welcome = max(found.probability(kind) for kind in (Kind.KNOWN, Kind.PERSONAL))
        is_clear = found.leading_kind is not None
        return (not self.known_from, is_clear, -round(welcome, 1))

    @cached_property
    def pieces(self) -> dict[str, str]:
        """Pieces of pages that show nothing but this card, by language, once made."""
        return {}

    @property
    def is_open(self) -> bool:
        """Whether the request still waits."""
        return self.state in OPEN

    @property
    def possible(self) -> tuple[Action, ...]:
        """What may be done about it now."""
        return possible(self.state, self.request)


@dataclass(frozen=True, kw_only=True)  # no slots: keeps the way through it
class Session:
    """The open requests, grouped by what the policy proposes.

    Attributes:
        groups: Most worth the member's time first, also within a group.
        open_count: How many requests wait.
        decided_count: How many the member has decided; what the source shows to be
            decided long ago does not count.
    """

    policy: Policy
    groups: tuple[tuple[Action, tuple[Card, ...]], ...]
    open_count: int
    decided_count: int

    @cached_property
    def way(self) -> tuple[Card, ...]:
        """All of them, in the order in which the member goes through them."""
        return tuple(card for _, group in self.groups for card in group)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each stands on that way, from 0, by id of the request."""
        return {card.request.id: place for place, card in enumerate(self.way)}

    def group_of(self, request_id: str) -> tuple[Action, int] | None:
        """Return the group of a request, and where it stands there, from 0.

        ``None``: it does not wait.
        """
        place = self.places.get(request_id)
        if place is None:
            return None
        for action, group in self.groups:
            if place < len(group):
                return action, place
            place -= len(group)
        return None


def make_screening(
    *,
    book: Phrasebook,
    member: Member,
    acquaintance: Acquaintance,
    weights: Mapping[str, float],
    habits: Habits | None = None,
) -> Screening:
    """Return the screening with all shipped signals."""
    return Screening(
        signals=all_signals(),
        member=member,
        acquaintance=acquaintance,
        book=book,
        classifier=shipped_classifier(),
        weights=weights,
        habits=habits or Habits(),
    )


def with_given(request: ContactRequest, given: Mapping[str, Answer]) -> ContactRequest:
    """Return the request with the facts that the member typed in."""
    return with_facts(request, **given) if given else request


def screen_together(
    requests: Sequence[ContactRequest],
    screening: Screening,
    groups: Groups | None = None,
) -> list[Screened]:
    """Screen requests as one batch.

    Args:
        requests: The batch.
        screening: Everything else that is needed.
        groups: Of all notes there are; ``None`` groups those of the batch.
    """
    groups = groups or group_notes(requests)
    return screening.screen(requests, same_notes=groups.senders)


def with_campaign(card: Card, screened: Screened, groups: Groups) -> Card:
    """Return the card with its campaign; a note in a network's own words has none."""
    return replace(card, campaign=campaign_of(screened.context.note, groups))


def campaign_of(note: NoteFacts, groups: Groups) -> Campaign | None:
    """Return the campaign of a note; one in a network's own words has none."""
    campaign = groups.campaign_with(note.normal)
    if campaign is None or note.find("network_default_text") is not None:
        return None
    return campaign


def without_default_texts(
    campaigns: Iterable[Campaign], book: Phrasebook
) -> tuple[Campaign, ...]:
    """Return the campaigns whose first note is not in a network's own words."""
    found = tuple(campaigns)
    notes = read_notes([each.requests[0].note for each in found], book)
    return tuple(
        each
        for each, note in zip(found, notes, strict=True)
        if note.find("network_default_text") is None
    )


def make_card(
    screened: Screened,
    screening: Screening,
    *,
    policy: Policy,
    given: Mapping[str, Answer] | None = None,
) -> Card:
    """Return the card of one screened request under a policy."""
    return Card(
        request=screened.request,
        glance=screened.assessment,
        known_from=tuple(describe(tie) for tie in screened.assessment.known_from),
        proposal=propose(policy, screened.request, screened.assessment),
        ask=partial(open_question, screened, screening, policy=policy),
        given=given or {},
    )


def make_short_card(
    scored: Scored,
    request: ContactRequest,
    screening: Screening,
    *,
    policy: Policy,
    look: Callable[[], Screened],
) -> Card:
    """Return the card of one request of many, whose evidence is found when wanted.

    Args:
        scored: What the request scores by this screening and policy.
        request: As it is known without what the member typed in.
        screening: Everything else that is needed.
        policy: Which proposes the action.
        look: Screens the request with all evidence.
    """
    return Card(
        request=request,
        glance=scored,
        look=lambda: look().assessment,
        known_from=tuple(describe(tie) for tie in scored.known_from),
        proposal=scored.proposal,
        ask=lambda: open_question(look(), screening, policy=policy),
    )


def make_session(
    cards: Iterable[Card], policy: Policy, *, decided_count: int
) -> Session:
    """Group open cards by proposed action."""
    groups: dict[Action, list[Card]] = defaultdict(list)
    for card in cards:
        groups[card.proposal.action].append(card)
    return Session(
        policy=policy,
        groups=tuple(
            (action, tuple(worth_first(groups[action])))
            for action in ORDER
            if action in groups
        ),
        open_count=sum(len(group) for group in groups.values()),
        decided_count=decided_count,
    )


def worth_first(cards: Collection[Card]) -> list[Card]:
    """Return cards by how likely it matters that the member looks at them.

    Whoever stops early leaves the last ones as they are. So first come those who
    answered a question, then whom the member knows from somewhere, then requests that
    look like nothing in particular, and among each the more likely somebody known or
    personal. Where that differs by less than a tenth, the newest comes first. What was
    put off until later comes last.
    """
    in_time = newest_first(cards)
    return sorted(in_time, key=lambda card: (_TURN.get(card.state, 1), card.turn))


def newest_first(cards: Collection[Card]) -> list[Card]:
    """Return cards by day of sending; those without a day come last."""

    def key(card: Card) -> tuple[float, str]:
        sent_at = card.request.sent_at
        return (-sent_at.timestamp() if sent_at else 0.0, card.request.id)

    return sorted(cards, key=key)


def act_at(card: Card) -> str | None:
    """Return the clean address of the page where the person acts, if it is safe.

    The sender's profile on a network that we know, else the network's page of open
    requests; never an address that only the request itself brought along.
    """
    request = card.request
    return profile_page(request) or _REQUEST_PAGES.get(request.network or "")


def profile_page(request: ContactRequest) -> str | None:
    """Return the clean address of the sender's profile on a network that we know."""
    parts = urlsplit(request.sender.profile_url or "")
    host = (parts.hostname or "").casefold()
    if parts.scheme == "https" and any(
        host == known or host.endswith(f".{known}") for known in _PROFILE_HOSTS
    ):
        return f"https://{host}{parts.path}"
    return None


def make_cards(
    requests: Sequence[ContactRequest], screening: Screening, *, policy: Policy
) -> list[Card]:
    """Screen requests as one batch and return a card each."""
    groups = group_notes(requests)
    return [
        with_campaign(make_card(screened, screening, policy=policy), screened, groups)
        for screened in screen_together(requests, screening, groups)
    ]
