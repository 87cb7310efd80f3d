"""Builds rows of a source, for tests of what is made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from vorzimmer.intake import Intake
from vorzimmer.items import (
    Connection,
    Invitation,
    Message,
)
from vorzimmer.model import (
    Action,
    ContactRequest,
    Person,
    TieKind,
)

IN = "https://www.linkedin.com/in/"
DAY = datetime(2025, 3, 10, 9, tzinfo=UTC)
ME = Person(name="Katrin Feddersen", profile_url=f"{IN}katrin-feddersen")
SVANTJE = Person(name="Svantje Brömmelhaus", profile_url=f"{IN}svantje")
EIKE = Person(name="Eike Tannwald", profile_url=f"{IN}eike")
ENNO = Person(name="Enno Wittkamp", profile_url=f"{IN}enno")
REX = Person(name="Rex Nothdurft", profile_url=f"{IN}rex")
GONE = Person()


def bare(person: Person) -> Person:
    """Return the person as old exports show them, without an address."""
    return replace(person, profile_url=None)


def invited(
    sender: Person, note: str = "", *, to: Person = ME, days: int = 0
) -> Invitation:
    return Invitation(
        sender=sender,
        recipient=to,
        is_incoming=sender.name != ME.name,
        note=note,
        sent_at=DAY + timedelta(days=days),
    )


def message(  # noqa: PLR0913 - what a message is
    sender: Person,
    text: str,
    *,
    to: tuple[Person, ...] = (ME,),
    talk: str = "2-a",
    days: int = 0,
    subject: str = "",
    folder: str = "INBOX",
    is_sponsored: bool = False,
) -> Message:
    return Message(
        conversation_id=talk,
        sender=sender,
        recipients=to,
        sent_at=DAY + timedelta(days=days),
        text=text,
        subject=subject,
        folder=folder,
        is_sponsored=is_sponsored,
    )


def connected(person: Person, days: int = 0) -> Connection:
    return Connection(person=person, connected_on=(DAY + timedelta(days=days)).date())


# An invitation of the member's own says whose archive it is.
OWN = invited(ME, to=ENNO, days=-30)


def only(intake: Intake) -> ContactRequest:
    (request,) = intake.requests
    return request


def ties(intake: Intake) -> dict[tuple[str | None, TieKind], int | None]:
    return {(each.person.name, each.kind): each.count for each in intake.ties}


def past(intake: Intake) -> list[Action]:
    return [each.action for each in intake.past]
