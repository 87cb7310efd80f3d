"""What came of accepted requests: "accepted on 3 March, pitched on 4 March"; pure.

Later messages are screened by the same signals, as if the member had not accepted yet:
that somebody is a contact now speaks for nobody who became one by this request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock

from vorzimmer.habits import FEWEST, Habit, differences, traits_of
from vorzimmer.intake.voices import LaterMessage
from vorzimmer.later_messages import Askers
from vorzimmer.model import (
    Action,
    ContactRequest,
    Decision,
    Evidence,
    Kind,
    Person,
    Sentence,
)
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening
from vorzimmer.signal import Context
from vorzimmer.threads import Thread, read_thread

UNWANTED = (Kind.SOLICITATION, Kind.DANGER, Kind.ABUSE)
"""Kinds for which one may want to remove a contact again."""
SURELY = 0.6
"""From this probability on, a later message counts as unwanted."""
SURELY_OF_CONTACT = 0.9
"""The same where only the contact is known: what was asked and said is missing."""

_ACCEPTED = {Action.ACCEPT, Action.REMOVE}
# Who was answered so many days ago, and writes still, is no stranger any more.
_STILL_NEW = 180
_MOST_EVIDENCE = 4
# From here on a possibly hacked contact is told of.
_LIKELIER_THAN_NOT = 0.5
_HACKED = "writes_unlike_before"


@dataclass(frozen=True, slots=True)
class Followed:
    """A later message, screened.

    Attributes:
        kind: What it is, if it is unwanted; else ``None``.
        probability: Of that kind; 0 where there is none.
        evidence: What speaks for that, strongest first.
    """

    message: LaterMessage
    screened: Screened
    kind: Kind | None
    probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """What came of one accepted request.

    Attributes:
        decision: That by which it was accepted.
        followed: Later messages of its sender, the earliest first.
        unwanted: The first that is unwanted; ``None`` is none.
        last: The latest that is unwanted.
        thread: What the request and all messages add up to.
    """

    request: ContactRequest
    decision: Decision
    followed: tuple[Followed, ...]
    unwanted: Followed | None
    last: Followed | None
    thread: Thread

    @property
    def is_of_contact(self) -> bool:
        """Whether only the contact is known; no request of it is in the store."""
        return not self.decision.id

    @property
    def days(self) -> int | None:
        """Days from accepting to the first unwanted message.

        ``None`` where there is none, or it came before the day that the archive names.
        """
        if self.unwanted is None:
            return None
        between = (_day(self.unwanted.message.sent_at) - _day(self.decision.at)).days
        return between if between >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """A known contact who suddenly writes unlike before: possibly hacked.

    Attributes:
        differences: In which ways, the most telling first.
        habit: How the person usually writes.
        probability: Of danger.
    """

    person: Person
    followed: Followed
    differences: tuple[Sentence, ...]
    habit: Habit
    probability: float


def _day(moment: datetime) -> date:
    return moment.date()


def find_sequels(
    messages: Iterable[LaterMessage],
    *,
    requests: Mapping[str, ContactRequest],
    decisions: Mapping[str, Decision],
    screening: Screening,
    reader: Reader | None = None,
) -> list[Sequel]:
    """Return what came of requests, the latest message first.

    Args:
        messages: All later messages that are kept.
        requests: All, by id.
        decisions: Those that stand, by id of the request.
        screening: Reads the messages.
        reader: Has read some of them already, with the same signals.
    """
    askers = Askers(requests.values())
    by_request: defaultdict[str, list[LaterMessage]] = defaultdict(list)
    for message in messages:
        asked = [
            each
            for each in askers.requests_of(message.person)
            if each.sent_at and each.sent_at <= message.sent_at
        ]
        if asked:
            by_request[_answered(asked, decisions).id].append(message)
    stories = {
        key: told
        for key, told in by_request.items()
        if key in decisions and _is_of_interest(decisions[key], told)
    }
    reader = Reader(screening) if reader is None else reader
    reader.read(
        (message, requests[key])
        for key, told in stories.items()
        for message in (_asking(requests[key]), *(each.as_request() for each in told))
    )
    found = [
        _sequel(requests[key], decisions[key], told, reader=reader)
        for key, told in stories.items()
    ]
    return sorted(found, key=_latest_first)


def _is_of_interest(decision: Decision, told: list[LaterMessage]) -> bool:
    """Whether somebody was accepted, or talks with the member still.

    Archives hold ten years of talk with people who once wrote first.
    """
    if decision.action in _ACCEPTED or decision.actor == "member":
        return True
    last = max(each.sent_at for each in told)
    return (last - decision.at).days <= _STILL_NEW


def _asking(request: ContactRequest) -> ContactRequest:
    return replace(request, id=f"asked {request.id}")


def _answered(
    asked: list[ContactRequest], decisions: Mapping[str, Decision]
) -> ContactRequest:
    """Return the latest request that was decided about, else the latest."""
    decided = [each for each in asked if each.id in decisions]
    return (decided or asked)[-1]


def _latest_first(sequel: Sequel) -> tuple[float, str]:
    newest = max(each.message.sent_at for each in sequel.followed)
    return (-newest.timestamp(), sequel.request.id)


class Reader:
    """Screens messages as if nobody had been accepted; each message once.

    Several threads can ask at once.
    """

    def __init__(self, screening: Screening) -> None:
        """Take what reads."""
        self._screening = screening
        self._screened: dict[str, Screened] = {}
        self._turn = Lock()

    def weighed_by(self, screening: Screening) -> None:
        """Count what was found by other weights from now on."""
        with self._turn:
            if screening is self._screening:
                return
            self._screening = screening
            self._screened = {
                key: screening.weighed_again(each, Kind)
                for key, each in self._screened.items()
            }

    def read(self, messages: Iterable[tuple[ContactRequest, ContactRequest]]) -> None:
        """Screen messages in one batch, with what was known before the request.

        Args:
            messages: Each with the request that it came after.
        """
        with self._turn:
            new = [each for each in messages if each[0].id not in self._screened]
            found = self._screening.screen_in(
                [message for message, _ in new], self._contexts(new)
            )
            self._screened |= {each.request.id: each for each in found}

    def _contexts(
        self, messages: Sequence[tuple[ContactRequest, ContactRequest]]
    ) -> list[Context]:
        contexts = self._screening.contexts([message for message, _ in messages], None)
        alone: list[Context] = []
        for (_, request), context in zip(messages, contexts, strict=True):
            asked_on = request.sent_at.date() if request.sent_at else date.max
            before = tuple(
                tie for tie in context.ties if tie.since and tie.since < asked_on
            )
            alone.append(replace(context, ties=before, habit=None))
        return alone

    def screened(self, message_id: str) -> Screened:
        """Return a message that was read."""
        return self._screened[message_id]


def _sequel(
    request: ContactRequest,
    decision: Decision,
    messages: list[LaterMessage],
    *,
    reader: Reader,
) -> Sequel:
    first = reader.screened(_asking(request).id)
    rest = [reader.screened(each.as_request().id) for each in messages]
    followed = tuple(
        _followed(message, screened, is_request_known=bool(decision.id))
        for message, screened in zip(messages, rest, strict=True)
    )
    bad = [each for each in followed if each.kind is not None]
    thread = read_thread(
        (each.request.id, each.request.sent_at, each.context.note)
        for each in (first, *rest)
    )
    return Sequel(
        request=request,
        decision=decision,
        followed=followed,
        unwanted=bad[0] if bad else None,
        last=bad[-1] if bad else None,
        thread=thread,
    )


def _followed(
    message: LaterMessage, screened: Screened, *, is_request_known: bool
) -> Followed:
    scores = screened.assessment.kinds
    kind = max(UNWANTED, key=lambda each: scores[each].score)
    score = scores[kind]
    surely = SURELY if is_request_known else SURELY_OF_CONTACT
    is_sure = score.probability >= surely and score.score > scores[Kind.PERSONAL].score
    if not is_sure or not (is_request_known or _is_shown(kind, screened)):
        return Followed(message, screened, None, 0.0, ())
    evidence = tuple(each for each in score.evidence if each.points > 0)
    return Followed(
        message, screened, kind, score.probability, evidence[:_MOST_EVIDENCE]
    )


def _is_shown(kind: Kind, screened: Screened) -> bool:
    """Whether words that one can point to speak for a kind, not the text model alone.

    A quotation reads like advertising where the question that it answers is missing.
    """
    return any(
        signal.kind is kind
        and signal.takes is None
        and signal.weight * hit.strength > 0
        for signal, hit in screened.found
    )


def find_unlike(
    messages: Iterable[LaterMessage], *, screening: Screening
) -> list[Unlike]:
    """Return contacts who may be hacked, the latest message first.

    Args:
        messages: All later messages that are kept.
        screening: Reads the messages, and knows how people write.
    """
    found: dict[str, Unlike] = {}
    for message in sorted(messages, key=lambda each: (each.sent_at, each.id)):
        habit = screening.habits.of(message.writer)
        if not message.is_unlike or habit is None or habit.count < FEWEST:
            continue
        (screened,) = screening.screen([message.as_request()])
        danger = screened.assessment.kinds[Kind.DANGER]
        is_told = any(each.signal == _HACKED for each in danger.evidence)
        if danger.probability < _LIKELIER_THAN_NOT or not is_told:
            continue
        evidence = tuple(each for each in danger.evidence if each.points > 0)
        traits = traits_of(message.text, message.sent_at)
        found[message.writer] = Unlike(
            person=message.person,
            followed=Followed(
                message,
                screened,
                Kind.DANGER,
                danger.probability,
                evidence[:_MOST_EVIDENCE],
            ),
            differences=tuple(differences(habit, traits).values()),
            habit=habit,
            probability=danger.probability,
        )
    return sorted(found.values(), key=_newest)


def _newest(unlike: Unlike) -> tuple[float, str]:
    message = unlike.followed.message
    return (-message.sent_at.timestamp(), message.id)
