"""What may stand in a letter: each slot with the fact that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vorzimmer.model import Sentence, say

Facts = Mapping[str, str | bool]
"""What is known, by name of a slot: words, or a yes; what is not known is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSlot:
    """One thing that a template can show, or ask for.

    Attributes:
        name: As templates write it.
        source: The fact that it comes from, for people.
        example: What stands there in a sample.
        is_certain: Whether it is always there, so that it needs no other wording.
        is_flag: Whether it can only be asked for (``{% if … %}``), not shown.
        is_typed: Whether only the member knows it, and types it in.
    """

    name: str
    source: Sentence
    example: str = ""
    is_certain: bool = False
    is_flag: bool = False
    is_typed: bool = False


_ALL = (
    LetterSlot(
        name="salutation",
        source=say("The sender's name, titles, and the form of address"),
        example="Guten Tag Dr. Eva Lüders",
        is_certain=True,
    ),
    LetterSlot(
        name="closing",
        source=say("A greeting, and your own name as your profile says it"),
        example="Freundliche Grüße\nMaren Thießen",
        is_certain=True,
    ),
    LetterSlot(
        name="network",
        source=say("The network that the request came by"),
        example="LinkedIn",
    ),
    LetterSlot(
        name="sent_on",
        source=say("The day of the request"),
        example="3. März 2026",
    ),
    LetterSlot(
        name="sender_name",
        source=say("First and last name of the sender, where both are sure"),
        example="Eva Lüders",
    ),
    LetterSlot(
        name="company",
        source=say("The sender's company"),
        example="Muster Verlag",
    ),
    LetterSlot(
        name="quote",
        source=say(
            "Words of the note that speak most for what the request looks like, to the"
            " letter"
        ),
        example="Gemeinsam erreichen wir mehr",
    ),
    LetterSlot(
        name="contacts_count",
        source=say("How many contacts the sender has, from 500 on"),
        example="1.240",
    ),
    LetterSlot(
        name="never_visited",
        source=say("It is known that the sender never looked at your profile"),
        is_flag=True,
    ),
    LetterSlot(
        name="sent_to_others",
        source=say("At least three others sent you nearly the same note"),
        is_flag=True,
    ),
    LetterSlot(
        name="declined_on",
        source=say(
            "The day on which you declined the sender, who then advertised again"
        ),
        example="12. Februar 2026",
    ),
    LetterSlot(
        name="objected_on",
        source=say("The day on which you sent an objection, and they advertised again"),
        example="14. März 2026",
    ),
    LetterSlot(
        name="is_acquainted",
        source=say("You know the sender, as far as your data show"),
        is_flag=True,
    ),
    LetterSlot(
        name="in_germany",
        source=say("Your profile names a place in Germany"),
        is_flag=True,
    ),
    LetterSlot(
        name="in_europe",
        source=say("Your profile names a place where the GDPR holds"),
        is_flag=True,
    ),
    LetterSlot(
        name="reading",
        source=say(
            "Links to reading on good networking: yours (letters.reading), else a"
            " short list"
        ),
        example="https://example.org/reading",
        is_certain=True,
    ),
    LetterSlot(
        name="person",
        source=say("You type it in: whom you would like to meet"),
        example="Jonas Falk",
        is_typed=True,
    ),
    LetterSlot(
        name="reason",
        source=say("You type it in: why, as half a sentence"),
        example="Mehrwegkisten im Ersatzteillager",
        is_typed=True,
    ),
)

SLOTS: Mapping[str, LetterSlot] = {each.name: each for each in _ALL}
"""All slots by name, in the order in which they are explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it is proposed.

    Attributes:
        template: Name of the template.
        manner: Language and form of address, as a ``Manner`` is written.
        text: What is proposed.
        used: Slots that stand in it, with what stands there.
        missing: Slots of the template that are not known; another wording stands there.
    """

    template: str
    manner: str
    text: str
    used: Facts = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def text_id(self) -> str:
        """What tells this text from others when answers are counted."""
        return f"{self.template}.{self.manner}"
