"""All rows of messages.csv: friends, groups, accepted senders, strangers, drafts."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from vorzimmer.sample.chance import dice, moment, utc_form, years_before
from vorzimmer.sample.incoming import incoming, stranger_url
from vorzimmer.sample.network import connections
from vorzimmer.sample.pages import page
from vorzimmer.sample.people import MEMBER_NAME, MEMBER_URL, Contact, circle
from vorzimmer.sample.talk import Line, exchange, newest_threads

MESSAGES = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of messages.csv, columns in its order after the conversation."""

    thread: str
    sent_at: datetime
    sender: str
    sender_url: str
    to: str
    to_url: str
    text: str
    title: str = ""
    subject: str = ""
    folder: str = "INBOX"
    attachments: str = ""
    is_draft: bool = False

    def cells(self) -> list[str]:
        """Return the cells as the archive has them."""
        digest = hashlib.sha256(self.thread.encode()).digest()[:18]
        return [
            "2-" + base64.b64encode(digest).decode(),
            self.title,
            self.sender,
            self.sender_url,
            self.to,
            self.to_url,
            utc_form(self.sent_at),
            self.subject,
            self.text,
            self.folder,
            self.attachments,
            "Yes" if self.is_draft else "No",
            "No",
        ]


def message_rows(until: date) -> list[Row]:
    """Return all rows as the network orders them: newest conversation first."""
    rows = [*_newest(until), *_groups(until), *_welcomes(until), *_old(until)]
    rows += [*_strangers(until), *_drafts(until), *_stories(until)]
    rows += _everyday(until, MESSAGES - len(rows))
    latest: dict[str, datetime] = {}
    for row in rows:
        latest[row.thread] = max(row.sent_at, latest.get(row.thread, row.sent_at))
    rows.sort(key=lambda row: (latest[row.thread], row.thread, row.sent_at))
    return rows[::-1]


def _of_two(person: Contact, line: Line, *, folder: str = "INBOX") -> Row:
    own, other = (MEMBER_NAME, MEMBER_URL), (person.name, person.url)
    sender, recipient = (own, other) if line.is_own else (other, own)
    return Row(
        thread=person.slug,
        sent_at=line.sent_at,
        sender=sender[0],
        sender_url=sender[1],
        to=recipient[0],
        to_url=recipient[1],
        text=line.text,
        folder=folder,
    )


def _everyday(until: date, wanted: int) -> list[Row]:
    """Draw exchanges with connections until there are as many rows as wanted."""
    chance = dice("everyday")
    close = {each.slug for each in circle(until)}
    people = [each for each in connections(until) if each.sex]
    weights = [9 if each.slug in close else 1 for each in people]
    rows: list[Row] = []
    talked: Counter[str] = Counter()
    for number in count():
        if len(rows) >= wanted:
            break
        person = chance.choices(people, weights)[0]
        lines = exchange(person, until, number=talked[person.slug])
        talked[person.slug] += 1
        age = (until - lines[0].sent_at.date()).days
        folder = "ARCHIVE" if age > 2500 else "INBOX"
        rows += [_of_two(person, line, folder=folder) for line in lines]
        if number % 67 == 13:
            rows.append(_photo(person, lines[-1]))
    return rows[:wanted]


def _photo(person: Contact, line: Line) -> Row:
    """Return a message without words, as a picture or a file alone makes one."""
    row = _of_two(person, Line(line.is_own, line.sent_at + timedelta(minutes=1), ""))
    name = hashlib.sha256(row.thread.encode()).hexdigest()[:16]
    return replace(row, attachments=f"https://media.example/{name}")


def _newest(until: date) -> Iterator[Row]:
    people = {each.name: each for each in circle(until)}
    for name, lines in newest_threads(until):
        yield from (_of_two(people[name], line) for line in lines)


def _old(until: date) -> Iterator[Row]:
    """Yield the messages of people who never became connections."""
    for entry, person in zip(page("circle")["people"], circle(until), strict=True):
        wanted = entry.get("messages", 0)
        lines: list[Line] = []
        for number in range(wanted):
            lines += exchange(person, until, number=number)
        yield from (_of_two(person, line, folder="ARCHIVE") for line in lines[:wanted])


def _welcomes(until: date) -> Iterator[Row]:
    """Yield accepted notes, which the network turns into messages, and answers."""
    people = {each.slug: each for each in connections(until)}
    for request in incoming(until):
        if request.accepted_on is None or not request.note:
            continue
        person = people[request.slug]
        yield _of_two(
            person, Line(is_own=False, sent_at=request.sent_at, text=request.note)
        )
        chance = dice("welcome", request.slug)
        wait = (request.accepted_on - request.sent_at.date()).days * 1440
        at = request.sent_at + timedelta(minutes=wait + chance.randrange(5, 90))
        if request.truth in {"personal", "known"} or request.answer:
            text = request.answer or chance.choice(page("replies")[person.speaks])
            yield _of_two(person, Line(is_own=True, sent_at=at, text=text))
        if request.after:
            after = at + timedelta(minutes=2)
            yield _of_two(person, Line(is_own=False, sent_at=after, text=request.after))


def _stories(until: date) -> Iterator[Row]:
    """Yield how some contacts went on, months after they were accepted."""
    people = {each.name: each for each in connections(until)}
    for story in page("afterwards")["story"]:
        person = people[story["with"]]
        for number, entry in enumerate(story["messages"]):
            if "after" in entry:
                day = (person.connected_on or until) + timedelta(days=entry["after"])
                days = (until - day).days
            else:
                days = entry["days"]
            at = moment(until, days, person.slug, str(number))
            is_own = entry.get("me", False)
            yield _of_two(person, Line(is_own, at, entry["text"]))


def _groups(until: date) -> Iterator[Row]:
    people = {each.name: each for each in circle(until)}
    for group in page("talk_groups")["group"]:
        others = [people[name] for name in group["with"]]
        voices = [(each.name, each.url) for each in others]
        voices.append((MEMBER_NAME, MEMBER_URL))
        day = (until - years_before(until, group["years"])).days
        at = moment(until, day, group["title"])
        for number, text in enumerate(group["texts"]):
            me = voices[number % len(voices)]
            rest = [each for each in voices if each != me]
            yield Row(
                thread=group["title"],
                title=group["title"],
                sent_at=at + timedelta(minutes=9 * number),
                sender=me[0],
                sender_url=me[1],
                to=", ".join(name for name, _ in rest),
                to_url=", ".join(url for _, url in rest),
                text=text,
            )


def _strangers(until: date) -> Iterator[Row]:
    for number, entry in enumerate(page("messages_strangers")["message"]):
        row = _from_stranger(entry, until, number)
        yield row
        if "answer" in entry:
            yield Row(
                thread=row.thread,
                sent_at=row.sent_at + timedelta(hours=20, minutes=number),
                sender=MEMBER_NAME,
                sender_url=MEMBER_URL,
                to=row.sender,
                to_url=row.sender_url,
                text=entry["answer"],
            )


def _from_stranger(entry: dict[str, Any], until: date, number: int) -> Row:
    url = stranger_url(entry)
    return Row(
        thread=url or f"unknown {number}",
        sent_at=moment(until, entry["days"], str(number), entry["name"]),
        sender=entry["name"],
        sender_url=url,
        to=MEMBER_NAME,
        to_url=MEMBER_URL,
        title=entry.get("title", ""),
        subject=entry.get("subject", ""),
        text=entry["text"].strip(),
        folder=entry.get("folder", "INBOX"),
    )


def _drafts(until: date) -> Iterator[Row]:
    """Yield what the member began to write and never sent."""
    people = {each.name: each for each in circle(until)}
    drafts = {
        "Rolf Dettmer": "Lieber Herr Dettmer, zum Abschied wollte ich Ihnen noch",
        "Sunniva Haug": "Hi Sunniva, about the crates: I think we should",
        "Tom Whitfield": "Tom, the piano",
    }
    for days, (name, text) in enumerate(drafts.items(), start=1):
        line = Line(is_own=True, sent_at=moment(until, days, name), text=text)
        yield replace(_of_two(people[name], line), is_draft=True)
