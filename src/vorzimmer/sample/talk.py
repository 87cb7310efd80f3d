"""Everyday conversations, put together from hand-written exchanges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from vorzimmer.sample.chance import dice, moment
from vorzimmer.sample.pages import page
from vorzimmer.sample.people import MEMBER_NAME, Contact

NUMBERS = (3, 5, 6, 8, 10, 12, 14, 15, 20, 25, 40)
QUIET = 32  # days before the last one that belong to the hand-written threads


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation of two."""

    is_own: bool
    sent_at: datetime
    text: str


def exchange(person: Contact, until: date, *, number: int) -> list[Line]:
    """Return one exchange with a person: two to four messages of a day or two.

    Args:
        person: With whom.
        until: The last day of the archive.
        number: Which one with this person, from 0; the next one has another topic.
    """
    chance = dice("exchange", person.slug, str(number))
    speech = page(f"talk_{person.speaks}")
    topic, at = _topic(chance, person, until, number)
    is_own = {"me": True, "them": False}.get(topic.get("by", ""), chance.random() < 0.5)
    slots = _slots(chance, person, at)
    lines = []
    turns = topic["turns"]
    spoken = len(turns) if chance.random() < 0.8 else max(2, len(turns) - 1)
    for place, turn in enumerate(turns[:spoken]):
        text = chance.choice(turn)
        if place == 0:
            text = chance.choice(speech["greetings"]) + text
        if place < 2:
            text += chance.choice(speech["farewells"])
        lines.append(Line(is_own, at, _filled(text, slots, person, is_own=is_own)))
        at += timedelta(seconds=int(40 + 14_000 * chance.random() ** 3))
        is_own = not is_own
    return lines


def newest_threads(until: date) -> Iterator[tuple[str, list[Line]]]:
    """Return the hand-written conversations of the last weeks, with whom."""
    for thread in page("talk_newest")["thread"]:
        lines = []
        for count, entry in enumerate(thread["messages"]):
            day = moment(until, entry["days"]).replace(hour=8, minute=10)
            own = entry.get("me", False)
            # One after the other on the same day.
            lines.append(Line(own, day + timedelta(minutes=47 * count), entry["text"]))
        yield thread["with"], lines


def _begin(chance: Random, person: Contact, until: date) -> datetime:
    if person.connected_on is None:
        # Old colleagues without a connection: the years before 2016 or so.
        return moment(until, chance.randrange(3900, 4900), str(chance.random()))
    span = (until - person.connected_on).days - QUIET
    days = QUIET + int(max(span, 1) * chance.random() ** 1.3)
    return moment(until, days, str(chance.random()))


def _topic(
    chance: Random, person: Contact, until: date, number: int
) -> tuple[dict[str, Any], datetime]:
    """Return the person's next topic, and when the exchange about it began."""
    topics = _topics(person.speaks, person.talks)
    order = dice("topics", person.slug).sample(topics, len(topics))
    for topic in order[number % len(order) :] + order:
        drawn = _begin(chance, person, until)
        at = _fitting(topic, person, drawn)
        first = person.connected_on or date.min
        if first <= at.date() <= until - timedelta(days=QUIET):
            return topic, at
    return order[0], _begin(chance, person, until)


def _fitting(topic: dict[str, Any], person: Contact, at: datetime) -> datetime:
    """Move a time to where its topic belongs in the year."""
    if topic.get("is_birthday"):
        chance = dice("birthday", person.slug)
        return at.replace(month=chance.randrange(1, 13), day=chance.randrange(1, 29))
    if month := topic.get("month"):
        return at.replace(month=month, day=14 + at.day % 10)
    return at


@cache
def _topics(speaks: str, talks: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        topic
        for topic in page(f"talk_{speaks}")["topic"]
        if topic.get("about") in (*talks, None)
    ]


def _slots(chance: Random, person: Contact, at: datetime) -> dict[str, str]:
    pools = page(f"talk_{person.speaks}")["slots"]
    slots = {name: chance.choice(values) for name, values in pools.items()}
    if slots.get("friend") == person.given:
        slots["friend"] = "Merle"
    week = (at + timedelta(days=chance.randrange(5, 16))).isocalendar().week
    slots["week"] = f"week {week}" if person.speaks == "en" else f"KW {week}"
    slots["n"] = str(chance.choice(NUMBERS))
    return slots


def _filled(text: str, slots: dict[str, str], person: Contact, *, is_own: bool) -> str:
    polite = person.speaks == "sie"
    family = person.last.split(",")[0].split(" ")[0]
    title = {"f": "Frau", "m": "Herr"}.get(person.sex, "")
    other = f"{title} {family}".strip() if polite else person.given
    member = "Frau Thießen" if polite else "Maren"
    own_sign = MEMBER_NAME if polite else "Maren"
    other_sign = f"{person.given} {family}" if polite else person.given
    you, me = (other, own_sign) if is_own else (member, other_sign)
    filled = text.format_map({**slots, "you": you, "me": me})
    return filled[0].upper() + filled[1:]
