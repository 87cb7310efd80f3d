"""What every peer is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text of ours to learn from."""

    text: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What every peer is asked about: the texts, then the notes.

    In this order, so that nothing that notes leave behind can touch a score.

    Attributes:
        texts: Public ones, of which others say whether they are bad.
        notes: Of the benchmark of throughput; only how long they take is of interest.
    """

    texts: Sequence[str]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a peer says.

    Attributes:
        scores: The more, the worse; one for each text, by the way of scoring.
        seconds: Processor time that the texts took, learning not counted.
        seconds_of_notes: The same of the notes.
        version: Of the peer.
    """

    scores: dict[str, list[float]]
    seconds: float
    seconds_of_notes: float
    version: str = ""


class Peer(Protocol):
    """A program or library that tells bad texts from good ones."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def programs(self) -> tuple[str, ...]:
        """Programs that it needs."""

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        """Learn once, then say of each text and note how bad it is.

        Args:
            lessons: To learn from.
            asked: Each list is answered and timed by itself.
            folder: An empty folder for whatever it keeps.
        """


class PeerError(Exception):
    """A peer could not be asked; says why, in a sentence."""
