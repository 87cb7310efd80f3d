"""One line, one request; a line that is none costs only itself."""

from __future__ import annotations

import gzip
import io
import json
import lzma
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.errors import SourceError
from vorzimmer.importers import json_lines
from vorzimmer.model import Channel, ContactRequest, Person, Skipped
from vorzimmer.passed_over import PassedOver


def read(*lines: bytes | dict[str, object]) -> list[ContactRequest | Skipped]:
    raw = [
        each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines
    ]
    return list(json_lines.read(io.BytesIO(b"\n".join(raw))))


def one(**fields: object) -> ContactRequest:
    (row,) = read({"id": "r1", **fields})
    assert isinstance(row, ContactRequest), row
    return row


def refusal(line: bytes | dict[str, object]) -> str:
    (row,) = read(line)
    assert isinstance(row, Skipped)
    return str(row.reason)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (lzma.compress(b'{"id": "a"}'), "This file is packed. Unpack it first"),
        (bytes(range(256)), "This is no text."),
        (b'{\n  "id": "a"\n}', "one object goes over several lines. Write one object"),
        ('{"id": "a"}'.encode("utf-16"), "This file is in UTF-16. Save it in UTF-8."),
        ('{"id": "a"}'.encode("utf-16-le"), "in UTF-16"),
        (b"PAR1\x15\x04", "This is a Parquet file."),
    ],
)
def test_a_file_that_is_no_text_is_told_once(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(json_lines.read(io.BytesIO(raw), file="a.jsonl"))
    told = str(caught.value)
    assert told.startswith("a.jsonl: ")
    assert said in told


def test_an_id_alone_is_a_request_of_which_nothing_is_known() -> None:
    assert read({"id": "r1"}) == [ContactRequest(id="r1")]


def test_every_field_arrives() -> None:
    request = one(
        network="LinkedIn",
        kind="inmail",
        note="Guten Tag",
        subject="Eine Frage",
        sent_at="2026-11-20T10:30:00+01:00",
        is_sponsored=False,
        is_filed_as_spam=True,
        is_origin_proven=False,
        leads_to="trap.example",
        sender={
            "name": "Ayla Kern",
            "headline": "",
            "company": "Kern & Töchter",
            "position": "Inhaberin",
            "location": "Kassel",
            "country": "de",
            "email": "ayla@example.org",
            "profile_url": "https://www.linkedin.com/in/ayla-kern",
            "contacts_count": 500,
            "mutual_contacts_count": 0,
            "has_picture": True,
            "visited_profile": False,
            "created_on": "2011-04-02",
            "is_verified": True,
            "is_known_elsewhere": None,
            "has_other_job_elsewhere": False,
        },
    )
    assert request == ContactRequest(
        id="r1",
        network="linkedin",
        channel=Channel.INMAIL,
        note="Guten Tag",
        subject="Eine Frage",
        sent_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        is_sponsored=False,
        is_filed_as_spam=True,
        is_origin_proven=False,
        leads_to="trap.example",
        sender=Person(
            name="Ayla Kern",
            headline="",
            company="Kern & Töchter",
            position="Inhaberin",
            location="Kassel",
            country="DE",
            email="ayla@example.org",
            profile_url="https://www.linkedin.com/in/ayla-kern",
            contacts_count=500,
            mutual_contacts_count=0,
            has_picture=True,
            visited_profile=False,
            created_on=date(2011, 4, 2),
            is_verified=True,
            is_known_elsewhere=None,
            has_other_job_elsewhere=False,
        ),
    )


def test_null_is_the_same_as_missing_and_a_blank_note_is_not() -> None:
    assert one(note=None, sender=None, kind=None) == ContactRequest(id="r1")
    assert one(note="").note == ""


def test_an_id_may_be_a_whole_number() -> None:
    assert read({"id": 42}) == [ContactRequest(id="42")]


def test_a_whole_number_may_be_written_with_a_point_as_json_schema_has_it() -> None:
    (row,) = read(b'{"id": "a", "sender": {"contacts_count": 500.0}}')
    assert isinstance(row, ContactRequest)
    assert repr(row.sender.contacts_count) == "500"


def test_fields_that_are_not_ours_are_passed_over() -> None:
    assert one(shoe_size=44, sender={"aura": ["blue"]}) == ContactRequest(id="r1")


def test_fields_that_are_not_ours_are_counted() -> None:
    passed_over = PassedOver()
    lines = b"""{"id": 1, "Note": "a", "sender": {"aura": 1, "name": "Rex"}}
nonsense
[]
{"id": 2, "note": "b"}
{"Note": "c"}
"""
    read = list(json_lines.read(io.BytesIO(lines), passed_over=passed_over))
    assert len(read) == 5
    misnamed, rest = (str(each) for each in passed_over.notices())
    assert misnamed.startswith(
        'The field "Note" is not known (rows: 2, first in line 1)'
    )
    assert misnamed.endswith('Did you mean "note"?')
    assert rest == 'Passed over, as none of our fields: "sender.aura".'


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_list_is_read_as_lines_are(packed: bool) -> None:  # noqa: FBT001 - pytest's way
    rows = [{"id": 1, "note": "a\nb]"}, {"id": 2}, {"kind": 7}, {"id": "Grün"}]
    raw = json.dumps(rows, indent=1, ensure_ascii=False).encode()
    stream = io.BytesIO(gzip.compress(raw) if packed else raw)
    one, two, three, four = json_lines.read(stream, file="a.json")
    assert (one, two) == (ContactRequest(id="1", note="a\nb]"), ContactRequest(id="2"))
    assert isinstance(three, Skipped)
    assert (three.line, four) == (3, ContactRequest(id="Grün"))


def test_a_list_that_breaks_off_is_told_with_its_row() -> None:
    read = json_lines.read(io.BytesIO(b'[{"id": 1}, {"id": 2'), file="a.json")
    assert next(read) == ContactRequest(id="1")
    with pytest.raises(SourceError, match="cannot be read from its row 2 on"):
        next(read)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-20T09:30:00Z", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        ("2026-11-20 09:30", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T09:30:00-05:00", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("", None),
    ],
)
def test_times_are_iso_8601_and_utc_where_no_zone_is_given(
    written: str, meant: datetime | None
) -> None:
    assert one(sent_at=written).sent_at == meant


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "https://www.linkedin.com/in/a?midToken=AQ&trk=x#top",
            "https://www.linkedin.com/in/a",
        ),
        (
            "https://me:secret@www.xing.com:444/profile/A",
            "https://www.xing.com/profile/A",
        ),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("ayla-kern", None),
        ("", None),
    ],
)
def test_of_an_address_only_scheme_host_and_path_are_kept(
    written: str, kept: str | None
) -> None:
    assert one(sender={"profile_url": written}).sender.profile_url == kept


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"id": ', "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"id": "a", "note": "a\xff"}', "not JSON"),
        (b'["id"]', "no object in braces"),
        (b"{}", 'field "id" is missing'),
        ({"id": ""}, 'field "id" is empty'),
        ({"id": True}, 'field "id" has to be a text or a whole number'),
        ({"id": "a", "sent_at": 1}, "has to be a text like 2026-11-20T09:30:00Z"),
        ({"id": "a", "kind": "fax"}, 'field "kind" has to be one of invitation_note, '),
        (
            {"id": "a", "sender": {"contacts_count": "500+"}},
            'field "sender.contacts_count" has to be a whole number',
        ),
        (
            {"id": "a", "sender": {"contacts_count": 500.5}},
            'field "sender.contacts_count" has to be a whole number',
        ),
        ({"id": "a", "sender": {"contacts_count": -1}}, "cannot be less than 0"),
        (
            {"id": "a", "sender": {"contacts_count": 2_000_000_000}},
            "cannot be more than 1",
        ),
        ({"id": "a", "sender": {"country": "Germany"}}, "two letters, like DE"),
        ({"id": "a", "sender": {"name": "x" * 1_001}}, "longer than 1000 characters"),
        ({"id": "a", "sender": 7}, 'field "sender" has to be an object'),
        ({"id": "a", "note": 7}, 'field "note" has to be a text'),
        ({"id": "a", "is_sponsored": "no"}, "has to be true or false"),
        (b'{"id": 1e999}', 'field "id" cannot be read'),
        (b'{"id": "a"} x', "wrong around byte 13"),
        ({"id": "a", "sent_at": "last May"}, '"sent_at" is no date that we can read'),
        ({"id": "a", "sent_at": "0001-01-01T00:00+14:00"}, '"sent_at" is no date'),
        (
            {"id": "a", "sender": {"created_on": "2011"}},
            '"sender.created_on" is no date',
        ),
        (b'{"id": "a", "x": ' + b"[" * 50_000 + b"}", "nested too deeply"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(
    line: bytes | dict[str, object], said: str
) -> None:
    assert said in refusal(line)


def test_a_bad_line_costs_only_itself_and_is_named_by_its_number() -> None:
    first, bad, last = read({"id": "a"}, b"nonsense", {"id": "b"})
    assert first == ContactRequest(id="a")
    assert isinstance(bad, Skipped)
    assert bad.line == 2
    assert last == ContactRequest(id="b")


def test_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    rows = read(b'\xef\xbb\xbf{"id": "a"}\r', b"", b"  ", b'{"id": "b"}', b"")
    assert rows == [ContactRequest(id="a"), ContactRequest(id="b")]


def test_a_line_without_end_is_never_held_in_memory() -> None:
    class Endless(io.RawIOBase):
        """Hands out many times the longest line, and notes what was asked for."""

        left = 3 * json_lines.LONGEST_LINE
        largest = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.largest = max(self.largest, size)
            taken = min(self.left, size)
            self.left -= taken
            return b"x" * taken

    stream = Endless()
    (row,) = json_lines.read(stream)  # type: ignore[arg-type]  # read is enough
    assert isinstance(row, Skipped)
    assert "longer than" in str(row.reason)
    assert stream.largest <= json_lines.LONGEST_LINE + 1


def test_the_line_after_one_that_is_too_long_is_read() -> None:
    rows = read(b"x" * (json_lines.LONGEST_LINE + 5), {"id": "b"})
    assert isinstance(rows[0], Skipped)
    assert rows[1] == ContactRequest(id="b")


def test_a_line_of_exactly_the_longest_length_is_read() -> None:
    frame = len(b'{"id":"a","note":""}')
    line = b'{"id":"a","note":"' + b"n" * (json_lines.LONGEST_LINE - frame) + b'"}'
    (row,) = read(line)
    assert isinstance(row, ContactRequest)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_reader(raw: bytes) -> None:
    with suppress(SourceError):  # packed, or the like
        for row in json_lines.read(io.BytesIO(raw)):
            assert isinstance(row, ContactRequest | Skipped)


@given(st.text(), st.text(max_size=40))
def test_a_note_arrives_to_the_letter(note: str, name: str) -> None:
    (row,) = read({"id": "a", "note": note, "sender": {"name": name}})
    assert isinstance(row, ContactRequest)
    assert (row.note, row.sender.name) == (note, name)
