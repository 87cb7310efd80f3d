"""Builders of model objects, and Hypothesis strategies for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import make_screening
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.model import (
    Channel,
    ContactRequest,
    Education,
    Member,
    Person,
    Position,
    Tie,
    TieKind,
)
from vorzimmer.screening import Screening

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MEMBER = Member(
    name="Katrin Brandt",
    first_name="Katrin",
    last_name="Brandt",
    profile_url="https://www.linkedin.com/in/katrin-brandt",
    headline="Leiterin Supply Chain",
    location="Hamburg",
    positions=(Position(company="Nordlicht Logistik GmbH", title="Leiterin"),),
    educations=(Education(school="TU Braunschweig"),),
    languages=("de", "en"),
)
ANNA = Person(name="Anna Feddersen", profile_url="https://www.linkedin.com/in/anna-f")
TIES = (
    Tie(person=ANNA, kind=TieKind.CONNECTION, since=date(2019, 5, 2)),
    Tie(
        person=ANNA,
        kind=TieKind.WROTE,
        since=date(2020, 1, 3),
        until=date(2024, 3, 9),
        count=14,
    ),
)


def request(note: str | None = None, **sender: Any) -> ContactRequest:  # noqa: ANN401 - facts of any type
    """Return a request with this note from a sender with these facts."""
    sender.setdefault("name", "Rex Vertrieb")
    return ContactRequest(
        id=f"r-{sender['name']}",
        sender=Person(**sender),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note=note,
        sent_at=NOON,
    )


def screening(*, weights: dict[str, float] | None = None) -> Screening:
    """Return a screening for a member who knows Anna."""
    return make_screening(
        book=shipped_phrasebook(),
        member=MEMBER,
        acquaintance=Acquaintance(TIES, MEMBER),
        weights=weights or {},
    )


WORDINGS = (
    "Hallo Katrin,",
    "Sehr geehrte Frau Brandt,",
    "ich möchte Sie gerne zu meinem beruflichen Netzwerk auf LinkedIn hinzufügen",
    "I'd like to add you to my professional network on LinkedIn.",
    "Kontakte schaden nur dem, der keine hat!",
    "Hätten Sie 15 Minuten für einen kurzen Austausch?",
    "wir haben uns gestern auf der Tagung in Ulm gesprochen",
    "Book a quick call: https://calendly.com/rex/15min",
    "Please verify your account at http://linkedln-security.example/login",
    "Schreiben Sie mir bitte auf WhatsApp",
    "passives Einkommen mit Krypto, garantierte Rendite",
    "👍🏽 LG",
    "wir suchen eine Leiterin Supply Chain (m/w/d)",
)

senders = st.builds(
    Person,
    name=st.sampled_from(["Rex Vertrieb", "Anna Feddersen", "Kim Li", "GmbH 24"]),
    headline=st.none() | st.sampled_from(["", "Ich helfe Coaches", "Recruiter"]),
    company=st.none() | st.sampled_from(["", "Nordlicht Logistik", "Muster AG"]),
    position=st.none() | st.sampled_from(["", "Sales Director"]),
    contacts_count=st.none() | st.integers(0, 30_000),
    mutual_contacts_count=st.none() | st.integers(0, 500),
    has_picture=st.none() | st.booleans(),
    visited_profile=st.none() | st.booleans(),
    is_verified=st.none() | st.booleans(),
    is_known_elsewhere=st.none() | st.booleans(),
    has_other_job_elsewhere=st.none() | st.booleans(),
    created_on=st.none() | st.dates(date(2010, 1, 1), date(2026, 11, 1)),
)
notes = st.none() | st.lists(
    st.sampled_from(WORDINGS) | st.text(max_size=40), max_size=5
).map(" ".join)
requests = st.builds(
    ContactRequest,
    id=st.uuids().map(str),
    sender=senders,
    network=st.sampled_from(["linkedin", "xing", None]),
    channel=st.none() | st.sampled_from(Channel),
    note=notes,
    sent_at=st.just(NOON),
    is_sponsored=st.none() | st.booleans(),
    is_filed_as_spam=st.none() | st.booleans(),
    is_origin_proven=st.none() | st.booleans(),
    leads_to=st.none() | st.sampled_from(["", "linkedln-login.example"]),
)
