"""Leaves out mailed messages that are no requests; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from vorzimmer.intake import Intake
from vorzimmer.model import Channel, ContactRequest, Tie, TieKind
from vorzimmer.names import plain_name
from vorzimmer.people import identity


def without_talk(
    intake: Intake,
    *,
    ties: Callable[[], Iterable[Tie]],
    stored: Mapping[str, ContactRequest],
) -> Intake:
    """Return an intake without messages that ask for nothing: those of contacts.

    Later messages of somebody whose first one is stored are none either.

    Args:
        intake: What a source brought.
        ties: Gives whom the member knows, as the store has it; asked if need be.
        stored: Requests in the store by id.
    """
    if not any(_is_message(each) for each in intake.requests):
        return intake
    contacts = {
        key: tie.since
        for tie in (*ties(), *intake.ties)
        if tie.kind is TieKind.CONNECTION
        for key in (identity(tie.person), plain_name(tie.person.name or ""))
    }
    asking = (
        each
        for each in intake.requests
        if not _is_talk(each, contacts, stored.get(each.id))
    )
    return replace(intake, requests=tuple(asking))


def _is_message(request: ContactRequest) -> bool:
    is_mailed = request.is_origin_proven is not None and not request.is_sponsored
    return is_mailed and request.channel is Channel.MESSAGE


def _is_talk(
    request: ContactRequest,
    contacts: Mapping[str, date | None],
    known: ContactRequest | None,
) -> bool:
    """Whether a mailed message goes on with what is known, and asks for nothing."""
    if not _is_message(request):
        return False
    if known and known.sent_at and request.sent_at:
        return request.sent_at > known.sent_at
    sender = request.sender
    for key in (identity(sender), plain_name(sender.name or "")):
        since = contacts.get(key) if key else None
        is_before = since and request.sent_at and request.sent_at.date() < since
        if key in contacts and not is_before:
            return True
    return False
