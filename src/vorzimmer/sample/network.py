"""The member's network: connections, her own requests, address book, endorsements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any

from vorzimmer.sample.chance import dice, moment, years_before
from vorzimmer.sample.incoming import TWO_YEARS, Incoming, incoming
from vorzimmer.sample.pages import page
from vorzimmer.sample.people import Contact, circle, slug_of, split_name

CONNECTIONS = 400
OUTGOING = 120
ACCEPTED_OUTGOING = 84  # of OUTGOING; the others never answered
BOOK = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One request that the member sent."""

    to: Contact
    note: str
    sent_at: datetime


@cache
def connections(until: date) -> tuple[Contact, ...]:
    """Return everybody connected with the member, newest first."""
    close = [each for each in circle(until) if each.connected_on]
    accepted = list(_accepted(until))
    count = CONNECTIONS - len(close) - len(accepted)
    made = list(_acquaintances(until))[:count]
    everybody = close + accepted + made
    return tuple(
        sorted(everybody, key=lambda each: each.connected_on or until, reverse=True)
    )


@cache
def outgoing(until: date) -> tuple[Outgoing, ...]:
    """Return the requests that the member sent in two years, newest first."""
    made = list(_acquaintances(until))
    young = made[:ACCEPTED_OUTGOING]
    # Those beyond the network's size were asked and never answered.
    silent = made[-(OUTGOING - ACCEPTED_OUTGOING) :]
    chance = dice("outgoing")
    notes = list(page("pools")["outgoing"]["notes"])
    chance.shuffle(notes)
    found = []
    for each in young:
        days = (until - (each.connected_on or until)).days + chance.randrange(9)
        note = notes.pop() if notes and chance.random() < 0.15 else ""
        found.append(
            Outgoing(to=each, note=note, sent_at=moment(until, days, each.slug))
        )
    for each in silent:
        days = chance.randrange(5, TWO_YEARS)
        found.append(Outgoing(to=each, note="", sent_at=moment(until, days, each.slug)))
    return tuple(sorted(found, key=lambda each: each.sent_at, reverse=True))


@cache
def address_book(until: date) -> tuple[tuple[Contact, datetime], ...]:
    """Return the people of the address book, with the day each was taken over.

    Old friends and colleagues, most of them no connections; who wrote a blank
    request may stand here.
    """
    people = [each for each in circle(until) if each.connected_on is None]
    known = [each for each in connections(until) if each.company]
    chance = dice("address book")
    people += chance.sample(known, 84)
    people += list(_strangers(dice("book names"), BOOK - len(people)))
    chance.shuffle(people)
    days = [years_before(until, chance.choice([11.2, 7.6, 3.1])) for _ in people]
    return tuple(
        (each, moment(until, (until - day).days, each.slug))
        for each, day in zip(people, days, strict=True)
    )


@cache
def _acquaintances(until: date) -> tuple[Contact, ...]:
    """Return the lesser known contacts, those of the last two years first."""
    chance = dice("acquaintances")
    people = list(_strangers(chance, CONNECTIONS))
    found = []
    for number, person in enumerate(people):
        if number < ACCEPTED_OUTGOING:
            days = chance.randrange(8, TWO_YEARS - 10)
        else:
            days = TWO_YEARS + 10 + int(5400 * chance.random() ** 1.4)
        found.append(replace(person, connected_on=moment(until, days, "day").date()))
    return tuple(found)


def _accepted(until: date) -> Iterator[Contact]:
    for each in incoming(until):
        if each.accepted_on is None:
            continue
        first, last = split_name(each.name)
        company, position = each.job if any(each.job) else _job(each)
        yield Contact(
            first=first,
            last=last,
            slug=each.slug,
            company=company,
            position=position,
            connected_on=each.accepted_on,
            speaks=_speech(each.note),
        )


def _job(request: Incoming) -> tuple[str, str]:
    """Make up a job; whom the member recognised mostly worked with her."""
    chance = dice("job", request.name)
    firms = page("pools")["companies"]
    is_colleague = request.truth == "known" and chance.random() < 0.7
    firm = firms[-1] if is_colleague else _draw(chance, firms[:-1])
    title = _title(chance.choice(firm["titles"]), request.sex)
    return chance.choice(firm["names"]), title


def _strangers(chance: Random, count: int) -> Iterator[Contact]:
    """Make people whose names nobody else in the sample has."""
    pools = page("pools")
    taken = {each.name for each in incoming()}
    taken |= {entry["name"] for entry in page("circle")["people"]}
    taken |= {entry["name"] for entry in page("messages_strangers")["message"]}
    while count:
        family = _draw(chance, pools["names"])
        sex = chance.choice("fm")
        first, last = chance.choice(family[sex]), chance.choice(family["last"])
        if chance.random() < 0.06 and "-" not in last:
            last += "-" + chance.choice(family["last"])
        name = f"{first} {last}"
        if name in taken:
            continue
        taken.add(name)
        count -= 1
        firm = _draw(chance, pools["companies"])
        yield Contact(
            first=_titled(chance, first),
            last=_decorated(chance, last),
            slug=slug_of(name),
            sex=sex,
            company=chance.choice(firm["names"]),
            position=_title(chance.choice(firm["titles"]), sex),
            speaks=chance.choice(family["speaks"]),
            talks=tuple(firm.get("talks", ["work"])),
        )


def _draw(chance: Random, choices: list[dict[str, Any]]) -> dict[str, Any]:
    weights = [each["weight"] for each in choices]
    return chance.choices(choices, weights)[0]


def _titled(chance: Random, first: str) -> str:
    if chance.random() > 0.05:
        return first
    return f"{chance.choice(page('pools')['signs']['titles'])} {first}"


def _decorated(chance: Random, last: str) -> str:
    if chance.random() > 0.06:
        return last
    return last + str(chance.choice(page("pools")["signs"]["suffixes"]))


def _title(title: str, sex: str) -> str:
    """Put the German ending that fits into a job title."""
    if sex == "f":
        return title.replace("{in}", "in").replace("{r}", "")
    return title.replace("{in}", "").replace("{r}", "r")


def _speech(note: str) -> str:
    lowered = f" {note.lower()} "
    if any(word in lowered for word in (" the ", " i ", " you ", " we ")):
        return "en"
    return "sie" if "frau " in lowered or " sie " in lowered else "du"
