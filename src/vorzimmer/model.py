"""The nouns of Vorzimmer: plain frozen data, no behaviour that needs I/O.

Everywhere: ``None`` means *not known*, never *no*. Points and scores are log-odds
in nats. Times that end in ``_at`` are aware (UTC), dates end in ``_on``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from vorzimmer.quoting import Evidence as Evidence
from vorzimmer.quoting import Hit as Hit
from vorzimmer.quoting import Sentence as Sentence
from vorzimmer.quoting import Slot as Slot
from vorzimmer.quoting import Words as Words
from vorzimmer.quoting import say as say

Answer = str | int | float | date
"""What a member can type about a sender: a number, a yes or no, a word, a day."""


class Kind(StrEnum):
    """What a request or its sender looks like; several may hold at once."""

    KNOWN = "known"
    PERSONAL = "personal"
    STANDARD = "standard"
    COLLECTOR = "collector"
    SOLICITATION = "solicitation"
    RECRUITING = "recruiting"
    UNVERIFIABLE = "unverifiable"
    DANGER = "danger"
    ABUSE = "abuse"


class Action(StrEnum):
    """What can be done about a request; ``HOLD`` leaves it to the person."""

    ACCEPT = "accept"
    ASK = "ask"
    ANSWER = "answer"
    DECLINE = "decline"
    IGNORE = "ignore"
    REPORT_UNKNOWN = "report_unknown"
    REPORT_SPAM = "report_spam"
    BLOCK = "block"
    REMOVE = "remove"
    HOLD = "hold"


class Channel(StrEnum):
    """By which way a request came; ``kind`` in the JSON form of a request."""

    INVITATION_NOTE = "invitation_note"
    MESSAGE = "message"
    INMAIL = "inmail"
    MAIL = "mail"


class TieKind(StrEnum):
    """One way in which the member knows, or may know, a person."""

    CONNECTION = "connection"
    IMPORTED_CONTACT = "imported_contact"
    COLLECTED_CONTACT = "collected_contact"
    MET = "met"
    MAILED = "mailed"
    WROTE = "wrote"
    WROTE_TO_YOU = "wrote_to_you"
    INVITED = "invited"
    RECOMMENDED = "recommended"
    WAS_RECOMMENDED_BY = "was_recommended_by"
    ENDORSED = "endorsed"
    WAS_ENDORSED_BY = "was_endorsed_by"
    NOTED = "noted"
    SHARED_EMPLOYER = "shared_employer"
    SHARED_SCHOOL = "shared_school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of one person; the sender of a request, mostly.

    Attributes:
        headline: The line under the name; ``""`` is known to be empty.
        position: The job, when it is known apart from the headline.
        location: As the network writes it, e.g. ``"Hamburg, Germany"``.
        country: ISO 3166-1 alpha-2 code.
        profile_url: Scheme, host and path only; never a token.
        contacts_count: As shown; networks that cap it show 500 or 999.
        visited_profile: Whether the person looked at the member's profile.
        created_on: When the account was made.
        is_verified: Whether the network vouches for identity or workplace.
        is_known_elsewhere: Whether a trace of the person was found outside the
            network (an employer's page, a club, a publication).
        has_other_job_elsewhere: Whether such a trace names another job than the
            profile does.
    """

    name: str | None = None
    headline: str | None = None
    company: str | None = None
    position: str | None = None
    location: str | None = None
    country: str | None = None
    email: str | None = None
    profile_url: str | None = None
    contacts_count: int | None = None
    mutual_contacts_count: int | None = None
    has_picture: bool | None = None
    visited_profile: bool | None = None
    created_on: date | None = None
    is_verified: bool | None = None
    is_known_elsewhere: bool | None = None
    has_other_job_elsewhere: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRequest:
    """One person asking the member for contact.

    Attributes:
        id: Stable over repeated imports of the same request.
        network: ``"linkedin"``, ``"xing"``, … in lower case.
        channel: By which way it came.
        note: The words sent along; ``""`` is a blank request, ``None`` means that
            the source did not bring the words.
        subject: Of a message or mail.
        is_sponsored: Whether the network delivered it as paid advertising.
        is_filed_as_spam: Whether the network itself put it into the spam folder.
        is_origin_proven: Of a network's mail, whether the mailbox provider vouches
            that the network sent it.
        leads_to: Of a network's mail, the host of the first link that leads away from
            the network; ``""`` when all lead to it.
    """

    id: str
    sender: Person = field(default_factory=Person)
    network: str | None = None
    channel: Channel | None = None
    note: str | None = None
    subject: str | None = None
    sent_at: datetime | None = None
    is_sponsored: bool | None = None
    is_filed_as_spam: bool | None = None
    is_origin_proven: bool | None = None
    leads_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One job of the member; ``ended_on`` of ``None`` means that it lasts."""

    company: str
    title: str = ""
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """One school or university of the member."""

    school: str
    degree: str = ""
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The person for whom requests are screened, as the member's own data say."""

    name: str = ""
    first_name: str = ""
    last_name: str = ""
    profile_url: str | None = None
    headline: str = ""
    location: str = ""
    industry: str = ""
    emails: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    educations: tuple[Education, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One fact that shows how the member knows a person.

    Attributes:
        person: Whom; name, profile address, e-mail and company as far as known.
        kind: In which way.
        since: First day of it.
        until: Last day of it, e.g. of the last message.
        count: How many times: messages the member wrote, skills endorsed, …
        detail: The word that belongs to it: a skill, a company, a school.
    """

    person: Person
    kind: TieKind
    since: date | None = None
    until: date | None = None
    count: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that could not be read: a value, not a crash.

    Attributes:
        file: Name of the file inside the source.
        line: Physical line where the row begins, from 1; 0 is the whole file.
        reason: A sentence for people.
    """

    file: str
    line: int
    reason: Sentence


@dataclass(slots=True)  # not frozen: nine a request, made in half the time
class KindScore:
    """How much a request looks like one kind; the points add up to the score.

    Attributes:
        score: Log-odds in nats: prior and the points of all evidence.
        probability: ``1 / (1 + e^-score)``.
        prior: The score of a request of which nothing is known.
        evidence: What was found, strongest first.
    """

    score: float
    probability: float
    prior: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)  # not frozen: one a request, made twice as fast
class Assessment:
    """All that screening says of one request.

    Attributes:
        request_id: Whose assessment it is.
        kinds: A score for each of the kinds.
        known_from: The ties between member and sender, strongest first.
        doubles: Names of known people whom the sender may be a double of.
        asked_before: Whether the member turned the sender away before; ``None`` is not
            known.
        solicitation_or_danger: Log-odds of either, see the module of that name;
            ``None`` when nobody asked.
    """

    request_id: str
    kinds: dict[Kind, KindScore]
    known_from: tuple[Tie, ...] = ()
    doubles: tuple[Tie, ...] = ()
    asked_before: bool | None = None
    solicitation_or_danger: float | None = None

    def probability(self, kind: Kind) -> float:
        """Return the probability of ``kind``, 0..1."""
        return self.kinds[kind].probability

    @property
    def leading_kind(self) -> Kind | None:
        """The likeliest kind, or ``None`` while none is likelier than not."""
        return likeliest({kind: each.score for kind, each in self.kinds.items()})


def likeliest(scores: Mapping[Kind, float]) -> Kind | None:
    """Return the likeliest kind by log-odds; ``None``: none is likelier than not."""
    kind = max(scores, key=lambda each: scores[each])
    return kind if scores[kind] > 0 else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a policy proposes, and which of its clauses says so."""

    action: Action
    clause: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unknown fact about the sender whose answer could change the action.

    Attributes:
        fact: Name of a field of ``Person``, e.g. ``"contacts_count"``.
        likelihood: How likely the answer changes the action, 0..1.
        changes_to: The action that becomes likeliest if it changes.
    """

    fact: str
    likelihood: float
    changes_to: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An action taken on a request; never changed, only followed by another.

    Attributes:
        id: Increasing number given by the store.
        actor: Who: ``"member"``, or ``"archive"`` for what an export shows.
        clause: The clause that had proposed the action, ``""`` when none did.
        undoes: Id of the decision that this one takes back, if it does.
        looked_like: The likeliest kind when it was taken; ``None`` when none was
            likelier than not, or nobody wrote it down.
        batch: Number that decisions share which were taken at once; ``None``: it was
            taken by itself.
        proposed: What the policy proposed then; ``None``: nobody wrote it down.
    """

    id: int
    request_id: str
    action: Action
    actor: str
    at: datetime
    policy: str = ""
    clause: str = ""
    note: str = ""
    undoes: int | None = None
    looked_like: Kind | None = None
    batch: int | None = None
    proposed: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the member says that a request really is; the latest on it holds.

    Attributes:
        id: Increasing number given by the store.
        kind: What it is; ``None``: nothing is to be learned from this request.
    """

    id: int
    request_id: str
    kind: Kind | None
    at: datetime


PERSON_FACTS: tuple[str, ...] = tuple(each.name for each in fields(Person))
"""Names of all facts about a person, in their order."""


def with_facts(request: ContactRequest, /, **facts: object) -> ContactRequest:
    """Return the request with some facts about its sender set.

    Args:
        request: The request.
        facts: Values by name of a field of ``Person``.
    """
    # Twice as fast as replacing field by field, and asked a dozen times a request.
    sender = request.sender
    known: dict[str, Any] = {name: getattr(sender, name) for name in PERSON_FACTS}
    return replace(request, sender=Person(**(known | facts)))
