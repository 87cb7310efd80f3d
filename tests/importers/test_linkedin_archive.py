from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import HEADERS, PREAMBLE, Content, table, write_folder, write_zip
from vorzimmer.importers import SOURCES
from vorzimmer.importers.linkedin_archive import read
from vorzimmer.items import (
    Account,
    Connection,
    FileRead,
    Invitation,
    Item,
    Message,
    OwnFact,
)
from vorzimmer.linkedin import FILES
from vorzimmer.model import Person, Skipped

# A busy machine is no fault of ours; hanging is.
UNHURRIED = settings(deadline=10_000, max_examples=50)
IN = "https://www.linkedin.com/in/"
DATA = Path(__file__).parents[2].parent / "shared" / "data" / "archives"
PUBLIC = sorted(DATA.glob("*.zip"))

PROFILE = {"First Name": "Jonas", "Last Name": "Probe", "Headline": "Bauer"}
CONNECTION = {
    "First Name": "Lena",
    "Last Name": "Holz",
    "URL": f"{IN}lena-holz",
    "Company": 'Müller, Holz & Co. "KG"',
    "Connected On": "12 Jan 2023",
}
HIDDEN = {"Connected On": "07 Jun 2026"}
INVITATION = {
    "From": "Mira Muster",
    "To": "Jonas Probe",
    "Sent At": "9/20/26, 4:10\u202fPM",
    "Message": "Hallo Jonas,\nbis bald, Mira",
    "Direction": "INCOMING",
    "inviterProfileUrl": f"{IN}mira-muster",
    "inviteeProfileUrl": f"{IN}jonas-probe",
}
MESSAGE = {
    "CONVERSATION ID": "2-abc==",
    "FROM": "Rex Kauf",
    "SENDER PROFILE URL": f"{IN}rex-kauf",
    "TO": "Jonas Probe",
    "RECIPIENT PROFILE URLS": f"{IN}jonas-probe",
    "DATE": "2026-01-06 08:15:31 UTC",
    "CONTENT": "Guten Tag,\n\nhaben Sie 15 Minuten?",
    "FOLDER": "INBOX",
    "IS MESSAGE DRAFT": "No",
}
ARCHIVE: dict[str, Content] = {
    "messages.csv": [MESSAGE, {**MESSAGE, "IS MESSAGE DRAFT": "Yes"}],
    "Connections.csv": [CONNECTION, HIDDEN],
    "Invitations.csv": [INVITATION],
    "Profile.csv": [PROFILE],
}
Write = Callable[[Path, Mapping[str, Content]], Path]


def items(source: Path) -> list[Item]:
    return list(read(source))


def reasons(source: Path) -> list[tuple[str, int, str]]:
    return [
        (each.file, each.line, str(each.reason))
        for each in read(source)
        if isinstance(each, Skipped)
    ]


def assert_reconciled(found: list[Item]) -> None:
    """All rows of each file are items, or skipped with a line."""
    count = 0
    for each in found:
        if isinstance(each, FileRead):
            assert each.rows is None or each.rows == count, each
            count = 0
        elif not isinstance(each, Skipped) or each.line > 0:
            count += 1
    assert count == 0


@pytest.mark.parametrize("write", [write_zip, write_folder])
@pytest.mark.parametrize("top", ["", "Basic_LinkedInDataExport_03-09-2026/"])
def test_an_archive_is_read_from_the_member_to_the_messages(
    tmp_path: Path, write: Write, top: str
) -> None:
    source = write(tmp_path / "a.zip", {top + k: v for k, v in ARCHIVE.items()})
    found = items(source)
    jonas = Person(name="Jonas Probe", profile_url=f"{IN}jonas-probe")
    assert [each for each in found if not isinstance(each, Skipped)] == [
        Account(first_name="Jonas", last_name="Probe", headline="Bauer"),
        FileRead("Profile.csv", 1),
        Invitation(
            sender=Person(name="Mira Muster", profile_url=f"{IN}mira-muster"),
            recipient=jonas,
            is_incoming=True,
            note="Hallo Jonas,\nbis bald, Mira",
            sent_at=datetime(2026, 9, 20, 16, 10, tzinfo=UTC),
        ),
        FileRead("Invitations.csv", 1),
        Connection(
            person=Person(
                name="Lena Holz",
                company='Müller, Holz & Co. "KG"',
                profile_url=f"{IN}lena-holz",
            ),
            connected_on=date(2023, 1, 12),
        ),
        FileRead("Connections.csv", 2),
        Message(
            conversation_id="2-abc==",
            sender=Person(name="Rex Kauf", profile_url=f"{IN}rex-kauf"),
            recipients=(jonas,),
            sent_at=datetime(2026, 1, 6, 8, 15, 31, tzinfo=UTC),
            text="Guten Tag,\n\nhaben Sie 15 Minuten?",
            folder="INBOX",
        ),
        FileRead("messages.csv", 2),
    ]
    assert reasons(source) == [
        (
            "Connections.csv",
            6,
            "This contact closed or hid their profile; only a date is left.",
        ),
        ("messages.csv", 5, "This is a draft that was never sent."),
    ]
    assert_reconciled(found)


def test_the_second_half_of_an_archive_lacks_only_the_profile(tmp_path: Path) -> None:
    files = {name: rows for name, rows in ARCHIVE.items() if name != "Profile.csv"}
    found = items(write_zip(tmp_path / "two.zip", files))
    assert found[0] == FileRead("Profile.csv", None)
    assert Counter(type(each) for each in found)[Message] == 1


def test_the_first_half_of_an_archive_says_what_is_missing(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "one.zip", {"Profile.csv": [PROFILE]})
    missing = [each for each in items(source) if isinstance(each, FileRead)]
    assert [(each.file, each.rows) for each in missing] == [
        ("Profile.csv", 1),
        ("Invitations.csv", None),
        ("Connections.csv", None),
        ("messages.csv", None),
    ]


def test_a_single_file_of_the_archive_is_read_by_itself(tmp_path: Path) -> None:
    write_folder(tmp_path, ARCHIVE)
    found = items(tmp_path / "Connections.csv")
    assert isinstance(found[0], Connection)
    assert [each for each in found if isinstance(each, FileRead)] == [
        FileRead("Connections.csv", 2)
    ]


def test_look_alikes_are_not_read(tmp_path: Path) -> None:
    chats = table([MESSAGE], HEADERS["messages.csv"])
    files = {**ARCHIVE, "guide_messages.csv": chats, "coach/coach_messages.csv": chats}
    source = write_zip(tmp_path / "a.zip", files)
    assert Counter(map(type, items(source)))[Message] == 1


def test_of_two_files_with_one_name_the_topmost_is_read(tmp_path: Path) -> None:
    below: Content = [{**PROFILE, "First Name": "Somebody"}]
    source = write_zip(
        tmp_path / "a.zip", {"Jobs/Profile.csv": below, "Profile.csv": [PROFILE]}
    )
    found = [each for each in items(source) if isinstance(each, Account)]
    assert [each.first_name for each in found] == ["Jonas"]


def test_numbered_parts_of_a_file_are_all_read(tmp_path: Path) -> None:
    skills: dict[str, Content] = {
        "Skills_1.csv": "Name\nMelken\n",
        "Skills_2.csv": "Name\nPflügen\n",
    }
    found = items(write_zip(tmp_path / "a.zip", {**ARCHIVE, **skills}))
    assert [each.value for each in found if isinstance(each, OwnFact)] == [
        "Melken",
        "Pflügen",
    ]


OLD_HEADERS = {
    "Invitations.csv": "From,To,Sent At,Message,Direction",
    "Connections.csv": (
        "First Name,Last Name,Email Address,Company,Position,Connected On"
    ),
    "messages.csv": (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,"
        "CONTENT,FOLDER"
    ),
}


def only(rows: Content, header: str) -> list[dict[str, str]]:
    """Return the rows with the cells that an older header has."""
    assert not isinstance(rows, str | bytes)
    names = header.split(",")
    return [{k: v for k, v in row.items() if k in names} for row in rows]


@pytest.mark.parametrize("name", OLD_HEADERS)
def test_headers_before_2023_lose_nothing_but_addresses(
    tmp_path: Path, name: str
) -> None:
    header = OLD_HEADERS[name]
    old = table(only(ARCHIVE[name], header), header.split(","))
    found = items(write_zip(tmp_path / "a.zip", {**ARCHIVE, name: old}))
    kinds = Counter(type(each) for each in found)
    assert (kinds[Invitation], kinds[Connection]) == (1, 1)
    assert kinds[Message] == (2 if name == "messages.csv" else 1)  # no drafts marked


def test_messages_of_2018_without_conversation_ids_are_read(tmp_path: Path) -> None:
    old = (
        "From,To,Date,Subject,Content,Direction,Folder\n"
        'Rex Kauf,Jonas Probe,"5 Mar 2018, 14:22",,Guten Tag,INCOMING,INBOX\n'
    )
    found = items(write_zip(tmp_path / "a.zip", {"messages.csv": old}))
    [message] = [each for each in found if isinstance(each, Message)]
    assert message.sent_at == datetime(2018, 3, 5, 14, 22, tzinfo=UTC)
    assert message.conversation_id


@pytest.mark.parametrize("quotes_all", [True, False])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_quotes_and_byte_order_marks_change_nothing(
    tmp_path: Path, mark: str, *, quotes_all: bool
) -> None:
    name = "Connections.csv"
    text = mark + table(
        [CONNECTION], HEADERS[name], quotes_all=quotes_all, preamble=PREAMBLE
    )
    found = items(write_zip(tmp_path / "a.zip", {name: text}))
    assert Counter(map(type, found))[Connection] == 1


def test_german_headers_are_read_through_their_aliases(tmp_path: Path) -> None:
    text = (
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n"
        f"Lena,Holz,{IN}lena-holz,,Hof AG,Chefin,03 Apr 2022\n"
    )
    found = items(write_zip(tmp_path / "a.zip", {"Connections.csv": text}))
    [connection] = [each for each in found if isinstance(each, Connection)]
    assert connection.person.company == "Hof AG"
    assert connection.connected_on == date(2022, 4, 3)


def test_a_file_saved_again_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    text = (
        "First Name;Last Name;Email Address;Company;Position;Connected On;Remarks\n"
        "Jörg;Holz;;Hof AG;Chef;5-Jun-24;\n"
    ).encode("cp1252")
    source = write_zip(tmp_path / "a.zip", {"Connections.csv": text})
    [connection] = [each for each in items(source) if isinstance(each, Connection)]
    assert connection.person.name == "Jörg Holz"
    assert connection.connected_on == date(2024, 6, 5)
    [(file, line, reason)] = reasons(source)
    assert (file, line) == ("Connections.csv", 0)
    assert "not UTF-8" in reason


def test_html_in_names_and_notes_stays_text(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    row = {**INVITATION, "From": f"Mira {evil}", "Message": evil}
    found = items(write_zip(tmp_path / "a.zip", {"Invitations.csv": [row]}))
    [invitation] = [each for each in found if isinstance(each, Invitation)]
    assert invitation.sender.name == f"Mira {evil}"
    assert invitation.note == evil


@pytest.mark.parametrize("content", ["No conversations found\n", "", "\n\n"])
def test_a_file_without_a_table_is_no_error(tmp_path: Path, content: str) -> None:
    source = write_zip(tmp_path / "a.zip", {**ARCHIVE, "messages.csv": content})
    assert items(source)[-1] == FileRead("messages.csv", 0)
    assert reasons(source)[-1][:2] == ("messages.csv", 0)


def test_all_known_files_are_read_with_todays_headers(tmp_path: Path) -> None:
    assert HEADERS.keys() == {known.name for known in FILES}
    files = {name: table([], header) for name, header in HEADERS.items()}
    found = items(write_zip(tmp_path / "a.zip", files))
    assert found == [FileRead(known.name, 0) for known in FILES]


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="ÃÂâ&<"),
    max_size=30,
).map(lambda text: " ".join(text.split()))


@UNHURRIED
@given(rows=st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "again.zip"
    text = '{}\n“{}”, "{}"'
    files: dict[str, Content] = {
        "messages.csv": [
            {**MESSAGE, "FROM": f"x{a}", "SUBJECT": b, "CONTENT": text.format(a, b, c)}
            for a, b, c in rows
        ],
        "Invitations.csv": [
            {**INVITATION, "From": f"x{a}", "Message": text.format(a, b, c)}
            for a, b, c in rows
        ],
    }
    found = items(write_zip(path, files))
    messages = [each for each in found if isinstance(each, Message)]
    invitations = [each for each in found if isinstance(each, Invitation)]
    expected = [(f"x{a}", text.format(a, b, c).strip()) for a, b, c in rows]
    assert [(each.sender.name, each.text) for each in messages] == expected
    assert [(each.sender.name, each.note) for each in invitations] == expected
    assert [each.subject for each in messages] == [b for _, b, _ in rows]
    assert_reconciled(found)


@pytest.mark.skipif(not PUBLIC, reason="the public archives are not beside this clone")
@pytest.mark.parametrize("source", PUBLIC, ids=lambda path: path.stem)
def test_public_archives_reconcile(source: Path) -> None:
    found = items(source)
    assert_reconciled(found)
    assert all(each.line > 0 for each in found if isinstance(each, Skipped))
    kinds = Counter(map(type, found))
    assert kinds[Message] >= 3
    assert kinds[Connection] >= 3


def test_the_importer_is_among_the_sources() -> None:
    assert "linkedin_archive" in SOURCES
