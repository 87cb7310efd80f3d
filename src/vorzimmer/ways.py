"""Ways to an introduction, and requests for one: plain data; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vorzimmer.model import Person, Sentence, Tie, TieKind
from vorzimmer.quality import Share

SHARED = {TieKind.SHARED_EMPLOYER, TieKind.SHARED_SCHOOL}
"""Ties that are places and no days."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the member would like to get to know.

    Attributes:
        name: Of the person; ``""`` is anybody at the firm.
        firm: Where the person works; ``""`` is not known.
    """

    name: str = ""
    firm: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What shows that a contact may know whom the member wants to get to know.

    Attributes:
        says: In words, a part of a sentence.
        rank: How much it says beside others on the same firm; 0 says most.
        firm: The firm as the data write it; ``""`` where it is about the person.
        is_shown: Whether the data show it; else it is only likely.
    """

    says: Sentence
    firm: str = ""
    is_shown: bool = True
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Somebody who may introduce the member.

    Attributes:
        person: Whom to ask.
        links: What shows the way, surest first.
        ties: How the member knows the person, strongest first.
        closeness: How well: the strengths of the ties added up; a contact with whom
            one wrote and met often has 3, a contact alone 1.
    """

    person: Person
    links: tuple[Link, ...]
    ties: tuple[Tie, ...]
    closeness: float

    @property
    def is_shown(self) -> bool:
        """Whether the data show the way; else it is only likely."""
        return any(each.is_shown for each in self.links)

    @property
    def firm(self) -> str:
        """The firm that the way leads over; ``""`` where it leads to the person."""
        return next((each.firm for each in self.links if each.firm), "")

    @property
    def last_on(self) -> date | None:
        """The last day that the data show of the two."""
        return max(filter(None, map(last_day, self.ties)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The answer to whom one could ask.

    Attributes:
        firms: Firms that were looked for, as the data write them.
        is_firm_known_from_data: Whether the member did not name the firm.
        themselves: People of the wanted name whom the member knows.
        found: Best known first; those that are only likely come last.
        left_out: How many more there are than ``found`` holds.
        hardly: How many more have a link, but are hardly known to the member.
    """

    wanted: Wanted
    firms: tuple[str, ...] = ()
    is_firm_known_from_data: bool = False
    themselves: tuple[Way, ...] = ()
    found: tuple[Way, ...] = ()
    left_out: int = 0
    hardly: int = 0


class AskReply(StrEnum):
    """What became of a request for an introduction."""

    INTRODUCED = "introduced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionAsk:
    """A request for an introduction that was sent.

    Attributes:
        id: Given by the store.
        via: Who was asked.
        text: As it was sent; ``""`` when nobody wrote it down.
        text_id: Of the template and its manner; ``""`` when it was from none.
        due_on: The day from which on silence counts.
        answered_at: When an answer came; ``None`` while none did.
        outcome: Which; ``None`` while none came.
    """

    id: int
    via: Person
    wanted: Wanted
    text: str
    text_id: str
    asked_at: datetime
    due_on: date
    answered_at: datetime | None = None
    outcome: AskReply | None = None

    def is_silent(self, today: date) -> bool:
        """Return whether the day of the answer has come without one."""
        return self.outcome is None and today >= self.due_on


def answer_rates(
    asks: Iterable[IntroductionAsk], today: date
) -> tuple[tuple[str, Share], ...]:
    """Return how many requests were answered, by text, most sent first.

    "Rather not" is an answer, too. Only those whose day has come count: else quick
    answers would count before the silence of the others does.
    """
    counted: dict[str, list[bool]] = defaultdict(list)
    for ask in asks:
        if today >= ask.due_on:
            counted[ask.text_id].append(ask.outcome is not None)
    shares = ((name, Share(sum(each), len(each))) for name, each in counted.items())
    return tuple(sorted(shares, key=lambda each: (-each[1].count, each[0])))


def last_day(tie: Tie) -> date | None:
    """Return the last day that a tie shows of the two; ``None`` where it shows none."""
    return None if tie.kind in SHARED else tie.until or tie.since
