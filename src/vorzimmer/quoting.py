"""What is said to people: sentences with slots, and the words that something rests on.

``model`` gives all of these names on; import them from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

Slot = str | int | float | date
"""What may stand in a slot of a sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for people: an English template with slots, translated at the edge.

    Attributes:
        template: English text with named slots, the key of its translation.
        slots: What stands in the slots, by name.
    """

    template: str
    slots: tuple[tuple[str, Slot], ...] = ()

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.template.format(**dict(self.slots))


def say(template: str, /, **slots: Slot) -> Sentence:
    """Make a sentence; every literal given to ``say`` is found for translation."""
    return Sentence(template, tuple(slots.items())) if slots else _bare(template)


@lru_cache(maxsize=1024)
def _bare(template: str) -> Sentence:
    return Sentence(template)


Words = tuple[str | Sentence, tuple[int, int] | None]
"""Words that something rests on, and where they stand in the note, if they do."""


class Quoting:
    """What rests on words, which are looked up when somebody asks for them.

    Most hits are only counted, and to quote costs more than to find.
    """

    __slots__ = ("_words",)

    def __init__(self, words: Words | Callable[[], Words]) -> None:
        """Take the words, or what looks them up."""
        self._words = words

    def words(self) -> Words:
        """Return the words and their span; looked up once."""
        words = self._words
        if type(words) is not tuple:  # twice as fast as isinstance, a dozen a request
            words = self._words = words()  # type: ignore[operator]  # else the words
        return words

    @property
    def quote(self) -> str | Sentence:
        """The words it rests on to the letter, or a sentence that counts."""
        return self.words()[0]

    @property
    def span(self) -> tuple[int, int] | None:
        """Where they stand in the note, ``[start, end)``; ``None``: not in it."""
        return self.words()[1]

    def _facts(self) -> tuple[object, ...]:
        return self.words()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash(self._facts())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._facts()!r}"


class Hit(Quoting):
    """What one signal found.

    Attributes:
        strength: How much of the signal's weight applies, 0 < strength <= 1; below 0
            where the same thing may speak for a kind or against it (the text model).
    """

    __slots__ = ("strength",)

    def __init__(
        self,
        quote: str | Sentence,
        strength: float = 1.0,
        span: tuple[int, int] | None = None,
    ) -> None:
        """Take what was found; see the properties."""
        self._words = (quote, span)
        self.strength = strength

    @classmethod
    def later(cls, look_up: Callable[[], Words], strength: float = 1.0) -> Hit:
        """Return a hit whose words are looked up when somebody asks for them."""
        hit = cls.__new__(cls)  # a dozen a request
        hit._words = look_up  # noqa: SLF001 - its own class
        hit.strength = strength
        return hit

    @classmethod
    def many(
        cls, look_ups: Iterable[Callable[[], Words]], strengths: Iterable[float]
    ) -> list[Hit]:
        """Return many hits whose words are looked up when somebody asks for them."""
        hits = []
        for look_up, strength in zip(look_ups, strengths, strict=True):
            hit = cls.__new__(cls)
            hit._words = look_up  # noqa: SLF001 - its own class
            hit.strength = strength
            hits.append(hit)
        return hits

    def weaker(self, share: float) -> Hit:
        """Return the same hit with this share of its strength."""
        return Hit.later(self.words, self.strength * share)

    def _facts(self) -> tuple[object, ...]:
        return self.strength, *self.words()


class Evidence(Quoting):
    """A hit, with the points (nats) that it gave to the score of its kind."""

    __slots__ = ("points", "signal")

    def __init__(
        self,
        signal: str,
        points: float,
        quote: str | Sentence,
        span: tuple[int, int] | None = None,
    ) -> None:
        """Take what was found; see the properties."""
        self._words = (quote, span)
        self.signal = signal
        self.points = points

    @classmethod
    def of(cls, signal: str, points: float, hit: Hit) -> Evidence:
        """Return what a hit counts; its words are looked up when asked for."""
        evidence = cls.__new__(cls)
        evidence._words = hit.words  # noqa: SLF001 - its own class
        evidence.signal = signal
        evidence.points = points
        return evidence

    @classmethod
    def many(
        cls, signal: str, points: Iterable[float], hits: Iterable[Hit]
    ) -> list[Evidence]:
        """Return what many hits of a signal count."""
        found = []
        for each, hit in zip(points, hits, strict=True):
            evidence = cls.__new__(cls)
            evidence._words = hit._words  # noqa: SLF001 - a class of this file
            evidence.signal = signal
            evidence.points = each
            found.append(evidence)
        return found

    def _facts(self) -> tuple[object, ...]:
        return self.signal, self.points, *self.words()
