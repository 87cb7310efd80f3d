"""Reads what a person copied from a profile, a request, a mail or a chat; pure.

Rules on lines and their neighbours, not on one layout, for LinkedIn and XING, German
and English. What is not there stays unknown: every value that is found is a piece, a
count or a day of the text, and says how sure it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from vorzimmer.errors import PasteError
from vorzimmer.mails.addresses import without_tokens
from vorzimmer.model import Channel, say
from vorzimmer.names import plain_name
from vorzimmer.pasted.figures import (
    contacts_count,
    day_of,
    names_in,
    shared_contacts,
)
from vorzimmer.pasted.lines import MAX_CHARS, clean_text, lines_of
from vorzimmer.pasted.notes import find_note, joined, labelled_note
from vorzimmer.pasted.page import Page, speaks_of
from vorzimmer.pasted.talk import Said, is_self, read_talk
from vorzimmer.pasted.who import About, Candidate, about, agrees, find_people
from vorzimmer.pasted.words import is_labelled

T = TypeVar("T")
_LONGEST_NOTE = 20_000
_MOST_OTHERS = 50


class Sureness(StrEnum):
    """How sure a value is, in words."""

    SURE = "sure"
    LIKELY = "likely"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value out of a pasted text.

    Attributes:
        value: What it is.
        sure: How surely it is that, 0..1.
    """

    value: T
    sure: float

    @property
    def sureness(self) -> Sureness:
        """The same in a word."""
        if self.sure >= 0.9:
            return Sureness.SURE
        return Sureness.LIKELY if self.sure >= 0.7 else Sureness.CHECK


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a pasted text says of one person; ``None`` is not found.

    Attributes:
        contacts_count: As shown; 500 or 999 where the network caps it.
        shared_names: Shared contacts by name, as far as shown.
        note: The words sent along, of a chat the first message.
        sent_on: The day of it.
        profile_url: Scheme, host and path only.
        visited_profile: ``True`` when the text says so, never ``False``.
        others: Names of more people who ask, whom one has to paste by themselves.
        is_own: Whether it is a chat in which only the member wrote.
        has_reply: Whether the other person wrote after the member did.
        replied_on: The day of the last such message.
    """

    name: Found[str] | None = None
    headline: Found[str] | None = None
    company: Found[str] | None = None
    place: Found[str] | None = None
    contacts_count: Found[int] | None = None
    shared_count: Found[int] | None = None
    shared_names: tuple[str, ...] = ()
    note: Found[str] | None = None
    sent_on: Found[date] | None = None
    network: Found[str] | None = None
    channel: Found[Channel] | None = None
    profile_url: Found[str] | None = None
    visited_profile: Found[bool] | None = None
    others: tuple[str, ...] = ()
    is_own: bool = False
    has_reply: bool = False
    replied_on: Found[date] | None = None


def read_paste(text: str, *, today: date | None = None, member: str = "") -> Pasted:
    """Return what a pasted text says.

    Args:
        text: As copied.
        today: For days that count back from now (``3 days ago``); ``None`` leaves
            these out.
        member: The member's own name, which is nobody else's; ``""`` is not known.

    Raises:
        PasteError: It is longer than ``MAX_CHARS``.
    """
    if len(text) > MAX_CHARS:
        raise PasteError(
            say(
                "That is more than the {most} characters that one page can have.",
                most=MAX_CHARS,
            ),
            say("Copy only the part about one person, and paste that."),
        )
    page = Page(lines_of(clean_text(text)), today, member)
    people = find_people(page)
    talk = read_talk(page)
    person = _of_talk(page, talk, people) if talk else next(iter(people), None)
    below = about(page, person) if person and not person.is_alone else About(0)
    shared = _shared(page, person)
    reply = _reply(page, talk)
    return Pasted(
        name=Found(person.text, person.sure) if person else None,
        headline=_labelled(page, "headline") or _found(below.headline),
        company=_labelled(page, "company") or _found(below.company),
        place=_labelled(page, "place") or _found(below.place),
        contacts_count=_contacts(page, person),
        shared_count=shared[0],
        shared_names=shared[1],
        note=_note(page, person, below, talk),
        sent_on=_sent_on(page, below, talk),
        network=_network(page),
        channel=_channel(page, talk),
        profile_url=_profile(page, person),
        visited_profile=Found(True, 0.95) if _has_visited(page, person) else None,  # noqa: FBT003 - the value found
        others=_others(page, person, people),
        is_own=bool(talk) and all(is_self(page, each.speaker) for each in talk),
        has_reply=reply is not None,
        replied_on=_day_said(page, reply) if reply else None,
    )


def _found(pair: tuple[str, float] | None) -> Found[str] | None:
    return Found(without_tokens(pair[0]), pair[1]) if pair else None


def _of_talk(page: Page, talk: list[Said], people: list[Candidate]) -> Candidate | None:
    """Return with whom the chat is."""
    speakers = {plain_name(each.speaker): each.speaker for each in talk}
    others = {k: name for k, name in speakers.items() if not is_self(page, name)}
    for each in people:
        if plain_name(each.text) in others:
            if len(others) == 1:
                each.points = max(each.points, 5)
            return each
    if people and not others:
        return people[0]
    if not others:
        return None
    name = next(iter(others.values()))
    return Candidate(name, 0, points=5 if len(others) == 1 else 2, is_alone=True)


def _labelled(page: Page, field: str) -> Found[str] | None:
    for at, role in enumerate(page.roles[: page.end]):
        if role == f"label {field}":
            found = is_labelled(page.lines[at].text)
            value = without_tokens(found[1]) if found else ""
            return Found(value, 0.97) if value else None
    return None


def _card(page: Page, person: Candidate | None) -> tuple[int, int]:
    """Return from where to where the lines are about one person."""
    if person is None:
        return 0, page.end
    start = min([person.first, *person.places])
    if not page.has("answer"):
        return 0, page.end
    for at in range(start, page.end):
        if page.roles[at] == "answer":
            below = at
            while below < page.end and page.roles[below] in {"answer", "noise"}:
                below += 1
            return 0 if start < 3 else start, below
    return start, page.end


def _first(
    page: Page, person: Candidate | None, read: Callable[[str], T | None], role: str
) -> T | None:
    start, stop = _card(page, person)
    for at in (*range(start, stop), *range(stop, page.end)):
        is_labelled_so = page.roles[at].startswith("label")
        if page.roles[at] == role or (is_labelled_so and role != "day"):
            found = read(page.lines[at].text)
            if found is not None:
                return found
        if at == stop - 1 and role == "shared" and page.has("answer"):
            return None
    return None


def _contacts(page: Page, person: Candidate | None) -> Found[int] | None:
    count = _first(page, person, contacts_count, "contacts")
    return None if count is None else Found(count, 0.95)


def _shared(
    page: Page, person: Candidate | None
) -> tuple[Found[int] | None, tuple[str, ...]]:
    listed = tuple(
        page.lines[at].text
        for at, role in enumerate(page.roles[: page.end])
        if role == "shared name"
    )
    found = _first(page, person, shared_contacts, "shared")
    labelled = _labelled(page, "shared")
    if found is None and labelled:
        text = labelled.value
        names = names_in(text)
        if text.isdecimal() and len(text) < 6:
            return Found(int(text), 0.97), listed
        found = (len(names), names) if names else shared_contacts(text)
    if found is None:
        return (Found(len(listed), 0.6), listed) if listed else (None, ())
    count, names = found
    return Found(max(count, len(listed)), 0.95), names or listed


def _note(
    page: Page, person: Candidate | None, below: About, talk: list[Said]
) -> Found[str] | None:
    name = person.text if person else ""
    if talk:
        wanted = plain_name(name)
        theirs = [each for each in talk if plain_name(each.speaker) == wanted]
        text = joined(page, theirs[0].lines) if theirs else ""
        return _kept_note((text, 0.9)) if text else None
    found = labelled_note(page)
    if found is None and person and person.is_signed and person.points < 2:
        found = find_note(page, 0, page.end, name="")
    elif found is None:
        start = below.after if person else 0
        found = find_note(page, start, page.end, name=name)
        if found is None and person:
            found = find_note(
                page, 0, below.after, name=name, taken=below.taken | set(person.places)
            )
    return _kept_note(found) if found else None


def _kept_note(found: tuple[str, float]) -> Found[str]:
    return Found(without_tokens(found[0][:_LONGEST_NOTE]), found[1])


def _sent_on(page: Page, below: About, talk: list[Said]) -> Found[date] | None:
    labelled = _labelled(page, "sent_on")
    if labelled:
        day = day_of(labelled.value, page.today)
        return Found(*day) if day else None
    if talk:
        theirs = next((e for e in talk if not is_self(page, e.speaker)), talk[0])
        return _day_said(page, theirs)
    days = [at for at, role in enumerate(page.roles[: page.end]) if role == "day"]
    # What is nearest below the name is the person's.
    days.sort(key=lambda at: (at < min(below.taken, default=0), at))
    for at in days:
        day = day_of(page.lines[at].text, page.today)
        if day:
            return Found(*day)
    return None


def _day_said(page: Page, said: Said) -> Found[date] | None:
    day = None
    if said.day is not None:
        day = day_of(page.lines[said.day].text, page.today)
    return Found(*day) if day else None


def _reply(page: Page, talk: list[Said]) -> Said | None:
    """Return the last message of the other person after one of the member."""
    own = [at for at, each in enumerate(talk) if is_self(page, each.speaker)]
    if not own:
        return None
    theirs = [each for each in talk[own[0] :] if not is_self(page, each.speaker)]
    return theirs[-1] if theirs else None


def _network(page: Page) -> Found[str] | None:
    named = _labelled(page, "network")
    known = {"linkedin", "xing"}
    if named and named.value.casefold() in known:
        return Found(named.value.casefold(), 0.97)
    hosts = {network for network, _ in page.addresses}
    if len(hosts) == 1:
        return Found(next(iter(hosts)), 0.97)
    counts = {network: speaks_of(network, page) for network in known}
    best = max(counts, key=lambda network: (counts[network], network))
    other = min(counts.values())
    if not counts[best] or counts[best] == other:
        return None
    return Found(best, 0.9 if counts[best] > 1 and not other else 0.7)


def _channel(page: Page, talk: list[Said]) -> Found[Channel] | None:
    texts = " ".join(line.text for line in page.lines[:40] if len(line.text) <= 60)
    if re.search(r"(?<!send )\binmail\b(?! senden)", texts, re.IGNORECASE):
        return Found(Channel.INMAIL, 0.8)
    if page.has("asks"):
        return Found(Channel.INVITATION_NOTE, 0.95)
    if talk or page.has("wrote"):
        return Found(Channel.MESSAGE, 0.85)
    return Found(Channel.INVITATION_NOTE, 0.85) if page.has("answer") else None


def _profile(page: Page, person: Candidate | None) -> Found[str] | None:
    addresses = [address for _, address in page.addresses]
    key = plain_name(person.text) if person else ""
    for address in addresses:
        if key and agrees(address, key):
            return Found(address, 0.97)
    is_own = page.member and any(
        agrees(each, plain_name(page.member)) for each in addresses
    )
    return Found(addresses[0], 0.65) if len(addresses) == 1 and not is_own else None


def _has_visited(page: Page, person: Candidate | None) -> bool:
    start, stop = _card(page, person)
    return "visited" in page.roles[start:stop]


def _others(
    page: Page, person: Candidate | None, people: list[Candidate]
) -> tuple[str, ...]:
    """Return who else asks: shown with a button to answer of their own."""
    if person is None:
        return ()
    _, stop = _card(page, person)
    names = [
        each.text
        for each in people
        if each is not person
        and (each.asks or (each.first >= stop and page.has("answer")))
    ]
    return tuple(names[:_MOST_OTHERS])
