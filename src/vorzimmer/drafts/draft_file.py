"""Reads a draft, and what is known of its recipient, from JSON; pure.

``{"name": "Dr. Katrin Brandt", "form": "frau", "headline": "…", "position": "…",
"company": "…", "industry": "…", "location": "…", "seeks": ["…"], "offers": ["…"],
"languages": ["de"], "is_acquainted": false,
"card": {"vorzimmer_contact_card": 1, …}}``; all fields may be left out, others are
refused. The card is read as ``vorzimmer.contact_card`` reads it.

A draft is ``{"text": "…", "channel": "invitation_note", "network": "linkedin",
"account": "basic", "subject": "", "recipient": {…},
"offer": {"special": "…", "problem": "…", "whom": "…"}}``; only the
text is needed.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from vorzimmer.contact_card import CardError, ContactCard, read_card
from vorzimmer.drafts.draft import Draft, Offer, Recipient
from vorzimmer.errors import DraftError
from vorzimmer.model import Channel, say

_Line = Annotated[str, Meta(max_length=500)]
_Lines = Annotated[list[_Line], Meta(max_length=50)]
_MOST_BYTES = 64 * 1024
_NO_CARD = msgspec.Raw(b"null")
_MEND = say("All fields stand in docs/howto/check-a-draft.md.")


class RecipientFields(msgspec.Struct, forbid_unknown_fields=True):
    """A recipient in the JSON form; see ``Recipient``."""

    name: _Line = ""
    form: Literal["", "frau", "herr"] = ""
    headline: _Line = ""
    position: _Line = ""
    company: _Line = ""
    industry: _Line = ""
    location: _Line = ""
    seeks: _Lines = []
    offers: _Lines = []
    languages: _Lines = []
    is_acquainted: bool | None = None
    card: msgspec.Raw = _NO_CARD


class OfferFields(msgspec.Struct, forbid_unknown_fields=True):
    """The answers to the three questions in their JSON form; see ``Offer``."""

    special: _Line = ""
    problem: _Line = ""
    whom: _Line = ""


class DraftFields(msgspec.Struct, forbid_unknown_fields=True):
    """A draft in its JSON form; see ``Draft``."""

    text: str
    channel: Channel = Channel.INVITATION_NOTE
    network: _Line = "linkedin"
    account: Literal["basic", "premium"] = "basic"
    subject: _Line = ""
    recipient: RecipientFields = msgspec.field(default_factory=RecipientFields)
    offer: OfferFields = msgspec.field(default_factory=OfferFields)


def read_draft(content: bytes) -> Draft:
    """Return the draft that a JSON text describes.

    Raises:
        DraftError: It is none, or too long.
    """
    try:
        read = msgspec.json.decode(content, type=DraftFields)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        why = _why(error, content)
        raise DraftError(say("This is no draft: {why}.", why=why), _MEND) from None
    return Draft(
        text=read.text,
        channel=read.channel,
        network=read.network.casefold(),
        account=read.account,
        subject=read.subject,
        recipient=recipient_of(read.recipient),
        offer=Offer(
            special=read.offer.special,
            problem=read.offer.problem,
            whom=read.offer.whom,
        ),
    )


def read_recipient(content: bytes, *, place: str = "") -> Recipient:
    """Return the recipient that a JSON text describes.

    Args:
        content: The JSON, UTF-8.
        place: Where it is from, for the sentence of an error.

    Raises:
        DraftError: It is none, or too large, or its card is none.
    """
    if len(content) > _MOST_BYTES:
        problem = say("A recipient is described in at most {most} kB.", most=64)
        raise DraftError(problem, place=place)
    try:
        read = msgspec.json.decode(content, type=RecipientFields)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        why = _why(error, content)
        problem = say("The recipient cannot be read: {why}.", why=why)
        raise DraftError(problem, _MEND, place=place) from None
    return recipient_of(read, place=place)


def recipient_of(read: RecipientFields, *, place: str = "") -> Recipient:
    """Return the recipient of its fields.

    Raises:
        DraftError: The contact card is none.
    """
    return Recipient(
        name=read.name,
        form=read.form,
        headline=read.headline,
        position=read.position,
        company=read.company,
        industry=read.industry,
        location=read.location,
        seeks=tuple(read.seeks),
        offers=tuple(read.offers),
        languages=tuple(read.languages),
        is_acquainted=read.is_acquainted,
        card=_card_of(bytes(read.card), place),
    )


def _why(error: Exception, content: bytes) -> str:
    # The parser calls a lone surrogate the end of the data.
    if b"\\ud" in content.lower() and "truncated" in str(error):
        return r"half of a character stands in it (\ud800)"
    return str(error)


def _card_of(content: bytes, place: str) -> ContactCard | None:
    if content == bytes(_NO_CARD):
        return None
    try:
        return read_card(content)
    except CardError as error:
        raise DraftError(*error.sentences, place=place) from None
