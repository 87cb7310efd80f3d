"""Who advertises again after a no: the same person, and the thread with them; pure.

Nobody is written to about a first advertisement. What counts is one before the member's
refusal and one after it, both from the same person, both in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from vorzimmer.days import local_day
from vorzimmer.intake.voices import LONGEST_KEPT, LaterMessage
from vorzimmer.mails.addresses import without_tokens
from vorzimmer.model import (
    Action,
    Assessment,
    Channel,
    ContactRequest,
    Decision,
    Kind,
    Person,
    Sentence,
    say,
)
from vorzimmer.senders import asked_at
from vorzimmer.sequels import SURELY
from vorzimmer.text import normalise

REFUSALS = (Action.DECLINE, Action.REMOVE, Action.REPORT_SPAM, Action.BLOCK)
"""What the member does that says no; ignoring says nothing."""
WAIT = timedelta(days=30)
"""How long a sender gets to heed an objection, before the member is reminded."""

_LIKENED = 200
_SECOND = 2
# What is said of the second advertisement, and of a later one.
_TOLD: Mapping[Action, tuple[Sentence, Sentence]] = {
    Action.DECLINE: (
        say("Second advertisement, after your decline on {day}."),
        say("{count} advertisements, the latest after your decline on {day}."),
    ),
    Action.REMOVE: (
        say("Second advertisement, after you removed the contact on {day}."),
        say(
            "{count} advertisements, the latest after you removed the contact on {day}."
        ),
    ),
    Action.REPORT_SPAM: (
        say("Second advertisement, after your report on {day}."),
        say("{count} advertisements, the latest after your report on {day}."),
    ),
    Action.BLOCK: (
        say("Second advertisement, after you blocked the sender on {day}."),
        say(
            "{count} advertisements, the latest after you blocked the sender on {day}."
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that the sender wrote, as it came.

    Attributes:
        request_id: Of the request; ``""`` is a later message.
        words: As they are, but links cut to scheme, host and path; ``None`` means that
            the source did not bring them.
        is_cut: Whether more was written than is kept.
        is_advertising: Whether it is an advertisement; never told in the evidence.
        assessment: What screening said; ``None`` where nobody asked.
    """

    sent_at: datetime | None
    network: str
    channel: Channel | None
    subject: str
    words: str | None
    request_id: str = ""
    is_cut: bool = False
    is_advertising: bool = False
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """Somebody who advertised again after the member's refusal.

    Attributes:
        thread: Everything that came from this person, the earliest first.
        refusal: The member's decision that said no.
        decisions: All decisions of the member about this person, the earliest first.
        latest: The latest advertisement.
        count: How many advertisements there are.
    """

    sender: Person
    network: str
    thread: tuple[Arrival, ...]
    refusal: Decision
    decisions: tuple[Decision, ...]
    latest: Arrival
    count: int

    @property
    def request_id(self) -> str:
        """The request that was refused; by it the objection is known."""
        return self.refusal.request_id

    @property
    def told(self) -> Sentence:
        """What has happened, in one sentence."""
        second, later = _TOLD[self.refusal.action]
        told = second if self.count == _SECOND else later
        return replace(told, slots=(("day", self.refusal.at), ("count", self.count)))

    def since(self, moment: datetime) -> int:
        """Return how many advertisements came after a moment."""
        return sum(_is_after(each, moment) for each in self.thread)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Everything that the member needs to object, and how far it is.

    Attributes:
        sent_at: When the letter was sent; ``None`` is not yet.
        closed_at: When the member said that it is settled; ``None`` is not yet.
        today: The day for which it holds.
    """

    repeated: Repeated
    sent_at: datetime | None
    closed_at: datetime | None
    today: date

    @property
    def request_id(self) -> str:
        """The request that was refused; by it the objection is known."""
        return self.repeated.request_id

    @property
    def remind_on(self) -> date | None:
        """The day to look again; ``None`` before the letter was sent, or at the end."""
        if self.sent_at is None or self.closed_at is not None:
            return None
        return (self.sent_at.astimezone() + WAIT).date()

    @property
    def is_due(self) -> bool:
        """Whether that day has come."""
        return self.remind_on is not None and self.remind_on <= self.today

    @property
    def since(self) -> int:
        """How many advertisements came after the letter."""
        return self.repeated.since(self.sent_at) if self.sent_at else 0

    @property
    def declined_on(self) -> date | None:
        """When the member declined, if that is how it was refused."""
        refusal = self.repeated.refusal
        if refusal.action is not Action.DECLINE:
            return None
        return local_day(refusal.at)

    @property
    def objected_on(self) -> date | None:
        """When the letter was sent, if advertising came again after it."""
        if self.sent_at is None or not self.since:
            return None
        return local_day(self.sent_at)

    @property
    def latest_words(self) -> tuple[str, Assessment] | None:
        """The words of the latest advertisement, and what screening said of them."""
        latest = self.repeated.latest
        if latest.words is None or latest.assessment is None:
            return None
        return latest.words, latest.assessment


def is_advertising(words: str | None, assessment: Assessment) -> bool:
    """Return whether something surely advertises, in words; a headline says nothing."""
    if not (words or "").strip():
        return False
    score = assessment.kinds[Kind.SOLICITATION]
    return (
        score.probability >= SURELY
        and score.score > assessment.kinds[Kind.PERSONAL].score
    )


def arrival_of(
    request: ContactRequest,
    assessment: Assessment,
    *,
    said: Kind | None = None,
) -> Arrival:
    """Return a request as one thing that the sender wrote.

    Args:
        request: As it came.
        assessment: What screening said of it.
        said: What the member said that it is, which goes before that.
    """
    found = is_advertising(request.note, assessment)
    if said is not None and (request.note or "").strip():
        found = said is Kind.SOLICITATION
    return Arrival(
        sent_at=request.sent_at,
        network=request.network or "",
        channel=request.channel,
        subject=without_tokens(request.subject or ""),
        words=None if request.note is None else without_tokens(request.note),
        request_id=request.id,
        is_advertising=found,
        assessment=assessment,
    )


def arrival_of_message(message: LaterMessage, assessment: Assessment) -> Arrival:
    """Return a later message as one thing that the sender wrote."""
    return Arrival(
        sent_at=message.sent_at,
        network=message.network,
        channel=message.channel,
        subject="",
        words=without_tokens(message.text),
        is_cut=len(message.text) >= LONGEST_KEPT,
        is_advertising=is_advertising(message.text, assessment),
        assessment=assessment,
    )


def refusal_of(
    requests: Iterable[ContactRequest], decisions: Mapping[str, Decision]
) -> tuple[Decision, ...]:
    """Return the member's refusals of a person, the earliest first.

    Whoever was let in after a refusal is not refused any more.
    """
    made = [decisions[each.id] for each in requests if each.id in decisions]
    welcomed = [each.at for each in made if each.action is Action.ACCEPT]
    return tuple(
        sorted(
            (
                each
                for each in made
                if each.actor == "member"
                and each.action in REFUSALS
                and all(each.at > at for at in welcomed)
            ),
            key=lambda each: (each.at, each.id),
        )
    )


def find_repeated(
    requests: Iterable[ContactRequest],
    arrivals: Iterable[Arrival],
    decisions: Mapping[str, Decision],
) -> Repeated | None:
    """Return who advertised before a refusal and after it; ``None`` is nobody.

    Args:
        requests: All of one person.
        arrivals: Everything that this person wrote.
        decisions: Those that stand, by id of the request.
    """
    asked = list(requests)
    thread = _once_each(arrivals)
    bad = [each for each in thread if each.is_advertising]
    for refusal in refusal_of(asked, decisions):
        after = [each for each in bad if _is_after(each, refusal.at)]
        if not after or not any(_is_before(each, refusal) for each in bad):
            continue
        made = [decisions[each.id] for each in asked if each.id in decisions]
        own = [each for each in made if each.actor == "member"]
        return Repeated(
            sender=_best_known(asked),
            network=after[-1].network,
            thread=tuple(thread),
            refusal=refusal,
            decisions=tuple(sorted(own, key=lambda each: (each.at, each.id))),
            latest=after[-1],
            count=len(bad),
        )
    return None


def _is_after(arrival: Arrival, moment: datetime) -> bool:
    is_later = arrival.sent_at is not None and arrival.sent_at > moment
    return arrival.is_advertising and is_later


def _is_before(arrival: Arrival, refusal: Decision) -> bool:
    if arrival.request_id == refusal.request_id:
        return True
    return arrival.sent_at is not None and arrival.sent_at <= refusal.at


def _once_each(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """Return arrivals in order; what two sources brought of one day stands once."""
    found: dict[tuple[object, str], Arrival] = {}
    for each in sorted(arrivals, key=_sent_at):
        day = each.sent_at.date() if each.sent_at else each.request_id
        words = normalise(each.words or "")[:_LIKENED]
        found.setdefault((day, words) if words else (day, each.request_id), each)
    return list(found.values())


def _sent_at(arrival: Arrival) -> tuple[float, str, str]:
    sent_at = arrival.sent_at
    return (
        sent_at.timestamp() if sent_at else 0.0,
        # Of two that are the same, the request is the one to keep.
        arrival.request_id or "\uffff",
        arrival.words or "",
    )


def _best_known(requests: list[ContactRequest]) -> Person:
    """Return the sender as the latest request says that knows the profile."""
    best = max(requests, key=lambda each: (_has_profile(each), *asked_at(each)))
    return best.sender


def _has_profile(request: ContactRequest) -> bool:
    return bool(request.sender.profile_url)
