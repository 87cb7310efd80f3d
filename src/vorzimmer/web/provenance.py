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
class Credited:
    """A value of a fact, and where it is from.

    Attributes:
        title: Of the source; ``None`` where only its label says what it is.
        label: The file or mailbox, or ``""``.
        on: The day of which the source speaks; ``None`` of what the member typed.
        holds: Whether it is the one that counts; the others are kept beside it.
    """

    value: object
    title: Sentence | None
    label: str = ""
    on: date | None = None
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Provenance:
    """One fact, with every value that somebody said.

    Attributes:
        fact: ``note``, ``sent_at``, or a field of ``Person``.
        said: What holds comes first.
    """

    fact: str
    said: tuple[Credited, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether not all say the same."""
        return not all(each.holds for each in self.said)


def provenance(
    card: Card, credits_: Mapping[str, Sequence[Credit]]
) -> tuple[Provenance, ...]:
    """Return where each known fact of a request is from; what was typed in holds.

    Args:
        card: The request.
        credits_: What the sources say, by fact.
    """
    facts = (*_ABOUT_REQUEST, *PERSON_FACTS)
    found = (Provenance(fact, tuple(_said(fact, card, credits_))) for fact in facts)
    return tuple(each for each in found if each.said)


def _said(
    fact: str, card: Card, credits_: Mapping[str, Sequence[Credit]]
) -> Iterator[Credited]:
    typed = card.given.get(fact)
    if typed is not None:
        yield Credited(_short(typed), TYPED)
    for each in credits_.get(fact, ()):
        holds = each.holds if typed is None else agree(fact, each.value, typed)
        if each.value != "" or fact == "note":
            value = _short(each.value)
            yield Credited(value, each.title, each.label, each.on, holds)


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return f"{value[:_LONGEST_SHOWN].rstrip()} …"
    return value
