"""Writes LinkedIn archives of any size: deterministic, true to form, not to life."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

FIRST = ("Anna", "Jörg", "Mira", "Tom", "Ayşe", "Lena", "Paul", "Vera", "Ivo", "Ruth")
SYLLABLES = (
    "ber",
    "man",
    "fel",
    "dor",
    "lin",
    "sto",
    "ker",
    "win",
    "hag",
    "ros",
    "tal",
)
COMPANIES = ("Nordlicht Logistik GmbH", "Muster & Söhne KG", "Hansewerk AG", "Alpenrad")
SENTENCES = (
    "Hallo Katrin, danke für die schnelle Antwort.",
    "Ich möchte Sie gerne zu meinem beruflichen Netzwerk hinzufügen.",
    "Hätten Sie nächste Woche Zeit für ein kurzes Gespräch?",
    "Wir unterstützen Unternehmen wie Ihres bei der Digitalisierung der Lieferkette.",
    "I came across your profile and would love to connect.",
    "Great to see you at the conference, the talk on routing was helpful.",
    "Liebe Grüße aus Bremen",
    "Please find the slides at https://example.org/slides",
)
ME = ("Katrin Brandt", "https://www.linkedin.com/in/katrin-brandt")
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
    "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS"
)


class _People:
    """As many different people as wanted."""

    def __init__(self, count: int, chance: random.Random) -> None:
        self.names = [
            (chance.choice(FIRST), "".join(chance.choices(SYLLABLES, k=3)).title())
            for _ in range(count)
        ]

    def name(self, number: int) -> str:
        return " ".join(self.names[number])

    def url(self, number: int) -> str:
        first, last = self.names[number]
        return f"https://www.linkedin.com/in/{first}-{last}-{number:x}".lower()


def write_big_archive(
    path: Path, *, connections: int, messages: int, invitations: int
) -> Path:
    """Write an archive with these many rows; half of the invitations have a note."""
    chance = random.Random(20261115)  # noqa: S311 - sample data, no secret
    people = _People(connections + invitations, chance)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(
            archive,
            "Profile.csv",
            "First Name,Last Name,Headline",
            [("Katrin", "Brandt", "Supply Chain")],
        )
        _write(
            archive,
            "Connections.csv",
            CONNECTIONS,
            _connections(people, connections, chance),
        )
        _write(
            archive,
            "Invitations.csv",
            INVITATIONS,
            _invitations(people, connections, invitations, chance),
        )
        _write(archive, "messages.csv", MESSAGES, _messages(people, messages, chance))
    return path


def _write(
    archive: zipfile.ZipFile, name: str, header: str, rows: Iterable[Sequence[str]]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    archive.writestr(name, text.getvalue())


def _connections(
    people: _People, count: int, chance: random.Random
) -> Iterable[Sequence[str]]:
    for number in range(count):
        first, last = people.names[number]
        day = f"{chance.randint(1, 28):02d} Mar {chance.randint(2008, 2026)}"
        company = chance.choice(COMPANIES)
        yield first, last, people.url(number), "", company, "Leitung", day


def _invitations(
    people: _People, known: int, count: int, chance: random.Random
) -> Iterable[Sequence[str]]:
    for number in range(known, known + count):
        note = " ".join(chance.sample(SENTENCES, k=3)) if number % 2 else ""
        day = f"{chance.randint(1, 12)}/{chance.randint(1, 28)}/26, 9:05 AM"
        yield (
            people.name(number),
            ME[0],
            day,
            note,
            "INCOMING",
            people.url(number),
            ME[1],
        )


def _messages(
    people: _People, count: int, chance: random.Random
) -> Iterable[Sequence[str]]:
    for number in range(count):
        conversation = number // 8
        other = conversation % len(people.names)
        there, here = (people.name(other), people.url(other)), ME
        sender, recipient = (here, there) if number % 2 else (there, here)
        day = f"20{10 + number % 16:02d}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        text = " ".join(chance.choices(SENTENCES, k=1 + number % 4))
        yield (
            f"2-{conversation:012d}",
            "",
            *sender,
            *recipient,
            f"{day} 10:{number % 60:02d}:00 UTC",
            "",
            text,
            "INBOX",
            "",
        )
