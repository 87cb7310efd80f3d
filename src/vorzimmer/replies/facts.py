"""What is known about a request, as slots of a letter can hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from vorzimmer.form_of_address import Manner, addressee_of, closing, salutation
from vorzimmer.model import Assessment, ContactRequest, Evidence, Kind, Member
from vorzimmer.replies.shipped import shipped_reading
from vorzimmer.replies.slots import SLOTS, Facts
from vorzimmer.replies.tidying import fit_fact, quote_around

_NETWORKS = {"linkedin": "LinkedIn", "xing": "XING"}
# What networks show at most: "500+" and "999+".
_CAPPED = {500, 999}
_MANY_CONTACTS = 500
_FEWEST_OTHERS = 3
_LOCALES = {"de": "de_DE", "en": "en_GB"}
_NO_GROUPS = 10_000
# Whom one does not quote: it would only hand the words on.
_NOT_QUOTED = frozenset({Kind.DANGER, Kind.ABUSE, Kind.KNOWN, Kind.PERSONAL})
_GERMANY = ("deutschland", "germany")
# The EU, and Iceland, Liechtenstein, Norway, in German and in English.
_EUROPE = (
    *_GERMANY, "österreich", "austria", "belgien", "belgium", "bulgarien", "bulgaria",
    "dänemark", "denmark", "estland", "estonia", "finnland", "finland", "frankreich",
    "france", "griechenland", "greece", "irland", "ireland", "italien", "italy",
    "kroatien", "croatia", "lettland", "latvia", "litauen", "lithuania", "luxemburg",
    "luxembourg", "malta", "niederlande", "netherlands", "polen", "poland", "portugal",
    "rumänien", "romania", "schweden", "sweden", "slowakei", "slovakia", "slowenien",
    "slovenia", "spanien", "spain", "tschechien", "czechia", "ungarn", "hungary",
    "zypern", "cyprus", "island", "iceland", "liechtenstein", "norwegen", "norway",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the request itself.

    Attributes:
        member: Who writes.
        assessment: Of the request; ``None`` when it was not screened.
        others: How many others sent nearly the same note.
        declined_on: When the sender was declined who then advertised again.
        objected_on: When an objection was sent to the sender, who advertised again.
        reading: The member's own links to reading, one a line; ``""`` takes ours.
        typed: What the member typed in, by slot.
    """

    member: Member = field(default_factory=Member)
    assessment: Assessment | None = None
    others: int = 0
    declined_on: date | None = None
    objected_on: date | None = None
    reading: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def letter_facts(request: ContactRequest, known: Known, *, manner: Manner) -> Facts:
    """Return all slots that are known, ready to stand in a letter.

    What comes from outside and could not stand in a letter (brackets, addresses, signs
    that nobody sees) counts as not known.

    Args:
        request: What is answered.
        known: What else is known.
        manner: Language and form of address of the letter.
    """
    return {
        name: value
        for name, value in (
            *_certain(request, known, manner),
            *_about_sender(request, manner.language),
            *_about_request(request, known, manner.language),
            *_about_member(known.member),
            *_typed(known.typed),
        )
        if value
    }


_Pairs = Iterator[tuple[str, str | bool | None]]


def _certain(request: ContactRequest, known: Known, manner: Manner) -> _Pairs:
    yield "salutation", salutation(request.sender, manner)
    yield "closing", closing(known.member, manner)
    yield "reading", known.reading.strip() or shipped_reading(manner.language)


def _about_sender(request: ContactRequest, language: str) -> _Pairs:
    sender = request.sender
    yield "sender_name", fit_fact(addressee_of(sender).full)
    yield "company", fit_fact(sender.company)
    yield "contacts_count", _contacts(sender.contacts_count, language)
    yield "never_visited", sender.visited_profile is False


def _about_request(request: ContactRequest, known: Known, language: str) -> _Pairs:
    yield "network", _NETWORKS.get(request.network or "")
    yield "sent_on", _day(request.sent_at, language)
    yield "quote", _quote(request.note or "", known.assessment)
    yield "sent_to_others", known.others >= _FEWEST_OTHERS
    yield "declined_on", _day(known.declined_on, language)
    yield "objected_on", _day(known.objected_on, language)
    yield "is_acquainted", bool(known.assessment and known.assessment.known_from)


def _about_member(member: Member) -> _Pairs:
    # The country comes last; Rhode Island is no Iceland ("Island" in German).
    country = member.location.rpartition(",")[2].strip().casefold()
    yield "in_germany", country in _GERMANY
    yield "in_europe", country in _EUROPE


def _typed(typed: Mapping[str, str]) -> _Pairs:
    for name, words in typed.items():
        if name in SLOTS and SLOTS[name].is_typed:
            yield name, fit_fact(words.strip(" .,;:"))


def _contacts(count: int | None, language: str) -> str | None:
    """Return a number of contacts that is worth a word."""
    if count is None or count < _MANY_CONTACTS:
        return None
    if count in _CAPPED:
        return {"de": f"mehr als {count}", "en": f"more than {count}"}[language]
    if count < _NO_GROUPS:
        return str(count)
    return format_decimal(count, locale=_LOCALES[language])


def _day(moment: date | datetime | None, language: str) -> str | None:
    if moment is None:
        return None
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone()
    return format_date(moment, "long", locale=_LOCALES[language])


def _quote(note: str, assessment: Assessment | None) -> str | None:
    """Return words of the note that can be quoted, the most telling first."""
    if not note or assessment is None:
        return None
    if assessment.leading_kind in _NOT_QUOTED:
        return None
    for evidence in _telling(assessment):
        words = quote_around(note, evidence.span) if evidence.span else None
        if words:
            return words
    return None


def _telling(assessment: Assessment) -> Iterator[Evidence]:
    """Yield what speaks for the likeliest kinds, likeliest kind first."""
    kinds = sorted(assessment.kinds.items(), key=lambda each: -each[1].score)
    for kind, score in kinds:
        if kind not in _NOT_QUOTED and score.score > 0:
            yield from (each for each in score.evidence if each.points > 0)
