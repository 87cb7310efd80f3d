"""Makes as many requests as wanted: notes of our own with new words, senders invented.

Deterministic; true to form, and to the mix of an inbox as far as anybody knows it. The
words of a note change from request to request, so that no cache can live on them.

Notes have 230 characters on average, blank ones counted. The goals of throughput were
set for such: contact requests of a generator, 228 characters (231 bytes) on average,
that the rates of the parts were measured on before this project began. So notes are
drawn from our own contact requests and first messages, not from the whole mails of the
training text (``letters_*``), and an invitation note is no longer than LinkedIn lets it
be.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

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

Fact = TypeVar("Fact", int, bool)

NOTES = Path(__file__).parent.parent / "training" / "notes"
# Notes of our own are shorter on average than what the benchmark wants, so that to many
# of them another one is added.
SECOND_NOTE = 0.65
LONGEST_INVITATION = 300  # characters; longer ones cannot be sent on LinkedIn
NOT_REQUESTS = "letters_"  # files of whole mails
BLANK = 0.1
KNOWN = 0.03
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
MEMBER = Member(
    name="Katrin Brandt",
    first_name="Katrin",
    last_name="Brandt",
    profile_url="https://www.linkedin.com/in/katrin-brandt",
    headline="Leiterin Supply Chain",
    location="Hamburg, Deutschland",
    positions=(
        Position(company="Nordlicht Logistik GmbH", title="Leiterin"),
        Position(company="Hansewerk AG", title="Disponentin"),
    ),
    educations=(Education(school="TU Braunschweig"),),
    languages=("de", "en"),
)
_FIRST = """
    Anna Jörg Mira Tom Ayşe Lena Paul Vera Ivo Ruth Karl-Heinz Sophie Mehmet Olga Luca
    Ines Björn Chiara Dmitri Hannah Jonas Katja Liam Marta Nils Petra Quentin Rosa Sven
    Tanja Uwe Wiebke Yannick Zoe
"""
_SYLLABLES = "ber man fel dor lin sto ker win hag ros tal bru gen mei nau pfu rei"
_COMPANIES = """
    Nordlicht Alpenrad Hansewerk Muster Kleeblatt Steinbach Waldhof Rheinglas Seeblick
    Talwind Ostsee Morgenrot Feldmann Holzapfel
"""
_JOBS = """
    Vertriebsleiter Recruiterin Einkäufer Consultant Coach Geschäftsführerin Ingenieur
    Studentin Disponent Projektleiterin Developer Journalist
"""
FIRST, SYLLABLES = _FIRST.split(), _SYLLABLES.split()
COMPANIES, JOBS = _COMPANIES.split(), _JOBS.split()
FORMS = ("GmbH", "AG", "& Söhne KG", "Consulting", "Ltd", "Digital GmbH", "SE")
HEADLINES = (
    "{job} bei {company}",
    "{job} | {company} | Supply Chain & Logistik",
    "{job} at {company} – Open Networker",
    "Ich helfe {job}n zu mehr Umsatz",
    "{job}",
    "",
)
PLACES = ("Hamburg, Deutschland", "München", "Wien, Österreich", "Lagos, Nigeria", "")
GREETINGS = (
    "Hallo Katrin, ",
    "Sehr geehrte Frau Brandt, ",
    "Hi, ",
    "",
    "",
    "Dear Ms. ",
)
CLOSINGS = (" LG {first}", " Viele Grüße, {name}", " Best, {first}", "", "", "\n{name}")


def invented_requests(count: int, *, seed: int = 3) -> Iterator[ContactRequest]:
    """Yield so many requests; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    known = known_people()
    for number in range(count):
        sender = chance.choice(known) if chance.random() < KNOWN else _stranger(chance)
        is_message = chance.random() < 0.3
        yield ContactRequest(
            id=f"r{number}",
            sender=sender,
            network="linkedin",
            channel=Channel.MESSAGE if is_message else Channel.INVITATION_NOTE,
            note=_note(chance, sender, None if is_message else LONGEST_INVITATION),
            sent_at=NOW - timedelta(minutes=number % 500_000),
            is_sponsored=chance.random() < 0.02,
        )


@cache
def known_people() -> tuple[Person, ...]:
    """Return the people whom the member knows, a busy member's 20,000."""
    chance = random.Random(11)  # noqa: S311 - no secret
    return tuple(
        Person(
            name=_name(chance),
            profile_url=f"https://www.linkedin.com/in/known-{number}",
            company=_company(chance),
        )
        for number in range(20_000)
    )


def known_ties() -> Iterator[Tie]:
    """Yield how the member knows them."""
    for number, person in enumerate(known_people()):
        since = date(2012, 1, 1) + timedelta(days=number % 4_000)
        yield Tie(person=person, kind=TieKind.CONNECTION, since=since)
        if number % 5 == 0:
            yield Tie(person=person, kind=TieKind.WROTE, since=since, count=number % 9)


@cache
def _texts(longest: int | None) -> tuple[str, ...]:
    texts = (
        json.loads(line)["text"]
        for file in sorted(NOTES.glob("*.jsonl"))
        if not file.name.startswith(NOT_REQUESTS)
        for line in file.read_text("utf-8").splitlines()
    )
    return tuple(text for text in texts if longest is None or len(text) <= longest)


def _note(chance: random.Random, sender: Person, longest: int | None) -> str:
    """Return a note; what is longer than ``longest`` is cut off, if it is given."""
    if chance.random() < BLANK:
        return ""
    words = chance.choice(_texts(longest)).split(" ")
    if chance.random() < SECOND_NOTE:
        words += chance.choice(_texts(longest)).split(" ")
    for _ in range(len(words) // 12):
        words[chance.randrange(len(words))] = _word(chance)
    name = sender.name or ""
    closing = chance.choice(CLOSINGS).format(first=name.partition(" ")[0], name=name)
    return (chance.choice(GREETINGS) + " ".join(words) + closing)[:longest]


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 3)))


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)} {_word(chance).title()}{_word(chance)}"


def _company(chance: random.Random) -> str:
    return f"{chance.choice(COMPANIES)} {_word(chance)} {chance.choice(FORMS)}"


def _stranger(chance: random.Random) -> Person:
    name, company, job = _name(chance), _company(chance), chance.choice(JOBS)
    headline = chance.choice(HEADLINES).format(job=job, company=company)
    slug = name.lower().replace(" ", "-")
    return Person(
        name=name,
        headline=headline,
        company=company if chance.random() < 0.7 else None,
        position=job if chance.random() < 0.5 else None,
        location=chance.choice(PLACES),
        profile_url=f"https://www.linkedin.com/in/{slug}-{chance.getrandbits(32):x}",
        contacts_count=int(chance.paretovariate(0.6) * 40) % 30_000,
        mutual_contacts_count=_perhaps(chance, chance.choice((0, 0, 1, 3, 12))),
        has_picture=chance.random() < 0.9,
        visited_profile=_perhaps(chance, chance.random() < 0.4),
        created_on=date(2026, 10, 30) - timedelta(days=chance.randrange(4_000)),
        is_verified=_perhaps(chance, chance.random() < 0.2),
        is_known_elsewhere=_perhaps(chance, chance.random() < 0.7),
    )


def _perhaps(chance: random.Random, fact: Fact) -> Fact | None:
    return fact if chance.random() < 0.6 else None
