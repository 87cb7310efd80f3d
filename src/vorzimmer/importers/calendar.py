"""Reads calendars (.ics): with whom the member had appointments, how often and when.

Of each appointment with others, only its days and the others' names and addresses are
kept; never its title, place or text. Left out are rooms and devices, lists of more than
50 people, what was called off or declined, and what had not taken place when the file
was written. A repeated appointment counts as often as it took place, at most 500 times.

Source:
    RFC 5545 (iCalendar).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from vorzimmer.addressbook.addresses import email_of, is_automatic, word_of
from vorzimmer.addressbook.blocks import Block, blocks
from vorzimmer.addressbook.lines import ContentLine, content_lines
from vorzimmer.addressbook.recurrence import day_of, took_place
from vorzimmer.archive import not_opened
from vorzimmer.archive.finding import Form
from vorzimmer.errors import SourceError
from vorzimmer.items import FileRead, Item, Meeting
from vorzimmer.model import Person, Skipped, say
from vorzimmer.source import Source, Takes

MOST_PEOPLE = 50
"""More are a mailing list, a webinar or a company's holiday."""

MOST_EVENTS = 500_000
_MOST_LISTED = 1_000  # that are looked at to count them
_MOST_CALLED_OFF = 2_000
_SUFFIXES = frozenset({".ics", ".ical", ".icalendar", ".ifb", ".vcs"})
_BEGIN = b"BEGIN:VCALENDAR"
_WANTED = frozenset(
    {"BEGIN", "END", "UID", "DTSTART", "STATUS", "ORGANIZER", "ATTENDEE", "RRULE"}
    | {"EXDATE"}
)
_NO_PEOPLE = {"ROOM", "RESOURCE", "GROUP"}
_YEARS = range(1970, 2100)

_NO_DAY = say("This appointment has no day that we can read.")
_CUT_OFF = say("The file ends within this appointment, so it was not read.")
_A_LIST = say(
    "This appointment lists more than {most} people, so it says of none of them that"
    " you met.",
    most=MOST_PEOPLE,
)
_NO_CALENDAR = say("There is no calendar in it.")
_EXPORT = say("Export your calendar again as iCalendar (.ics), and give that file.")


def fits(source: Path) -> bool:
    """Return whether there is a calendar at this place."""
    return _FORM.is_in(source)


def read(source: Path) -> Iterator[Item]:
    """Yield one item, or one ``Skipped``, for each appointment with others.

    Args:
        source: File, folder or ZIP archive.

    Raises:
        SourceError: Nothing can be read: it is not there, damaged, beyond the limits,
            or holds no calendar.
    """
    until = None
    for file, chunks in _FORM.files(source):
        until = until or _written_on(source)
        yield from meetings_of(file, chunks, until=until)


def _is_calendar(head: bytes) -> bool:
    return _BEGIN in head.replace(b"\0", b"").upper()


_FORM = Form(_is_calendar, _SUFFIXES, missing=_NO_CALENDAR, mend=_EXPORT)


def _written_on(source: Path) -> date:
    """Return the day on which a file was written: it can know of no later meeting."""
    try:
        return datetime.fromtimestamp(source.stat().st_mtime, UTC).date()
    except (OSError, OverflowError, ValueError) as error:
        raise not_opened(source, error) from error


def meetings_of(file: str, chunks: Iterable[bytes], *, until: date) -> Iterator[Item]:
    """Yield the appointments of one calendar, and at the end that it was read.

    Args:
        file: What to call it in what is told.
        chunks: Its bytes.
        until: The last day that can have taken place.

    Raises:
        SourceError: It has more appointments than a life can hold.
    """
    count = 0
    for block in blocks(content_lines(chunks, _WANTED), "VEVENT"):
        count += 1
        if count > MOST_EVENTS:
            raise SourceError(
                file,
                say("This file has more than {most:,} appointments.", most=MOST_EVENTS),
                say(
                    "Divide it into smaller files, and import them one after the other."
                ),
            )
        item = _item(block, file, until)
        if item is not None:
            yield item
    yield FileRead(file, count)


@dataclass(slots=True)
class _Event:
    """What was read of one appointment so far."""

    uid: str = ""
    start: str = ""
    rule: str = ""
    is_cancelled: bool = False
    called_off: set[date] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)
    declined: dict[str, None] = field(default_factory=dict)

    def add(self, line: ContentLine) -> None:
        """Take one line of the appointment."""
        match line.name:
            case "UID":
                self.uid = line.value.strip()[:200]
            case "DTSTART":
                self.start = line.value
            case "RRULE":
                self.rule = line.value
            case "STATUS":
                self.is_cancelled = line.value.strip().upper() == "CANCELLED"
            case "EXDATE" if len(self.called_off) < _MOST_CALLED_OFF:
                days = map(day_of, line.value.split(",")[:_MOST_CALLED_OFF])
                self.called_off.update(day for day in days if day)
            case "ATTENDEE" | "ORGANIZER":
                self._add_person(line)

    def _add_person(self, line: ContentLine) -> None:
        if line.parameters.get("CUTYPE", "").upper() in _NO_PEOPLE:
            return
        email = email_of(line.value) or email_of(line.parameters.get("EMAIL", ""))
        if not email or is_automatic(email) or len(self.people) >= _MOST_LISTED:
            return
        if line.parameters.get("PARTSTAT", "").upper() == "DECLINED":
            self.declined.setdefault(email)
            return
        name = word_of(line.parameters.get("CN", ""))
        if "@" in name:
            name = ""
        self.people[email] = self.people.get(email) or name


def _item(block: Block, file: str, until: date) -> Meeting | Skipped | None:
    """Return the meeting, why there is none, or nothing where that is plain."""
    if block.is_cut_off:
        return Skipped(file, block.line, _CUT_OFF)
    event = _Event()
    for line in block.lines:
        event.add(line)
    people = event.people
    for email in event.declined:
        people.pop(email, None)
    if not people or event.is_cancelled:
        return None
    if len(people) > MOST_PEOPLE:
        return Skipped(file, block.line, _A_LIST)
    first = day_of(event.start)
    if first is None or first.year not in _YEARS:
        return Skipped(file, block.line, _NO_DAY)
    if first > until:
        return None
    count, last = took_place(first, event.rule, until=until, besides=event.called_off)
    return Meeting(
        id=event.uid or f"{event.start} {' '.join(people)}"[:200],
        people=tuple(
            Person(name=name or None, email=email) for email, name in people.items()
        ),
        declined=tuple(event.declined),
        on=first,
        until=last,
        count=count,
    )


SOURCE = Source(
    name="calendar",
    title=say("Calendar"),
    brings=(say("With whom you had appointments, how often and when; no titles."),),
    steps=(
        say(
            "Google: calendar.google.com, the gear, “Settings”, “Import & export”,"
            " “Export”. Give the ZIP as it comes."
        ),
        say(
            "Outlook for Windows: open the calendar, “File”, “Save Calendar”, “More"
            " Options”, “Whole calendar”, “Full details”."
        ),
        say("Mac: Calendar, choose the calendar, “File”, “Export”, “Export …”."),
        say(
            "Thunderbird: “Calendar”, right-click on the calendar, “Export calendar”,"
            " “iCalendar”."
        ),
    ),
    takes=(Takes.FILE, Takes.FOLDER),
    endings=(".ics",),
    command="vorzimmer import calendar.ics",
)
