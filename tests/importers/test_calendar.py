"""Calendars say whom the member met, how often and when, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.addressbook.recurrence import MOST_TIMES, took_place
from vorzimmer.errors import SourceError
from vorzimmer.importers.calendar import fits, meetings_of, read
from vorzimmer.intake import gather
from vorzimmer.items import FileRead, Item, Meeting
from vorzimmer.model import Skipped, TieKind
from vorzimmer.ties import LARGE

TODAY = date(2026, 11, 1)
ME = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:katrin@example.org"
IMKE = 'ATTENDEE;CN="Wulfers, Imke";PARTSTAT=ACCEPTED:mailto:Imke@example.net'


def event(*lines: str, uid: str = "1", day: str = "20250303T100000Z") -> str:
    start = f"DTSTART:{day}" if day else "SUMMARY:x"
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, *lines, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    whole = ["BEGIN:VCALENDAR\r\n", *events, "END:VCALENDAR\r\n"]
    return "".join(whole).encode()


def items(*events: str) -> list[Item]:
    *found, end = meetings_of("c.ics", [calendar(*events)], until=TODAY)
    assert isinstance(end, FileRead)
    return found


def only(*events: str) -> Meeting:
    (found,) = items(*events)
    assert isinstance(found, Meeting), found
    return found


def emails(meeting: Meeting) -> list[str | None]:
    return [each.email for each in meeting.people]


def test_an_appointment_tells_its_people_and_its_day() -> None:
    alarm = "BEGIN:VALARM\r\nATTENDEE:mailto:alarm@example.org\r\nEND:VALARM"
    found = only(event(ME, IMKE, alarm, "SUMMARY:Gehalt", "LOCATION:Praxis"))
    assert emails(found) == ["katrin@example.org", "imke@example.net"]
    assert found.people[1].name == "Wulfers, Imke"
    assert (found.on, found.until, found.count) == (date(2025, 3, 3),) * 2 + (1,)
    assert "Gehalt" not in repr(found)
    assert "Praxis" not in repr(found)


@pytest.mark.parametrize(
    "line",
    [
        "STATUS:CANCELLED",
        "ATTENDEE;CUTYPE=ROOM:mailto:room4@example.org",
        "ATTENDEE:mailto:c_1@resource.calendar.google.com",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:olaf@example.org",
    ],
)
def test_who_was_not_there_is_left_out(line: str) -> None:
    found = [each for each in items(event(ME, IMKE, line)) if isinstance(each, Meeting)]
    people = [email for each in found for email in emails(each)]
    assert people in ([], ["katrin@example.org", "imke@example.net"])
    assert bool(found) == ("CANCELLED" not in line)


def test_lists_of_more_than_fifty_people_are_told_and_left_out() -> None:
    guests = [f"ATTENDEE:mailto:g{number}@example.org" for number in range(51)]
    (told,) = items(event(*guests))
    assert isinstance(told, Skipped)
    assert "more than 50 people" in str(told.reason)
    assert len(only(event(*guests[1:])).people) == 50


def test_what_is_still_to_come_has_not_been() -> None:
    assert items(event(ME, IMKE, day="20261102")) == []
    assert only(event(ME, IMKE, day="20261101")).on == TODAY


def test_an_appointment_without_a_day_is_told() -> None:
    (told,) = items(event(ME, IMKE, day=""))
    assert isinstance(told, Skipped)
    assert "no day" in str(told.reason)


def test_a_half_written_file_loses_its_last_appointment_only() -> None:
    raw = calendar(event(ME, IMKE), event(ME, IMKE, uid="2"))
    found = list(meetings_of("c.ics", [raw[:-60]], until=TODAY))
    assert [type(each) for each in found] == [Meeting, Skipped, FileRead]


@pytest.mark.parametrize(
    ("rule", "count", "last"),
    [
        ("", 1, date(2026, 1, 5)),
        ("FREQ=DAILY;COUNT=3", 3, date(2026, 1, 7)),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20260126T000000Z", 3, date(2026, 1, 25)),
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4", 4, date(2026, 1, 15)),
        ("FREQ=WEEKLY;INTERVAL=2", 22, date(2026, 10, 26)),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=3", 3, date(2026, 3, 2)),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", 2, date(2026, 2, 27)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", 2, date(2026, 2, 28)),
        ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=5", 2, date(2026, 7, 5)),
        # Rules that no calendar offers: only the first day is certain.
        ("FREQ=SECONDLY", 1, date(2026, 1, 5)),
        ("FREQ=DAILY;BYSETPOS=1", 1, date(2026, 1, 5)),
        ("FREQ=WEEKLY;BYDAY=XX", 1, date(2026, 1, 5)),
        ("FREQ=DAILY;INTERVAL=0;COUNT=2", 2, date(2026, 1, 6)),
        ("FREQ=DAILY;INTERVAL=99999999999", 1, date(2026, 1, 5)),
        ("FREQ=DAILY;COUNT=x", 1, date(2026, 1, 5)),
    ],
)
def test_a_series_counts_as_often_as_it_took_place(
    rule: str, count: int, last: date
) -> None:
    assert took_place(date(2026, 1, 5), rule, until=TODAY) == (count, last)


def test_called_off_days_do_not_count_and_the_count_is_bounded() -> None:
    off = "EXDATE:20250304T100000Z,20250305T100000Z"
    assert only(event(ME, IMKE, "RRULE:FREQ=DAILY;COUNT=4", off)).count == 2
    assert took_place(date(1990, 1, 1), "FREQ=DAILY", until=TODAY)[0] == MOST_TIMES


def test_the_member_is_who_takes_part_in_most_and_is_no_tie() -> None:
    other = "ATTENDEE;CN=Owen Harcastle:mailto:owen@example.com"
    series = "RRULE:FREQ=WEEKLY;COUNT=5"
    declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:katrin@example.org"
    many = [f"ATTENDEE:mailto:g{number}@example.org" for number in range(10)]
    intake = gather(
        items(
            event(ME, IMKE, series),
            event(ME, IMKE, "RECURRENCE-ID:20250310T100000Z", day="20250311T100000Z"),
            event(ME, IMKE, uid="2", day="20240110"),
            event(ME, other, *many, uid="3"),
            event(declined, other, IMKE, uid="4"),
        )
    )
    ties = {each.person.email: each for each in intake.ties}
    assert "katrin@example.org" not in ties
    imke, owen = ties["imke@example.net"], ties["owen@example.com"]
    assert (imke.kind, imke.count, imke.detail) == (TieKind.MET, 6, "")
    assert (imke.since, imke.until) == (date(2024, 1, 10), date(2025, 3, 31))
    assert (owen.count, owen.detail) == (1, LARGE)


def test_the_day_on_which_the_file_was_written_is_the_last_that_counts(
    tmp_path: Path,
) -> None:
    source = tmp_path / "a.ics"
    source.write_bytes(calendar(event(ME, IMKE, "RRULE:FREQ=DAILY")))
    moment = datetime(2025, 3, 5, 12, tzinfo=UTC).timestamp()
    os.utime(source, (moment, moment))
    meeting, _ = read(source)
    assert isinstance(meeting, Meeting)
    assert (meeting.count, meeting.until) == (3, date(2025, 3, 5))
    assert fits(source)


def test_a_file_without_a_calendar_is_refused_in_words(tmp_path: Path) -> None:
    source = tmp_path / "a.ics"
    for raw, words in ((b"", "empty"), (b"<html>", "no calendar")):
        source.write_bytes(raw)
        with pytest.raises(SourceError, match=words):
            list(read(source))


RULES = st.sampled_from(
    [
        "FREQ=",
        "DAILY",
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
        ";",
        "COUNT=",
        "INTERVAL=",
        "-1",
        "BYDAY=",
        "MO",
        "-5SU",
        ",",
        "BYMONTHDAY=",
        "31",
        "BYMONTH=",
        "13",
        "UNTIL=",
        "99999999",
        "20260230",
    ]
)


@given(
    st.lists(RULES | st.text(max_size=3), max_size=15).map("".join),
    st.dates(date(1, 1, 1), TODAY),
)
def test_no_rule_hangs_or_leaves_its_bounds(rule: str, first: date) -> None:
    count, last = took_place(first, rule, until=TODAY)
    assert 1 <= count <= MOST_TIMES
    assert first <= last <= TODAY


PIECES = st.sampled_from(
    [
        b"BEGIN:VEVENT\n",
        b"END:VEVENT\n",
        b"BEGIN:VALARM\n",
        b"END:VALARM\n",
        b"\n",
        b" ",
        b"DTSTART:20250101\n",
        b"ATTENDEE;CN=",
        b'"',
        b";",
        b":",
        b"mailto:a@example.org",
        b"RRULE:FREQ=DAILY\n",
        b"UID:1\n",
        b"^n",
        b"\xff",
        b"\0",
        b"EXDATE:2025,\n",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=8), max_size=40))
def test_whatever_the_bytes_reading_ends_within_its_bounds(
    pieces: list[bytes],
) -> None:
    found = list(meetings_of("c.ics", [b"".join(pieces)], until=TODAY))
    assert isinstance(found[-1], FileRead)
    for each in found[:-1]:
        if isinstance(each, Meeting):
            assert each.people
            assert each.on <= each.until <= TODAY
    gather(found)
