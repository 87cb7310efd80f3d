"""The member pastes or types a request: screened at once, kept if wished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from vorzimmer.cards import Card, make_card, screen_together, with_campaign
from vorzimmer.days import local_day
from vorzimmer.errors import PasteError
from vorzimmer.importers.paste import (
    LABEL,
    Entry,
    clean_profile,
    day_of,
    entry_of,
    request_of,
)
from vorzimmer.intake import Intake
from vorzimmer.intake.following import followed, same_words
from vorzimmer.intake.heard import Heard
from vorzimmer.intake.voices import LONGEST_KEPT, LaterMessage
from vorzimmer.keeping import ImportReport
from vorzimmer.model import Channel, ContactRequest, Member, Person, say
from vorzimmer.names import plain_name
from vorzimmer.pasted import Pasted, read_paste
from vorzimmer.people import identity, is_same_network, profile_key
from vorzimmer.policy import Policy
from vorzimmer.waiting import Waiting

__all__ = [
    "LABEL",
    "Entry",
    "PastingDesk",
    "clean_profile",
    "entry_of",
    "request_of",
]


class Keeper(Protocol):
    """What pasting needs of the desk."""

    def member(self) -> Member | None: ...

    def policy(self) -> Policy: ...

    def keep(self, intake: Intake, label: str) -> ImportReport: ...


class PastingDesk:
    """What the member pastes or types, screened and kept."""

    def __init__(
        self,
        desk: Keeper,
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
            PasteError: It is too long, or a chat in which only the member wrote.
        """
        member = self._desk.member()
        today = local_day(self._now())
        pasted = read_paste(text, today=today, member=member.name if member else "")
        if pasted.is_own:
            raise PasteError(
                say(
                    "In this chat only you have written, so there is no request in it."
                ),
                say("Paste it again when the other person has written."),
            )
        return pasted

    def follows(self, entry: Entry) -> ContactRequest | None:
        """Return the request with which an entry goes on; ``None``: it is one itself.

        An answer, or the next message of somebody who asked before, is no request of
        its own.

        Raises:
            PasteError: It says neither who asks nor what was written, or is of the
                member.
        """
        waiting = self._waiting()
        return followed(
            self._request(entry),
            others=waiting.store.requests.values(),
            state=waiting.state,
            is_reply=entry.has_reply,
        )

    def screen(self, entry: Entry) -> Card:
        """Return what screening says of an entry; nothing is kept.

        Raises:
            PasteError: It says neither who asks nor what was written, or is of the
                member.
        """
        request = self._request(entry)
        waiting = self._waiting()
        store, screening = waiting.store, waiting.screening_of(request)
        groups = store.groups.with_one(request)
        (screened,) = screen_together([request], screening, groups)
        card = make_card(screened, screening, policy=self._desk.policy())
        return with_campaign(card, screened, groups)

    def keep(self, entry: Entry) -> ContactRequest:
        """Keep an entry, and return its request; the same one twice is one request.

        What goes on with a request that is there is kept with that one.

        Raises:
            PasteError: It says neither who asks nor what was written, or is of the
                member.
            StoreError: It cannot be stored; nothing was.
        """
        request, first = self._request(entry), self.follows(entry)
        intake = Intake(member=Member(), requests=(request,), counts={LABEL: 1})
        if first is not None:
            intake = self._going_on(intake, entry, request, first)
        self._desk.keep(intake, LABEL)
        return first or request

    def _request(self, entry: Entry) -> ContactRequest:
        request, member = request_of(entry), self._desk.member()
        if member is not None and _is_of(member, request.sender):
            raise PasteError(
                say("That is you: what you wrote yourself is no request."),
                say(
                    "Type in who wrote to you. If they only have your name, add the"
                    " address of their profile."
                ),
            )
        return request

    def _going_on(
        self,
        intake: Intake,
        entry: Entry,
        request: ContactRequest,
        first: ContactRequest,
    ) -> Intake:
        """Return what a message adds to a request: facts, words, that one wrote."""
        facts = replace(
            request,
            id=first.id,
            network=first.network,
            channel=first.channel,
            note=None,
            sent_at=None,
        )
        written = [(request.sent_at, request.note)]
        if same_words(first, request):
            written.clear()
        if entry.has_reply:
            written.append((day_of(entry.replied_on), None))
        heard, later = [], []
        for day, words in written:
            at = self._now() if day is None else day
            heard.append(
                Heard(request.sender, first.network, at, is_day=day is not None)
            )
            if words and (writer := identity(first.sender)):
                message = LaterMessage(
                    writer=writer,
                    person=first.sender,
                    text=words[:LONGEST_KEPT],
                    sent_at=max(at, first.sent_at or at),
                    network=first.network or "",
                    channel=request.channel or Channel.MESSAGE,
                )
                later.append(message)
        return replace(
            intake, requests=(facts,), heard=tuple(heard), later=tuple(later)
        )


def _is_of(member: Member, person: Person) -> bool:
    """Return whether somebody is the member, and nobody who only bears the name."""
    key, own = profile_key(person.profile_url), profile_key(member.profile_url)
    if key and own and is_same_network(key, own):
        return key == own
    name = plain_name(person.name or "")
    return not key and bool(name) and name == plain_name(member.name)
