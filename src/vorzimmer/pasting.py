"""The member pastes or types a request: screened at once, kept if wished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from vorzimmer.cards import Card, make_card, screen_together, with_campaign
from vorzimmer.importers.paste import LABEL, Entry, clean_profile, entry_of, request_of
from vorzimmer.intake import Intake
from vorzimmer.keeping import ImportReport
from vorzimmer.model import ContactRequest, Member
from vorzimmer.pasted import Pasted, read_paste
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
        waiting = self._waiting()
        store, screening = waiting.store, waiting.screening_of(request)
        groups = store.groups.with_one(request)
        (screened,) = screen_together([request], screening, groups)
        card = make_card(screened, screening, policy=self._desk.policy())
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
