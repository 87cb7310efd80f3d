"""The member's policy as a short public text, and as JSON for a sender's coach; pure.

Nobody writes the card by hand: the policy itself is asked what it would do with a few
typical requests, so that the card says what will really happen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import msgspec

from vorzimmer.errors import VorzimmerError
from vorzimmer.model import (
    Action,
    Channel,
    ContactRequest,
    Kind,
    Person,
    Sentence,
    Tie,
    TieKind,
    say,
)
from vorzimmer.policy import Policy, propose

MOST_BYTES = 20_000
"""A card is a few hundred bytes; what is larger is none."""

_SURE, _HARDLY = 0.95, 0.02
_NO_CARD = say("This is no contact card.")
_TOO_LARGE = say("This is too large for a contact card.")


class Sort(StrEnum):
    """A typical request, as a sender would call it."""

    KNOWN = "known"
    REASON = "reason"
    BLANK = "blank"
    DEFAULT_TEXT = "default_text"
    RECRUITING = "recruiting"
    OFFER = "offer"
    COLLECTING = "collecting"


class Door(StrEnum):
    """How wide a policy opens to strangers, from the narrowest."""

    CLOSED = "closed"
    ASKS = "asks"
    OPEN = "open"


class CardError(VorzimmerError):
    """Something that should be a contact card, and is not."""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What becomes of which sort of request.

    Attributes:
        welcome: These are accepted.
        say_why: These are looked at, or asked back; a reason helps.
        unwelcome: These are declined, ignored or reported.
        languages: ISO 639-1 codes that the member reads; none: not said.
    """

    welcome: tuple[Sort, ...]
    say_why: tuple[Sort, ...]
    unwelcome: tuple[Sort, ...]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Typical:
    """What the screening would say of a typical request."""

    kinds: Mapping[Kind, float]
    known_from: tuple[Tie, ...] = ()
    asked_before: bool | None = None

    def probability(self, kind: Kind) -> float:
        return self.kinds.get(kind, _HARDLY)


_FELLOW = Tie(person=Person(), kind=TieKind.WROTE)
_STRANGER = Person(
    contacts_count=180, mutual_contacts_count=0, has_picture=True, visited_profile=True
)
_COLLECTOR = Person(
    contacts_count=999, mutual_contacts_count=0, has_picture=True, visited_profile=False
)
_TYPICAL: Mapping[Sort, tuple[str, Person, _Typical]] = {
    Sort.KNOWN: ("-", _STRANGER, _Typical({Kind.KNOWN: _SURE}, (_FELLOW,))),
    Sort.REASON: ("-", _STRANGER, _Typical({Kind.PERSONAL: _SURE})),
    Sort.BLANK: ("", _STRANGER, _Typical({})),
    Sort.DEFAULT_TEXT: ("-", _STRANGER, _Typical({Kind.STANDARD: _SURE})),
    Sort.RECRUITING: ("-", _STRANGER, _Typical({Kind.RECRUITING: _SURE})),
    Sort.OFFER: ("-", _STRANGER, _Typical({Kind.SOLICITATION: _SURE})),
    Sort.COLLECTING: ("-", _COLLECTOR, _Typical({Kind.COLLECTOR: _SURE})),
}
_REFUSING = {
    *(Action.DECLINE, Action.IGNORE, Action.REPORT_UNKNOWN),
    *(Action.REPORT_SPAM, Action.BLOCK, Action.REMOVE),
}


def contact_card(policy: Policy, *, languages: tuple[str, ...] = ()) -> ContactCard:
    """Return what a policy does with each sort of request.

    Args:
        policy: Whose card.
        languages: Codes of the languages that the member reads.
    """
    actions = {sort: typical_action(policy, sort) for sort in Sort}
    return ContactCard(
        welcome=tuple(s for s, each in actions.items() if each is Action.ACCEPT),
        say_why=tuple(
            sort
            for sort, each in actions.items()
            if each is not Action.ACCEPT and each not in _REFUSING
        ),
        unwelcome=tuple(sort for sort, each in actions.items() if each in _REFUSING),
        languages=languages,
    )


def typical_action(policy: Policy, sort: Sort) -> Action:
    """Return what a policy proposes for a typical request of a sort."""
    note, sender, assessment = _TYPICAL[sort]
    request = ContactRequest(
        id=sort.value,
        sender=sender,
        note=note,
        channel=Channel.INVITATION_NOTE,
        network="linkedin",
        is_sponsored=False,
    )
    return propose(policy, request, assessment).action


def door_of(policy: Policy) -> Door:
    """Return how wide a policy opens to strangers.

    Open: it accepts a stranger without a word. Closed: it neither accepts nor asks a
    stranger who says why. Everything between asks.
    """
    if typical_action(policy, Sort.BLANK) is Action.ACCEPT:
        return Door.OPEN
    with_reason = typical_action(policy, Sort.REASON)
    return Door.ASKS if with_reason in {Action.ACCEPT, Action.ASK} else Door.CLOSED


class _Form(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The JSON form; ``vorzimmer_contact_card`` is its version."""

    vorzimmer_contact_card: Annotated[int, msgspec.Meta(ge=1, le=1)]
    welcome: list[Sort] = []
    say_why: list[Sort] = []
    unwelcome: list[Sort] = []
    languages: Annotated[
        list[Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$")]],
        msgspec.Meta(max_length=30),
    ] = []


def card_json(card: ContactCard) -> str:
    """Return the card as JSON for a sender's coach; ``read_card`` reads it."""
    form = _Form(
        vorzimmer_contact_card=1,
        welcome=list(card.welcome),
        say_why=list(card.say_why),
        unwelcome=list(card.unwelcome),
        languages=list(card.languages),
    )
    return msgspec.json.format(msgspec.json.encode(form), indent=2).decode() + "\n"


def read_card(text: str | bytes) -> ContactCard:
    """Read a card that somebody published.

    Raises:
        CardError: It is none; the sentence says why.
    """
    raw = text.encode(errors="replace") if isinstance(text, str) else text
    if len(raw) > MOST_BYTES:
        raise CardError(_TOO_LARGE)
    try:
        form = msgspec.json.decode(raw, type=_Form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CardError(_NO_CARD) from error
    sorts: dict[str, Any] = {
        name: tuple(dict.fromkeys(getattr(form, name)))
        for name in ("welcome", "say_why", "unwelcome", "languages")
    }
    return ContactCard(**sorts)


_WELCOME: Mapping[Sort, Sentence] = {
    Sort.KNOWN: say("people I know"),
    Sort.REASON: say("anybody with a concrete reason"),
    Sort.BLANK: say("anybody, even without a word"),
    Sort.RECRUITING: say("fitting job offers"),
    Sort.OFFER: say("offers"),
}
_UNWELCOME: Mapping[Sort, Sentence] = {
    Sort.REASON: say("requests from strangers"),
    Sort.DEFAULT_TEXT: say("standard texts"),
    Sort.RECRUITING: say("job offers"),
    Sort.OFFER: say("advertising"),
    Sort.COLLECTING: say("collecting of contacts"),
}


def card_text(card: ContactCard, say_it: Callable[[Sentence], str]) -> str:
    """Return the card as a few sentences to put into one's profile.

    Args:
        card: What to say.
        say_it: Says a sentence in the language of the text.
    """
    lines = []
    welcome = [words for sort, words in _WELCOME.items() if sort in card.welcome]
    if {Sort.BLANK, Sort.REASON} <= set(card.welcome):
        welcome.remove(_WELCOME[Sort.REASON])
    if welcome:
        sorts = "; ".join(map(say_it, welcome))
        lines.append(say("I am glad to connect with: {sorts}.", sorts=sorts))
    if {Sort.BLANK, Sort.REASON} & set(card.say_why):
        lines.append(say("Please write why you would like to connect."))
    unwelcome = [words for sort, words in _UNWELCOME.items() if sort in card.unwelcome]
    if unwelcome:
        sorts = ", ".join(map(say_it, unwelcome))
        lines.append(say("Please no: {sorts}.", sorts=sorts))
    return " ".join(map(say_it, lines))
