"""People to meet: what was done, what a good next step is and when; pure.

A small list for one person at a time. Nothing here sends, repeats or plans a row of
messages: it says when to wait, and when better not to write at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from vorzimmer.days import local_day
from vorzimmer.model import Person, Sentence, say
from vorzimmer.quality import Share

MOST_PEOPLE = 50
"""More people cannot be met with attention; a longer list would be a campaign."""

MOST_STEPS = 200
"""What can be noted of one person."""

LONGEST_WORDS = 500
"""Characters of what is noted at once."""

WAIT_DAYS = 28
"""So long after a message without an answer nothing more is written."""

MOST_UNANSWERED = 2
"""After so many messages without an answer, better not write again."""

AFTER_COMMENT_DAYS = 7
"""So long after showing up a first message may come."""

AFTER_MEETING_DAYS = 1
"""After a talk or an introduction, write the next day."""

FADES_DAYS = 90
"""After so long nobody remembers a comment or a short talk."""


class StepKind(StrEnum):
    """What the member saw or did, or the person did."""

    SAW = "saw"
    COMMENTED = "commented"
    MET = "met"
    INTRODUCED = "introduced"
    WROTE = "wrote"
    ANSWERED = "answered"
    REFUSED = "refused"


STEPS: dict[StepKind, Sentence] = {
    StepKind.SAW: say("I saw something of this person"),
    StepKind.COMMENTED: say("I commented on something"),
    StepKind.MET: say("We met or talked"),
    StepKind.INTRODUCED: say("I was introduced"),
    StepKind.WROTE: say("I wrote"),
    StepKind.ANSWERED: say("There was an answer"),
    StepKind.REFUSED: say("The person would rather not"),
}
"""What each step is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStep:
    """One thing that happened.

    Attributes:
        id: Given by the store.
        on: The day.
        words: What it was, in the member's words; ``""`` is nothing noted.
        text_name: Of a message: what the member calls its text; ``""`` is no name.
    """

    id: int
    kind: StepKind
    on: date
    words: str = ""
    text_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToMeet:
    """Somebody whom the member would like to get to know.

    Attributes:
        id: Given by the store.
        person: Name, company, position and profile address, as far as known.
        why: Why this person.
        added_at: When it was put on the list.
        remind_on: Not to be reminded before; ``None`` is as the rules say.
        steps: Oldest first.
    """

    id: int
    person: Person
    why: str
    added_at: datetime
    remind_on: date | None = None
    steps: tuple[MeetingStep, ...] = ()


class Next(StrEnum):
    """What to do next."""

    LOOK = "look"
    SHOW_UP = "show_up"
    WRITE = "write"
    WAIT = "wait"
    GO_ON = "go_on"
    LET_BE = "let_be"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A good next step, and when.

    Attributes:
        due_on: From which day on; ``None``: there is nothing to do.
        says: What to do.
        why: Why this, and why then.
    """

    kind: Next
    due_on: date | None
    says: Sentence
    why: Sentence

    def is_due(self, today: date) -> bool:
        """Return whether its day has come."""
        return self.due_on is not None and self.due_on <= today


_SHOWN_UP = {StepKind.COMMENTED, StepKind.MET, StepKind.INTRODUCED}
_TALKED = {StepKind.MET, StepKind.INTRODUCED}


def next_step(
    entry: PersonToMeet, today: date, *, introduction_due: date | None = None
) -> NextStep:
    """Return a good next step, by simple rules; the first that fits holds.

    1. Who would rather not, or left two messages unanswered, is let be, unless you met
       or were introduced since.
    2. Who answered is no stranger any more: go on as you like, without reminders.
    3. A message without an answer: four weeks of nothing.
    4. An introduction that you asked for: wait for it.
    5. After a meeting or an introduction: write the next day, while it is fresh.
    6. After a comment: write a week later, and name it.
    7. What you saw: show up there first. Nothing seen: look first.

    What is older than 90 days has faded: show up again before you write. A day that you
    set yourself puts any of these off.

    Args:
        entry: Whom it is about.
        today: Which day it is.
        introduction_due: Until when an introduction asked for is waited for; ``None``
            where none is.
    """
    steps = sorted(entry.steps, key=lambda step: (step.on, step.id))
    found = (
        _let_be(steps)
        or _answered(steps)
        or _unanswered(steps)
        or _awaited(introduction_due, today)
        or _fresh(steps, today)
        or _first(entry, steps, today)
    )
    later = entry.remind_on
    if found.due_on is None or later is None or later <= found.due_on:
        return found
    return NextStep(kind=found.kind, due_on=later, says=found.says, why=found.why)


def _last(
    steps: Sequence[MeetingStep], kinds: Iterable[StepKind]
) -> MeetingStep | None:
    wanted = set(kinds)
    return next((step for step in reversed(steps) if step.kind in wanted), None)


def _since_talk(steps: Sequence[MeetingStep]) -> Sequence[MeetingStep]:
    """Return the steps after the last talk, introduction or answer."""
    ends = _TALKED | {StepKind.ANSWERED}
    at = [place for place, step in enumerate(steps) if step.kind in ends]
    return steps[at[-1] + 1 :] if at else steps


def _let_be(steps: Sequence[MeetingStep]) -> NextStep | None:
    since = _since_talk(steps)
    if _last(since, {StepKind.REFUSED}):
        return NextStep(
            kind=Next.LET_BE,
            due_on=None,
            says=say("Let it be."),
            why=say("This person would rather not; nothing reminds you of it again."),
        )
    unanswered = sum(step.kind is StepKind.WROTE for step in since)
    if unanswered < MOST_UNANSWERED:
        return None
    return NextStep(
        kind=Next.LET_BE,
        due_on=None,
        says=say("Better not write again."),
        why=say(
            "{count} messages have no answer. Should you meet or be introduced one day,"
            " it is open again.",
            count=unanswered,
        ),
    )


def _answered(steps: Sequence[MeetingStep]) -> NextStep | None:
    last = _last(steps, _TALKED | {StepKind.ANSWERED, StepKind.WROTE})
    if last is None or not _last(steps, {StepKind.ANSWERED}):
        return None
    if last.kind is not StepKind.ANSWERED:
        return None
    return NextStep(
        kind=Next.GO_ON,
        due_on=None,
        says=say("Go on as you like."),
        why=say("You are talking to each other; that needs no reminders."),
    )


def _unanswered(steps: Sequence[MeetingStep]) -> NextStep | None:
    last = _last(_since_talk(steps), {StepKind.WROTE})
    if last is None:
        return None
    return NextStep(
        kind=Next.WAIT,
        due_on=last.on + timedelta(days=WAIT_DAYS),
        says=say("Wait; write once more then only if you have something new to say."),
        why=say(
            "Your message of {on} has no answer yet; earlier than after {weeks} weeks a"
            " second one only presses.",
            on=last.on,
            weeks=WAIT_DAYS // 7,
        ),
    )


def _awaited(introduction_due: date | None, today: date) -> NextStep | None:
    if introduction_due is None or introduction_due <= today:
        return None
    return NextStep(
        kind=Next.WAIT,
        due_on=introduction_due,
        says=say("Wait for the introduction that you asked for."),
        why=say("To write meanwhile would go past whoever introduces you."),
    )


def _fresh(steps: Sequence[MeetingStep], today: date) -> NextStep | None:
    last = _last(steps, _SHOWN_UP)
    if last is None:
        return None
    if (today - last.on).days > FADES_DAYS:
        return NextStep(
            kind=Next.SHOW_UP,
            due_on=last.on + timedelta(days=FADES_DAYS),
            says=say("Show up again before you write."),
            why=say("It was on {on}; nobody remembers that long.", on=last.on),
        )
    if last.kind in _TALKED:
        return NextStep(
            kind=Next.WRITE,
            due_on=last.on + timedelta(days=AFTER_MEETING_DAYS),
            says=say("Write, and come back to what you talked about."),
            why=say("Your talk of {on} is still fresh.", on=last.on),
        )
    return NextStep(
        kind=Next.WRITE,
        due_on=last.on + timedelta(days=AFTER_COMMENT_DAYS),
        says=say("Write a first message, and name what you commented on."),
        why=say("Since {on} your name is not wholly new to this person.", on=last.on),
    )


def _first(entry: PersonToMeet, steps: Sequence[MeetingStep], today: date) -> NextStep:
    seen = _last(steps, {StepKind.SAW})
    if seen is None or (today - seen.on).days > FADES_DAYS:
        return NextStep(
            kind=Next.LOOK,
            due_on=local_day(entry.added_at),
            says=say("Look what this person writes, asks or shows in public."),
            why=say("Who knows nothing of somebody has no reason to write."),
        )
    return NextStep(
        kind=Next.SHOW_UP,
        due_on=seen.on,
        says=say("Show up first: comment, meet, or ask for an introduction."),
        why=say("A message of somebody never heard of is mostly left unanswered."),
    )


@dataclass(frozen=True, slots=True)
class TextRate:
    """How many messages with a text were answered.

    Attributes:
        name: What the member calls the text; ``""`` are messages without a name.
    """

    name: str
    answered: Share


def text_rates(people: Iterable[PersonToMeet], today: date) -> tuple[TextRate, ...]:
    """Return how many messages were answered, by text, most used first.

    A message counts once it has an answer or its four weeks are over: else quick
    answers would count before the silence of the others does. An answer belongs to the
    last message before it.
    """
    counted: dict[str, list[bool]] = defaultdict(list)
    for entry in people:
        for name, answered in _outcomes(entry, today):
            counted[name].append(answered)
    rates = (
        TextRate(name, Share(sum(each), len(each))) for name, each in counted.items()
    )
    return tuple(sorted(rates, key=lambda each: (-each.answered.count, each.name)))


def _outcomes(entry: PersonToMeet, today: date) -> Iterable[tuple[str, bool]]:
    steps = sorted(entry.steps, key=lambda step: (step.on, step.id))
    for place, step in enumerate(steps):
        if step.kind is not StepKind.WROTE:
            continue
        after = next(
            (
                other.kind
                for other in steps[place + 1 :]
                if other.kind in {StepKind.WROTE, StepKind.ANSWERED, StepKind.REFUSED}
            ),
            None,
        )
        if after in {StepKind.ANSWERED, StepKind.REFUSED}:
            yield step.text_name, True
        elif (today - step.on).days >= WAIT_DAYS or after is StepKind.WROTE:
            yield step.text_name, False
