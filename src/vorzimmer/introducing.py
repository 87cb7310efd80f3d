"""The member asks to be introduced: ways, a letter, what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vorzimmer.days import local_day
from vorzimmer.errors import MeetingError
from vorzimmer.form_of_address import (
    Manner,
    closing,
    is_among_germans,
    salutation,
)
from vorzimmer.introductions import Circle, find_ways, read_wanted
from vorzimmer.model import Member, Person, say
from vorzimmer.people import identity
from vorzimmer.quality import Share
from vorzimmer.replies import Letter, render, shipped_templates
from vorzimmer.replies.tidying import fit_fact
from vorzimmer.store import Store
from vorzimmer.waiting import Waiting
from vorzimmer.ways import AskReply, IntroductionAsk, Wanted, Way, Ways, answer_rates

ANSWER_DAYS = 14
"""So long an answer to a request for an introduction is waited for."""

LONGEST_LETTER = 20_000
"""Characters of a letter that is kept."""

_LONGEST_REASON = 300
_FOR_PERSON, _FOR_FIRM = "introduction-colleague", "introduction-firm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """The requests for introductions, by what became of them.

    Attributes:
        open: Still awaited, those due first come first.
        silent: Due, and no answer came.
        answered: With an answer, newest first.
        rates: How many were answered, by text.
    """

    open: tuple[IntroductionAsk, ...] = ()
    silent: tuple[IntroductionAsk, ...] = ()
    answered: tuple[IntroductionAsk, ...] = ()
    rates: tuple[tuple[str, Share], ...] = ()


class IntroducingDesk:
    """Who can introduce the member, and who was asked to."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        waiting: Callable[[], Waiting],
    ) -> None:
        """Take the store, the clock, and what gives the screened requests."""
        self._store = store
        self._now = now
        self._waiting = waiting

    def ways(self, asked: str, *, firm: str = "") -> Ways:
        """Return who may introduce the member.

        Args:
            asked: A person's name or a firm's.
            firm: Where the person works, if the member knows it.
        """
        circle = self._circle()
        return find_ways(read_wanted(asked, circle, firm=firm), circle)

    def way(self, ways: Ways, key: str) -> Way | None:
        """Return one of the ways by the key of its person; ``None`` when it is gone."""
        return next((each for each in ways.found if key_of(each.person) == key), None)

    def manner(self, person: Person) -> Manner:
        """Return how one would write to a contact, as far as the data show it."""
        member = self._member()
        is_german = is_among_germans(person, member, None)
        return Manner.SIE if is_german else Manner.ENGLISH

    def letter(
        self, way: Way, wanted: Wanted, *, manner: Manner, reason: str = ""
    ) -> Letter:
        """Return a request for an introduction that makes it easy to say no.

        Args:
            way: Whom to ask.
            wanted: Whom to get to know.
            manner: Language and form of address.
            reason: Why, as half a sentence; ``""`` is left out.
        """
        template = shipped_templates()[
            _FOR_PERSON if wanted.name else _FOR_FIRM, manner
        ]
        known = {
            "salutation": salutation(way.person, manner),
            "closing": closing(self._member(), manner),
            "person": fit_fact(wanted.name),
            "company": fit_fact(way.firm or wanted.firm),
            "reason": fit_fact(reason[:_LONGEST_REASON].strip(" .,;:")),
        }
        facts = {name: value for name, value in known.items() if value}
        made = render(
            template.body, facts, instead=template.instead, slots=template.slots
        )
        return Letter(
            template=template.name,
            manner=template.manner,
            text=made.text,
            used=made.used,
            missing=made.missing,
        )

    def record(
        self,
        person: Person,
        wanted: Wanted,
        *,
        text: str = "",
        text_id: str = "",
        due_on: date | None = None,
    ) -> IntroductionAsk:
        """Record that a contact was asked.

        Args:
            person: Who was asked.
            wanted: Whom the member would like to get to know.
            text: As it was sent.
            text_id: From which template; ``""`` is none of ours.
            due_on: From when on silence counts; ``None`` is in two weeks.

        Raises:
            MeetingError: It was asked already, and no answer came yet.
        """
        now = self._now()
        with self._store.transaction() as store:
            if any(
                key_of(ask.via) == key_of(person)
                and ask.wanted == wanted
                and ask.outcome is None
                for ask in store.introduction_asks()
            ):
                raise MeetingError(
                    say("You have asked this already; no answer came yet."),
                    say("To ask twice presses. Wait, or ask somebody else."),
                )
            number = store.add_introduction_ask(
                person,
                wanted,
                text=text.replace("\r\n", "\n").strip()[:LONGEST_LETTER],
                text_id=text_id[:100],
                at=now,
                due_on=due_on or local_day(now) + timedelta(days=ANSWER_DAYS),
            )
            asks = store.introduction_asks()
        return next(ask for ask in asks if ask.id == number)

    def answer(self, ask_id: int, outcome: AskReply | None) -> None:
        """Record what was answered; ``None`` takes an earlier answer back.

        Raises:
            MeetingError: There is no such request.
        """
        with self._store.transaction() as store:
            if not store.answer_introduction_ask(ask_id, outcome, at=self._now()):
                raise _gone()

    def remove(self, ask_id: int) -> None:
        """Remove a request for an introduction from the record.

        Raises:
            MeetingError: There is no such request.
        """
        with self._store.transaction() as store:
            if not store.remove_introduction_ask(ask_id):
                raise _gone()

    def asks(self) -> Asks:
        """Return all requests for introductions, by what became of them."""
        today = local_day(self._now())
        with self._store.reading() as store:
            asks = store.introduction_asks()
        waiting = sorted(
            (each for each in asks if each.outcome is None),
            key=lambda each: (each.due_on, each.id),
        )
        return Asks(
            open=tuple(each for each in waiting if not each.is_silent(today)),
            silent=tuple(each for each in waiting if each.is_silent(today)),
            answered=tuple(
                sorted(
                    (each for each in asks if each.answered_at),
                    key=lambda each: (each.answered_at or each.asked_at, each.id),
                    reverse=True,
                )
            ),
            rates=answer_rates(asks, today),
        )

    def _member(self) -> Member:
        with self._store.reading() as store:
            return store.member() or Member()

    def _circle(self) -> Circle:
        screened = self._waiting().store
        return Circle(
            ties=screened.ties,
            requests=tuple(screened.requests.values()),
            acquaintance=screened.screening.acquaintance,
            member=screened.screening.member,
        )


def key_of(person: Person) -> str:
    """Return what a person is known by on the pages: address, mail, or the name."""
    return identity(person)


def _gone() -> MeetingError:
    return MeetingError(say("There is no such request for an introduction any more."))
