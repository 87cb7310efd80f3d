"""An invented request in which everything is known, to show what a template does."""

from __future__ import annotations

from datetime import UTC, date, datetime

from vorzimmer.form_of_address import Manner
from vorzimmer.model import Channel, ContactRequest, Member, Person
from vorzimmer.replies.facts import Known, letter_facts
from vorzimmer.replies.slots import Facts

_NOTES = {
    "de": "Guten Tag, gemeinsam erreichen wir mehr. Ich freue mich auf Sie!",
    "en": "Hello, together we will achieve more. Looking forward to it!",
}
_QUOTES = {"de": "gemeinsam erreichen wir mehr", "en": "together we will achieve more"}
_TYPED = {
    "de": {"person": "Jonas Falk", "reason": "Mehrwegkisten im Ersatzteillager"},
    "en": {"person": "Jonas Falk", "reason": "returnable crates for spare parts"},
}
_MEMBER = Member(
    name="Clara Winter", first_name="Clara", last_name="Winter", location="Germany"
)


def sample_request(language: str) -> ContactRequest:
    """Return the invented request.

    Args:
        language: ``"de"`` or ``"en"``.
    """
    return ContactRequest(
        id="sample",
        sender=Person(
            name="Dr. Eva Lüders",
            company="Muster Verlag",
            contacts_count=12_400,
            visited_profile=False,
        ),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note=_NOTES[language],
        sent_at=datetime(2026, 3, 3, 12, tzinfo=UTC),
    )


def sample_facts(manner: Manner, member: Member | None = None) -> Facts:
    """Return all facts about the invented request.

    Args:
        manner: Language and form of address.
        member: Who writes; ``None`` is invented as well.
    """
    language = manner.language
    known = Known(
        member=member or _MEMBER,
        others=4,
        declined_on=date(2026, 2, 12),
        objected_on=date(2026, 3, 14),
        typed=_TYPED[language],
    )
    facts = letter_facts(sample_request(language), known, manner=manner)
    return {**facts, "quote": _QUOTES[language], "is_acquainted": True}
