"""What is checked, and what comes out: plain frozen data; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from vorzimmer.contact_card import ContactCard, Sort
from vorzimmer.errors import DraftError
from vorzimmer.kernels.plain_sketches import Sketch
from vorzimmer.model import Action, Channel, Evidence, Kind, Sentence, say

LONGEST_DRAFT = 20_000
"""The longest text that is checked, in characters; no network takes a longer one."""

Account = Literal["basic", "premium"]


class Severity(StrEnum):
    """What a finding asks of the writer."""

    HINT = "hint"
    MEND = "mend"
    STOP = "stop"


class Advice(StrEnum):
    """What to do with a draft; the word is that of the JSON form."""

    SEND = "send"
    MEND = "mend"
    BETTER_NOT_SEND = "better_not_send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom a draft goes, as far as the writer knows; ``""`` is not known.

    Attributes:
        name: With titles, as the profile shows it.
        form: How to address the person: ``"frau"``, ``"herr"``.
        seeks: Words that the profile names as sought.
        offers: Words that the profile names as offered.
        languages: Codes of ISO 639-1 that the person reads; empty is not known.
        is_acquainted: Whether writer and recipient have spoken or written before.
        card: The recipient's published contact card.
    """

    name: str = ""
    form: Literal["", "frau", "herr"] = ""
    headline: str = ""
    position: str = ""
    company: str = ""
    industry: str = ""
    location: str = ""
    seeks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    is_acquainted: bool | None = None
    card: ContactCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The answers to the three questions before an offer; ``""`` is not answered.

    Attributes:
        special: What is special about it.
        problem: Which problem it solves.
        whom: For whom it is relevant.
    """

    special: str = ""
    problem: str = ""
    whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text before it is sent.

    Attributes:
        network: ``"linkedin"``, ``"xing"``, …; ``""`` is not known.
        account: The writer's account, on which limits depend.
        earlier: Sketches of texts that the writer has sent before.
    """

    text: str
    channel: Channel = Channel.INVITATION_NOTE
    network: str = "linkedin"
    account: Account = "basic"
    subject: str = ""
    recipient: Recipient = field(default_factory=Recipient)
    offer: Offer = field(default_factory=Offer)
    earlier: tuple[Sketch, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is too long to be a message.

        Raises:
            DraftError: It is.
        """
        if len(self.text) > LONGEST_DRAFT:
            raise DraftError(
                say(
                    "This text has {count} characters; the coach reads up to {most}.",
                    count=len(self.text),
                    most=LONGEST_DRAFT,
                ),
                say("Paste only the message that you want to send."),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule found in a draft.

    Attributes:
        rule: The rule's name.
        says: What is there.
        why: Why it matters.
        mend: How to mend it.
        quote: The words it is about, ``""`` for the text as a whole.
        span: Where they stand, ``[start, end)``; ``None`` is the text as a whole.
        suggestion: What to write in their place; ``""`` is to leave them out; ``None``
            where only the writer can know.
    """

    rule: str
    severity: Severity
    says: Sentence
    why: Sentence
    mend: Sentence
    quote: str = ""
    span: tuple[int, int] | None = None
    suggestion: str | None = None


class CardWord(StrEnum):
    """What becomes of a draft under the recipient's contact card."""

    WELCOME = "welcome"
    SAY_WHY = "say_why"
    UNWELCOME = "unwelcome"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderCard:
    """What the recipient's contact card says of a draft.

    Attributes:
        sort: The sort of request that the draft would be seen as; ``None`` where it is
            none of those that a card speaks of.
        outcome: What the card does with this sort.
        says: The same in words, one sentence or two.
    """

    sort: Sort | None
    outcome: CardWord
    says: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """How the recipient's side would see the draft.

    Attributes:
        kind: The likeliest kind; ``None`` while none is likelier than not.
        probabilities: Of every kind, 0..1.
        evidence: What spoke for the likeliest kind, strongest first.
        policy: By which policy the action is proposed; that of most people.
        action: What it proposes to the recipient.
        clause: The clause that says so.
        under_card: What the recipient's own card says; ``None`` without a card.
    """

    kind: Kind | None
    probabilities: dict[Kind, float]
    evidence: tuple[Evidence, ...]
    policy: str
    action: Action
    clause: str
    under_card: UnderCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """The three answers beside what is known of the recipient.

    Attributes:
        missing: Names of the fields of ``Offer`` without an answer.
        shared: Words of the answers, and of what they meet in the profile.
        is_shown: Whether anything shows that the offer is relevant, the answers or what
            the recipient seeks; ``None`` while nothing is answered, or nothing known of
            the recipient.
        says: What to tell the writer.
    """

    missing: tuple[str, ...]
    shared: tuple[tuple[str, str], ...]
    is_shown: bool | None
    says: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All that is said of a draft.

    Attributes:
        findings: In the order of the text, those on the text as a whole last.
        reasons: Why the advice is what it is, the weightiest first.
        relevance: ``None`` where the draft offers nothing.
        law: What the law says of advertising; empty where the draft is none.
        language: Code of ISO 639-1; ``""`` when not known.
    """

    draft: Draft
    advice: Advice
    reasons: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    mirror: Mirror
    relevance: Relevance | None
    law: tuple[Sentence, ...]
    language: str
