"""Where the facts of a request are from, ready for the page; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vorzimmer.cards import Card
from vorzimmer.intake.sayings import agree
from vorzimmer.model import PERSON_FACTS, Sentence, say
from vorzimmer.source_desk import Credit

TYPED = say("typed by you")
# About the request itself; its other facts need no credit.
_ABOUT_REQUEST = ("note", "sent_at")
_LONGEST_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Mention:
    """That a source says something.

    Attributes:
        title: Of the source; ``None`` where only its label says what it is.
        label: The file or mailbox, or ``""``.
        on: The day of which the source speaks; ``None`` of what the member typed.
    """

    title: Sentence | None
    label: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a fact, and who says it.

    Attributes:
        holds: Whether it is the one that counts; the others are kept beside it.
    """

    value: object
    mentions: tuple[Mention, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """One fact, with every value that somebody said.

    Attributes:
        fact: ``note``, ``sent_at``, or a field of ``Person``.
        said: What holds comes first.
    """

    fact: str
    said: tuple[Value, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether not all say the same."""
        return len(self.said) > 1


def provenance(
    card: Card, credited: Mapping[str, Sequence[Credit]]
) -> tuple[Provenance, ...]:
    """Return where each known fact of a request is from; what was typed in holds.

    Args:
        card: The request.
        credited: What the sources say, by fact.
    """
    facts = (*_ABOUT_REQUEST, *PERSON_FACTS)
    found = (Provenance(fact, tuple(_said(fact, card, credited))) for fact in facts)
    return tuple(each for each in found if each.said)


def _said(
    fact: str, card: Card, credited: Mapping[str, Sequence[Credit]]
) -> Iterator[Value]:
    mentions: list[tuple[object, list[Mention]]] = []
    typed = card.given.get(fact)
    if typed is not None:
        mentions.append((typed, [Mention(TYPED)]))
    for each in credited.get(fact, ()):
        if each.value == "" and fact != "note":
            continue
        mention = Mention(each.title, each.label, each.on)
        known = (told for value, told in mentions if agree(fact, value, each.value))
        told = next(known, None)
        if told is None:
            mentions.append((each.value, [mention]))
        elif mention not in told:
            told.append(mention)
    for place, (value, told) in enumerate(mentions):
        yield Value(_short(value), tuple(told), holds=not place)


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return f"{value[:_LONGEST_SHOWN].rstrip()} …"
    return value
