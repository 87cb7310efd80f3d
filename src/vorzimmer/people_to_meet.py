"""The member's people to meet: a small list, noted by hand, one person at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vorzimmer.days import local_day
from vorzimmer.errors import MeetingError
from vorzimmer.meeting import (
    LONGEST_WORDS,
    MOST_PEOPLE,
    MOST_STEPS,
    NextStep,
    PersonToMeet,
    StepKind,
    TextRate,
    next_step,
    text_rates,
)
from vorzimmer.model import Person, say
from vorzimmer.names import SAME, same_name
from vorzimmer.people import is_same_network, profile_key
from vorzimmer.store import Store
from vorzimmer.ways import IntroductionAsk

LONGEST_WAIT_DAYS = 366
"""A reminder is put off by at most so many days."""

_FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class ToMeet:
    """An entry of the list with its next step.

    Attributes:
        is_due: Whether its day has come.
        is_today: Whether that day is today.
    """

    entry: PersonToMeet
    next: NextStep
    is_due: bool
    is_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingList:
    """The whole list.

    Attributes:
        people: Due ones first, those due longest before; then by day; then the rest.
        rates: How many messages were answered, by text.
        names_of_texts: What the member called texts so far.
        room: How many more fit on the list.
    """

    people: tuple[ToMeet, ...] = ()
    rates: tuple[TextRate, ...] = ()
    names_of_texts: tuple[str, ...] = ()
    room: int = MOST_PEOPLE

    @property
    def due(self) -> tuple[ToMeet, ...]:
        """Those whose next step is due."""
        return tuple(each for each in self.people if each.is_due)


class PeopleToMeetDesk:
    """Whom the member would like to get to know, and what was done for it."""

    def __init__(self, store: Store, *, now: Callable[[], datetime]) -> None:
        """Take the store and the clock."""
        self._store = store
        self._now = now

    def listed(self) -> MeetingList:
        """Return the list with what is due now."""
        today = self._today()
        with self._store.reading() as store:
            people, asks = store.people_to_meet(), store.introduction_asks()
        shown = []
        for entry in people:
            step = next_step(
                entry, today, introduction_due=_introduction_due(entry, asks)
            )
            is_today = step.due_on == today
            shown.append(ToMeet(entry, step, step.is_due(today), is_today))
        return MeetingList(
            people=tuple(sorted(shown, key=_order)),
            rates=text_rates(people, today),
            names_of_texts=tuple(
                sorted({s.text_name for p in people for s in p.steps if s.text_name})
            ),
            room=MOST_PEOPLE - len(people),
        )

    def add(self, person: Person, *, why: str) -> int:
        """Put somebody on the list; return the number of the entry.

        Raises:
            MeetingError: Name or reason is missing, the person stands there already, or
                the list is full.
        """
        name, why = (person.name or "").strip(), why.strip()[:LONGEST_WORDS]
        if not name:
            raise MeetingError(say("Whom would you like to meet? Give a name."))
        if not why:
            raise MeetingError(
                say("Why this person? Without a reason there is nothing to write.")
            )
        with self._store.transaction() as store:
            people = store.people_to_meet()
            if any(_is_same(person, each.person) for each in people):
                raise MeetingError(say("{name} stands on your list.", name=name))
            if len(people) >= MOST_PEOPLE:
                raise MeetingError(
                    say(
                        "{most} people are on your list; nobody can meet more with"
                        " attention.",
                        most=MOST_PEOPLE,
                    ),
                    say("Remove somebody first."),
                )
            return store.add_person_to_meet(person, why=why, at=self._now())

    def note(
        self,
        entry_id: int,
        kind: StepKind,
        *,
        on: date | None = None,
        words: str = "",
        text_name: str = "",
    ) -> int:
        """Note what was seen or done; return the number of the step.

        Args:
            entry_id: Of whom.
            kind: What.
            on: The day; ``None`` is today.
            words: What it was.
            text_name: Of a message: what its text is called.

        Raises:
            MeetingError: There is no such entry, the day lies ahead or long ago, or
                more is noted than anybody reads.
        """
        day = on or self._today()
        if day > self._today() or day.year < _FIRST_YEAR:
            raise MeetingError(say("Give a day that has been."))
        with self._store.transaction() as store:
            entry = next((e for e in store.people_to_meet() if e.id == entry_id), None)
            if entry is None:
                raise _gone()
            if len(entry.steps) >= MOST_STEPS:
                raise MeetingError(
                    say("More than {most} notes fit nowhere.", most=MOST_STEPS)
                )
            return store.add_meeting_step(
                entry_id,
                kind,
                on=day,
                words=words.strip()[:LONGEST_WORDS],
                text_name=text_name.strip()[:80] if kind is StepKind.WROTE else "",
            )

    def remind(self, entry_id: int, day: date | None) -> None:
        """Put the reminder off to a day; ``None`` is as the rules say.

        Raises:
            MeetingError: There is no such entry, or the day is too far off.
        """
        latest = self._today() + timedelta(days=LONGEST_WAIT_DAYS)
        if day is not None and not self._today() <= day <= latest:
            raise MeetingError(say("Give a day within the next year."))
        with self._store.transaction() as store:
            if not store.put_remind_on(entry_id, day):
                raise _gone()

    def take_back(self, step_id: int) -> None:
        """Remove a note.

        Raises:
            MeetingError: There is no such note.
        """
        with self._store.transaction() as store:
            if not store.remove_meeting_step(step_id):
                raise _gone()

    def remove(self, entry_id: int) -> None:
        """Remove somebody from the list, with all that was noted.

        Raises:
            MeetingError: There is no such entry.
        """
        with self._store.transaction() as store:
            if not store.remove_person_to_meet(entry_id):
                raise _gone()

    def forget(self, person: Person) -> int:
        """Remove everything on a person, introductions as well; return how much."""
        with self._store.transaction() as store:
            return store.forget_to_meet(lambda other: _is_same(person, other))

    def _today(self) -> date:
        return local_day(self._now())


def _is_same(person: Person, other: Person) -> bool:
    """Whether two entries are one person: by address, by mail, else by name."""
    key, other_key = profile_key(person.profile_url), profile_key(other.profile_url)
    if key and other_key and is_same_network(key, other_key):
        return key == other_key
    if person.email and other.email and person.email == other.email:
        return True
    return same_name(person.name or "", other.name or "") >= SAME or (
        bool(person.name) and person.name == other.name
    )


def _introduction_due(
    entry: PersonToMeet, asks: tuple[IntroductionAsk, ...]
) -> date | None:
    """Return until when an introduction to this person is waited for."""
    name = entry.person.name or ""
    return max(
        (
            ask.due_on
            for ask in asks
            if ask.outcome is None and same_name(ask.wanted.name, name) >= SAME
        ),
        default=None,
    )


def _order(each: ToMeet) -> tuple[bool, date, int]:
    return not each.is_due, each.next.due_on or date.max, each.entry.id


def _gone() -> MeetingError:
    return MeetingError(say("That is not on your list any more."))
