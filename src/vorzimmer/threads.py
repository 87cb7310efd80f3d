"""What a thread of messages adds up to: stages of an approach, with dates; pure.

Harmless taken one by one, in a row they are how fraud and recruiting by intelligence
services begin: praise, another channel, a paid report, money, a journey. Only what is
written counts; who writes, from where and in which language, is not looked at.
Sources: warnings of BfV (2017, 2020) and of NPSA, "Think Before You Link" (2022).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import fsum

from vorzimmer.model import Hit
from vorzimmer.note import NoteFacts

ALARM = 3.5
"""From this score on, a thread is worth a warning."""
FEWEST_STAGES = 3
"""Fewer stages are what any talk may have."""

# One more day between the first and the last sign says that somebody is patient.
_FOR_PATIENCE = 0.5
_PATIENT_DAYS = 2


class Stage(StrEnum):
    """One step of an approach, in the order in which they mostly come."""

    PRAISE = "praise"
    CHANNEL = "channel"
    REPORT = "report"
    MONEY = "money"
    JOURNEY = "journey"


_FAMILIES: dict[Stage, tuple[str, ...]] = {
    Stage.PRAISE: ("flattery", "romance"),
    Stage.CHANNEL: ("other_channel",),
    Stage.REPORT: ("paid_report",),
    Stage.MONEY: ("money_request", "money_promise", "advance_fee"),
    Stage.JOURNEY: ("travel_offer",),
}
# How much each says, 0..2; estimates: what only strangers with a plan write says most.
_WEIGHTS: dict[Stage, float] = {
    Stage.PRAISE: 0.75,
    Stage.CHANNEL: 1.0,
    Stage.REPORT: 1.5,
    Stage.MONEY: 1.5,
    Stage.JOURNEY: 1.25,
}
# Without one of these there is nothing that somebody could be after.
_AIMS = frozenset({Stage.REPORT, Stage.MONEY})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stage, where it was first seen.

    Attributes:
        message: Id of the message.
        at: When it was sent; ``None`` is not known.
        hit: The words.
    """

    stage: Stage
    message: str
    at: datetime | None
    hit: Hit


@dataclass(frozen=True, slots=True)
class Thread:
    """What the messages of one person add up to.

    Attributes:
        marks: Each stage once, in the order of time.
        score: Sum of what the stages say, 0 to 6.5.
    """

    marks: tuple[Mark, ...]
    score: float

    @property
    def stages(self) -> frozenset[Stage]:
        """The stages that were seen."""
        return frozenset(mark.stage for mark in self.marks)

    @property
    def is_alarming(self) -> bool:
        """Whether the thread is worth a warning."""
        return (
            self.score >= ALARM
            and len(self.marks) >= FEWEST_STAGES
            and len({mark.message for mark in self.marks}) > 1
            and not _AIMS.isdisjoint(self.stages)
        )

    @property
    def is_about_knowledge(self) -> bool:
        """Whether it is after what the member knows, rather than after money."""
        return Stage.REPORT in self.stages


def read_thread(
    messages: Iterable[tuple[str, datetime | None, NoteFacts]],
) -> Thread:
    """Return what the messages of one person add up to.

    Args:
        messages: Id, time and what was found in it; in any order.
    """
    marks: dict[Stage, Mark] = {}
    for message, at, note in sorted(messages, key=_moment):
        for stage, families in _FAMILIES.items():
            if stage in marks:
                continue
            hit = next(filter(None, map(note.find, families)), None)
            if hit is not None:
                marks[stage] = Mark(stage, message, at, hit)
    found = tuple(marks.values())
    return Thread(found, _score(found))


def _moment(message: tuple[str, datetime | None, NoteFacts]) -> tuple[float, str]:
    return (message[1].timestamp() if message[1] else 0.0, message[0])


def _score(marks: tuple[Mark, ...]) -> float:
    total = fsum(_WEIGHTS[mark.stage] for mark in marks)
    days = sorted(mark.at.date().toordinal() for mark in marks if mark.at)
    is_patient = bool(days) and days[-1] - days[0] >= _PATIENT_DAYS
    return total + _FOR_PATIENCE * is_patient
