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
class Answers:
    """What a peer says about texts.

    Attributes:
        scores: The more, the worse; one for each text, by the way of scoring.
        seconds: Processor time that the answers took, learning not counted.
        version: Of the peer.
    """

    scores: dict[str, list[float]]
    seconds: float
    version: str = ""


class Peer(Protocol):
    """A program or library that tells bad texts from good ones."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def programs(self) -> tuple[str, ...]:
        """Programs that it needs."""

    def answer(
        self, lessons: Sequence[Lesson], texts: Sequence[str], folder: Path
    ) -> Answers:
        """Learn, then say of each text how bad it is.

        Args:
            lessons: To learn from.
            texts: To be asked about.
            folder: An empty folder for whatever it keeps.
        """


class PeerError(Exception):
    """A peer could not be asked; says why, in a sentence."""
