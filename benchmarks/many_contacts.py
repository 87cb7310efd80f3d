"""Writes address books and sent mail of any size: deterministic, true to form."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from big_archive import COMPANIES, FIRST, SENTENCES, SYLLABLES

_SEED = 20261122
_PICTURE = "\r\n".join([" " + "QUJDREVG" * 9] * 40)


def _name(number: int) -> tuple[str, str]:
    chance = random.Random(number)  # noqa: S311 - sample data, no secret
    return chance.choice(FIRST), "".join(chance.choices(SYLLABLES, k=3)).title()


def address(number: int) -> str:
    """Return the e-mail address of one of the people."""
    return f"person.{number:x}@example.org"


def write_cards(path: Path, count: int) -> None:
    """Write that many vCards of all three versions; each tenth has a picture."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for number in range(count):
            first, last = _name(number)
            file.write(_card(number, first, last))


def _card(number: int, first: str, last: str) -> str:
    if number % 3 == 0:
        coded = f"{last};{first}".encode().hex("=", 1).upper()
        name = f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:={coded}"
        name = name.replace("=3B", ";")
        version = "2.1"
    else:
        name = f"N:{last};{first};;;\r\nFN:{first} {last}"
        version = "3.0" if number % 3 == 1 else "4.0"
    lines = [
        "BEGIN:VCARD",
        f"VERSION:{version}",
        name,
        f"ORG:{COMPANIES[number % len(COMPANIES)]}",
        "TITLE:Leitung",
        f"EMAIL;TYPE=INTERNET:{address(number)}",
        f"item1.URL:https://www.linkedin.com/in/person-{number:x}",
        f"TEL;TYPE=CELL:+49 40 {number}",
        "NOTE:Messe Hamburg\\, Halle 4",
    ]
    if number % 4 == 0:
        lines.insert(6, f"EMAIL;TYPE=HOME:home.{number:x}@example.net")
    if number % 10 == 0:
        lines.append(f"PHOTO;ENCODING=b;TYPE=JPEG:\r\n{_PICTURE}")
    return "\r\n".join([*lines, "REV:20240101T000000Z", "END:VCARD", ""])


def write_sent_mail(path: Path, count: int, *, people: int) -> None:
    """Write that many mails to these people, and to others, as an mbox file."""
    chance = random.Random(_SEED)  # noqa: S311 - sample data, no secret
    start = datetime(2012, 1, 2, 9, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        for number in range(count):
            # Few people get most of the mails, as in life; some have no card.
            to = [
                int(people * 1.2 * chance.random() ** 3) for _ in range(1 + number % 3)
            ]
            when = format_datetime(start + timedelta(minutes=37 * number))
            file.write(_mail(number, to, when, chance))


def _mail(number: int, to: list[int], when: str, chance: random.Random) -> str:
    listed = ",\n ".join(f'"{" ".join(_name(each))}" <{address(each)}>' for each in to)
    text = "\n".join(chance.choices(SENTENCES, k=20))
    return (
        f"From - Mon Jan  2 09:00:00 2012\nX-Mozilla-Status: 0001\n"
        f"Message-ID: <{number:x}@example.com>\nDate: {when}\n"
        f"MIME-Version: 1.0\nUser-Agent: Mozilla Thunderbird\n"
        f"From: Katrin Brandt <katrin@example.com>\nTo: {listed}\n"
        f"Subject: Angebot {number}\nContent-Type: text/plain; charset=UTF-8\n\n"
        f"{text}\n\n"
    )
