"""The member pastes or types a request: screened at once, kept if wished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from hashlib import blake2b
from typing import Protocol, TypeVar

from vorzimmer.campaigns import group_notes
from vorzimmer.cards import Card, make_card, screen_together, with_campaign
from vorzimmer.errors import PasteError
from vorzimmer.intake import Intake
from vorzimmer.keeping import ImportReport
from vorzimmer.mails.addresses import profile_of, without_tokens
from vorzimmer.model import Channel, ContactRequest, Member, Person, say
from vorzimmer.names import plain_name
from vorzimmer.pasted import Found, Pasted, read_paste
from vorzimmer.people import profile_key
from vorzimmer.policy import Policy
from vorzimmer.text import normalise
from vorzimmer.waiting import Waiting

LABEL = "paste"
"""What pasted requests are called in the list of imports."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request as the member has it before them: found, corrected, or typed.

    Attributes:
        note: The words sent along; ``""`` is a request without a word.
        sent_on: The day of it.
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
        sent_at=datetime.combine(entry.sent_on, time(), UTC) if entry.sent_on else None,
    )


def _id(*parts: str) -> str:
    whole = "\0".join((LABEL, *parts)).encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=8).hexdigest()


class _Keeper(Protocol):
    """What pasting needs of the desk."""

    def member(self) -> Member | None: ...

    def policy(self) -> Policy: ...

    def keep(self, intake: Intake, label: str) -> ImportReport: ...


class PastingDesk:
    """What the member pastes or types, screened and kept."""

    def __init__(
        self,
        desk: _Keeper,
        *,
        waiting: Callable[[], Waiting],
        now: Callable[[], datetime],
    ) -> None:
        """Take the desk, what gives the screened requests, and the clock."""
        self._desk = desk
        self._waiting = waiting
        self._now = now

    def read(self, text: str) -> Pasted:
        """Return what a pasted text says.

        Raises:
            PasteError: It is too long.
        """
        member = self._desk.member()
        today = self._now().astimezone().date()
        return read_paste(text, today=today, member=member.name if member else "")

    def screen(self, entry: Entry) -> Card:
        """Return what screening says of an entry; nothing is kept.

        Raises:
            PasteError: It says neither who asks nor what was written.
        """
        request = request_of(entry)
        store = self._waiting().store
        others = [each for each in store.requests.values() if each.id != request.id]
        groups = group_notes([*others, request])
        (screened,) = screen_together([request], store.screening, groups)
        card = make_card(screened, store.screening, policy=self._desk.policy())
        return with_campaign(card, screened, groups)

    def keep(self, entry: Entry) -> ContactRequest:
        """Keep an entry as a request; the same one twice is one request.

        Raises:
            PasteError: It says neither who asks nor what was written.
            StoreError: It cannot be stored; nothing was.
        """
        request = request_of(entry)
        intake = Intake(member=Member(), requests=(request,), counts={LABEL: 1})
        self._desk.keep(intake, LABEL)
        return request
