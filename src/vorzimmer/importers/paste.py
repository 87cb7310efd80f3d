"""A contact request out of words that a person copies from a page, a mail or a chat.

LinkedIn and XING, German and English. What the words do not show is not known. The desk
shows what was understood before anything is kept, so that it can be corrected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from hashlib import blake2b
from typing import TypeVar

from vorzimmer.errors import PasteError
from vorzimmer.mails.addresses import profile_of, without_tokens
from vorzimmer.model import Channel, ContactRequest, Person, Skipped, say
from vorzimmer.names import plain_name
from vorzimmer.pasted import Found, Pasted, read_paste
from vorzimmer.people import profile_key
from vorzimmer.source import Source, Takes
from vorzimmer.text import normalise

LABEL = "paste"
"""What pasted requests are called in the list of imports."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request as the member has it before them: found, corrected, or typed.

    Attributes:
        note: The words sent along; ``""`` is a request without a word.
        sent_on: The day of it.
        has_reply: Whether the person wrote after the member did, in the same chat.
        replied_on: The day of the last such message.
    """

    name: str | None = None
    headline: str | None = None
    company: str | None = None
    location: str | None = None
    profile_url: str | None = None
    contacts_count: int | None = None
    mutual_contacts_count: int | None = None
    visited_profile: bool | None = None
    network: str | None = None
    channel: Channel | None = None
    sent_on: date | None = None
    note: str | None = None
    has_reply: bool = False
    replied_on: date | None = None


def entry_of(pasted: Pasted) -> Entry:
    """Return what a pasted text says as an entry that can be corrected."""
    return Entry(
        name=_value(pasted.name),
        headline=_value(pasted.headline),
        company=_value(pasted.company),
        location=_value(pasted.place),
        profile_url=_value(pasted.profile_url),
        contacts_count=_value(pasted.contacts_count),
        mutual_contacts_count=_value(pasted.shared_count),
        visited_profile=_value(pasted.visited_profile),
        network=_value(pasted.network),
        channel=_value(pasted.channel),
        sent_on=_value(pasted.sent_on),
        note=_value(pasted.note),
        has_reply=pasted.has_reply,
        replied_on=_value(pasted.replied_on),
    )


def _value(found: Found[_T] | None) -> _T | None:
    return found.value if found else None


def clean_profile(text: str) -> str:
    """Return a profile's address as scheme, host and path, without tokens.

    Raises:
        PasteError: It is no address of a profile on LinkedIn or XING.
    """
    whole = text if "://" in text else f"https://{text}"
    for network in ("linkedin", "xing"):
        address = profile_of(whole, network)
        if address:
            return address
    raise PasteError(
        say("This is no address of a profile on LinkedIn or XING."),
        say("It looks like linkedin.com/in/… or xing.com/profile/…"),
    )


def request_of(entry: Entry) -> ContactRequest:
    """Return the request that an entry describes.

    Its id comes from network, person and note alone, so that the same paste is the
    same request, whatever else was corrected.

    Raises:
        PasteError: It says neither who asks nor what was written.
    """
    who = profile_key(entry.profile_url) or plain_name(entry.name or "")
    if not who and not entry.note:
        raise PasteError(
            say("There is neither a name nor a note in it."),
            say("Paste more of the page, or type in who asks or what was written."),
        )
    names = {each.name for each in fields(Person)}
    facts = {
        each.name: getattr(entry, each.name)
        for each in fields(Entry)
        if each.name in names
    }
    facts |= {
        name: without_tokens(value)
        for name, value in facts.items()
        if isinstance(value, str) and "/" in value and name != "profile_url"
    }
    note = without_tokens(entry.note) if entry.note else entry.note
    return ContactRequest(
        id=_id(entry.network or "", who, normalise(note or "")),
        sender=Person(**facts),
        network=entry.network,
        channel=entry.channel or Channel.INVITATION_NOTE,
        note=note,
        sent_at=day_of(entry.sent_on),
    )


def day_of(day: date | None) -> datetime | None:
    """Return the midnight that stands for a day."""
    return datetime.combine(day, time(), UTC) if day else None


def _id(*parts: str) -> str:
    whole = "\0".join((LABEL, *parts)).encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=8).hexdigest()


def read(
    text: str, *, today: date | None = None, member: str = ""
) -> Iterator[ContactRequest | Skipped]:
    """Yield the request that a pasted text tells of; ``Skipped`` if it tells of none.

    Args:
        text: As it was copied.
        today: For days that count back from now; ``None`` leaves these out.
        member: The name of the member, who is not the sender.

    Raises:
        PasteError: It is too long.
    """
    pasted = read_paste(text, today=today, member=member)
    try:
        yield request_of(entry_of(pasted))
    except PasteError as error:
        yield Skipped(LABEL, 0, error.sentences[0])


SOURCE = Source(
    name="paste",
    title=say("Words that you copy or type"),
    brings=(
        say("One request, with all that its page or the profile shows."),
        say("What no export tells: headline, number of contacts, contacts in common."),
    ),
    steps=(
        say(
            "On LinkedIn or XING, open the profile, the request, the chat or the mail."
        ),
        say("Select all with Ctrl+A, and copy it."),
        say("Paste it here, and correct what was not understood."),
    ),
    takes=(Takes.WORDS,),
    command="vorzimmer paste --keep",
    page="/paste",
)
