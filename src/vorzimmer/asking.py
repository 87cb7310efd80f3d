"""Asking back: who answered, who is silent, which text brings answers; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from vorzimmer.days import local_day
from vorzimmer.intake.heard import Heard
from vorzimmer.model import ContactRequest, Kind, Person, Sentence, say
from vorzimmer.names import plain_name
from vorzimmer.people import is_same_network, profile_key
from vorzimmer.quality import Share
from vorzimmer.reactions import State

_Word = TypeVar("_Word")

SILENT = "no answer to your question"
"""The clause by which a request is ignored whose sender stays silent."""

HAS_ANSWERED = "your question was answered"
"""The clause by which a request is looked at whose sender has answered."""


WROTE = "a message of theirs came after your question"
"""The clause by which a question counts as answered: the profile is the same."""

WROTE_BY_NAME = "somebody of their name wrote to you after your question"
"""The same where a profile address is missing, and only the name tells."""


@dataclass(frozen=True, slots=True)
class Reported:
    """An answer rate that others report; under which rules, nobody knows.

    Attributes:
        low: The lower end, 0..1.
        high: The upper end; the same where one number is told.
        source: Who says so.
        url: Where it stands, ``""`` for nowhere that one could look it up.
    """

    low: float
    high: float
    source: Sentence
    url: str = ""


REPORTED_ELSEWHERE = (
    Reported(
        0.01, 0.05, say("articles for members, which do not say how they counted")
    ),
    Reported(
        0.10,
        0.10,
        say("a contractor with a text block: nine of ten never answer"),
        "https://news.ycombinator.com/item?id=16985110",
    ),
)
"""What others say of how many answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question that was sent to who asks for contact.

    Attributes:
        decision_id: The decision that recorded it.
        text: As it was sent, ``""`` when nobody wrote it down.
        text_id: Of the text block, ``""`` when it was from none.
        kind: What the request looked like then; ``None``: nothing in particular.
        language: Of the text, e.g. ``"de"``; ``""`` is not known.
        address: Form of address, ``"sie"`` or ``"du"``; ``""`` has none.
        asked_at: From when on a message of the sender is an answer.
        due_on: The day from which on silence counts.
    """

    decision_id: int
    request_id: str
    asked_at: datetime
    due_on: date
    text: str = ""
    text_id: str = ""
    kind: Kind | None = None
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what became of it.

    Attributes:
        state: Where the request stands now.
        answered_at: When the sender wrote after it; ``None`` while nothing came.
        ended_at: When the member decided otherwise after it; ``None`` while not.
        event_id: Of the event that the answer is; ``None`` while there is none.
    """

    ask: Ask
    request: ContactRequest
    state: State
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    event_id: int | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the answer is still waited for."""
        return self.state is State.ASKED and self.ended_at is None

    def is_silent(self, today: date) -> bool:
        """Return whether the day of the answer has come without one."""
        return self.is_waiting and today >= self.ask.due_on

    def counts(self, today: date) -> bool:
        """Return whether the question says something of how many answer.

        Only those whose day has come count: else quick answers would count before the
        silence of the others does. Where the member did not wait, nobody knows.
        """
        if today < self.ask.due_on:
            return False
        if self.ended_at is None or self.answered_at is not None:
            return True
        return local_day(self.ended_at) >= self.ask.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRates:
    """How many answered, of the questions that count; most asked first.

    Attributes:
        by_text: By the id of the text block.
        by_kind: By what the request looked like.
        by_network: By the name of the network.
    """

    all: Share
    by_text: tuple[tuple[str, Share], ...]
    by_kind: tuple[tuple[Kind | None, Share], ...]
    by_network: tuple[tuple[str, Share], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """That a question was answered.

    Attributes:
        ask: The question.
        at: When.
        clause: What tells so: ``WROTE`` or ``WROTE_BY_NAME``.
    """

    ask: Ask
    at: datetime
    clause: str


def answer_key(ask: Ask) -> str:
    """Return the key of the event that is the answer to a question."""
    return f"answer {ask.decision_id}"


def due_on(asked_on: date, days: int) -> date:
    """Return the day from which on silence counts."""
    return asked_on + timedelta(days=days)


def answers_in(
    heard: Iterable[Heard], asks: Sequence[tuple[Ask, ContactRequest]]
) -> list[Answered]:
    """Return which questions were answered, and when.

    A message is an answer if its writer is the sender and it was written after the
    asking; where only the day of it is known, on the day of the asking or after. Who
    that is, the profile address says; where one of both has none, name and
    network, unless two people of that name were asked.

    Args:
        heard: Who wrote when, in any order.
        asks: Questions without an answer, with their requests.
    """
    by_address: dict[str, list[tuple[Ask, ContactRequest]]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[tuple[Ask, ContactRequest]]] = defaultdict(list)
    for ask, request in asks:
        if key := profile_key(request.sender.profile_url):
            by_address[key].append((ask, request))
        if name := plain_name(request.sender.name or ""):
            by_name[name, request.network or ""].append((ask, request))
    found: dict[int, Answered] = {}
    for each in sorted(heard, key=lambda heard: heard.at):
        same = by_address.get(profile_key(each.person.profile_url))
        clause = WROTE if same else WROTE_BY_NAME
        if not same:
            name = plain_name(each.person.name or "")
            named = by_name.get((name, each.network or ""), ())
            people = {_who(request.sender) for _, request in named}
            is_clear = len(people) == 1
            same = [
                (ask, request)
                for ask, request in named
                if is_clear and not _are_two(request.sender, each.person)
            ]
        for ask, _ in same:
            if _is_after(each, ask) and ask.decision_id not in found:
                at = max(each.at, ask.asked_at)
                found[ask.decision_id] = Answered(ask, at, clause)
    return [found[key] for key in sorted(found)]


def _is_after(heard: Heard, ask: Ask) -> bool:
    """Return whether somebody wrote after a question; on its day is after it."""
    if heard.is_day:
        return heard.at + timedelta(days=1) > ask.asked_at
    return heard.at > ask.asked_at


def _who(person: Person) -> str:
    return profile_key(person.profile_url) or plain_name(person.name or "")


def _are_two(person: Person, other: Person) -> bool:
    """Return whether two people of one name have two addresses that tell them apart."""
    keys = profile_key(person.profile_url), profile_key(other.profile_url)
    return all(keys) and is_same_network(*keys)


def answer_rates(asked: Iterable[Asked], today: date) -> AnswerRates:
    """Return how many answered: in all, by text, by kind and by network."""
    counted = [each for each in asked if each.counts(today)]
    return AnswerRates(
        all=_share(counted),
        by_text=_by(counted, lambda each: each.ask.text_id),
        by_kind=_by(counted, lambda each: each.ask.kind),
        by_network=_by(counted, lambda each: each.request.network or ""),
    )


def _share(asked: Sequence[Asked]) -> Share:
    return Share(sum(each.answered_at is not None for each in asked), len(asked))


def _by(
    asked: Iterable[Asked], word: Callable[[Asked], _Word]
) -> tuple[tuple[_Word, Share], ...]:
    groups: dict[_Word, list[Asked]] = defaultdict(list)
    for each in asked:
        groups[word(each)].append(each)
    shares = [(key, _share(group)) for key, group in groups.items()]
    return tuple(sorted(shares, key=lambda each: (-each[1].count, str(each[0]))))
