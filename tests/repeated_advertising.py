"""Somebody who advertises, is declined, and advertises again; invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from vorzimmer.intake.voices import LaterMessage, with_id
from vorzimmer.model import Channel, ContactRequest, Person
from vorzimmer.people import identity

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
PITCH = (
    "Guten Tag, wir helfen Logistikleitungen, ihre Frachtkosten um 30 % zu senken."
    " Hätten Sie 15 Minuten für eine kostenlose Demo?"
    " https://termin.example/demo?ref=k7Q2"
)
AGAIN = (
    "Guten Tag, ich wollte noch einmal an unser Angebot erinnern: die kostenlose"
    " Analyse Ihrer Frachtkosten. Buchen Sie hier einen Termin, nur bis Freitag mit"
    " Rabatt: https://termin.example/analyse?ref=k7Q3#los"
)
KIND = "Wie war es auf der Tagung in Ulm? Ihr Vortrag über Kisten hat mir gefallen."
REX = Person(
    name="Rex Vertriebner", profile_url="https://www.linkedin.com/in/rex-vertriebner"
)


def asked(
    request_id: str,
    note: str | None = PITCH,
    *,
    days: float | None = 0,
    sender: Person = REX,
    network: str = "linkedin",
) -> ContactRequest:
    """Return a request that came some days after the start."""
    return ContactRequest(
        id=request_id,
        sender=sender,
        network=network,
        channel=Channel.INVITATION_NOTE,
        note=note,
        sent_at=None if days is None else START + timedelta(days=days),
    )


def wrote(text: str, *, days: float, sender: Person = REX) -> LaterMessage:
    """Return a message that came some days after the start."""
    return with_id(
        LaterMessage(
            writer=identity(sender),
            person=sender,
            text=text,
            sent_at=START + timedelta(days=days),
            network="linkedin",
        )
    )
