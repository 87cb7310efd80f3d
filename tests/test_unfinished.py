"""A reading of a mailbox that is interrupted goes on where it ended."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
import zlib
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_line import CommandLine
from network_mails import SERVER, TOKEN, raw, samples
from stores import NOON, empty_file
from vorzimmer.desk import Desk, ImportReport, Progress
from vorzimmer.errors import OtherMemberError, StoreError
from vorzimmer.importers import mail_files, sent_mail
from vorzimmer.intake import Intake
from vorzimmer.items import Cursor, FileRead, Item, MailNotice, NoticeKind, SentMail
from vorzimmer.mails import MailRead, read_mail
from vorzimmer.model import Member, Person, Skipped, say
from vorzimmer.sample import write_archive
from vorzimmer.settings import MailSettings, Settings
from vorzimmer.store import Store
from vorzimmer.unfinished import Unfinished, went_on
from web_client import client_of

NETWORK_MAILS = [raw(each) for each in list(samples().values())[::6]]
OWN = [
    (
        f"From: Katrin <katrin@example.org>\nTo: Ida {n % 7} <ida{n % 7}@example.net>\n"
        f"Date: Mon, {n + 1} Jun 2026 10:00:00 +0200\nMessage-ID: <{n}@x>\n\nHallo\n"
    ).encode()
    for n in range(16)
]


STORING = 1_000  # what is later than all rows: when all was read


class StoppedError(Exception):
    """The machine went off."""


def mbox_of(file: Path, mails: list[bytes]) -> Path:
    text = b"".join(b"From x Mon Jun  1 10:00:00 2026\n" + e + b"\n\n" for e in mails)
    file.write_bytes(text.replace(b"\r\n", b"\n"))
    return file


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    return mbox_of(tmp_path / "all.mbox", OWN[:9] + NETWORK_MAILS + OWN[9:])


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_files, "AT_ONCE", 3)
    monkeypatch.setattr(sent_mail, "AT_ONCE", 4)
    monkeypatch.setattr("vorzimmer.sources._ROWS_BETWEEN_NEWS", 1)


def desk_in(folder: Path) -> Desk:
    folder.mkdir(exist_ok=True)
    place = empty_file(folder)
    settings = Settings(database=str(place), mail=MailSettings(trusted_servers=SERVER))
    return Desk(settings, Store.open(str(place)), now=lambda: NOON)


def left_in(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if "-reading-" in each.name)


def read(desk: Desk, source: Path, *, stop_at: int | None = None) -> ImportReport:
    def tell(progress: Progress) -> None:
        is_there = stop_at is not None and progress.rows >= stop_at
        if is_there or (stop_at is not None and progress.stage == "storing"):
            raise StoppedError

    return desk.import_from(source, progress=tell)


def everything(folder: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(folder / "vorzimmer.db")) as db:
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608 - our own names
            for (name,) in tables.fetchall()
        }


@given(stops=st.lists(st.integers(0, 45), max_size=3))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_it_stops_it_ends_as_one_that_did_not(
    mbox: Path, tmp_path: Path, stops: list[int]
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for each in (whole, broken):
        shutil.rmtree(each, ignore_errors=True)
    with desk_in(whole) as desk:
        expected = read(desk, mbox)
    with desk_in(broken) as desk:
        for stop in stops:
            with pytest.raises(StoppedError):
                read(desk, mbox, stop_at=stop)
            assert desk.imports() == ()
        report = read(desk, mbox)
        assert left_in(broken) == []
    assert replace(report, rows_before=0) == expected
    assert (report.new_requests > 5, report.ties > 5) == (True, True)
    assert everything(broken) == everything(whole)


def test_what_was_read_is_not_read_again(
    mbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []

    def counted(data: bytes, *, trusted: Collection[str]) -> MailRead:
        looked_at.append(len(data))
        return read_mail(data, trusted=trusted)

    monkeypatch.setattr(mail_files, "read_mail", counted)
    with desk_in(tmp_path) as desk:
        with pytest.raises(StoppedError):
            read(desk, mbox, stop_at=STORING)
        first = len(looked_at)
        (left,) = left_in(tmp_path)
        assert stat.S_IMODE(left.stat().st_mode) == 0o600
        report = read(desk, mbox)
    assert (first, len(looked_at) - first < 3) == (len(NETWORK_MAILS), True)
    assert report.rows_before > len(OWN)
    assert str(went_on(report.rows_before)).startswith("Went on at row ")


def stopped(folder: Path, mbox: Path) -> Path:
    """Return what a reading left that stopped at its end."""
    with desk_in(folder) as desk, pytest.raises(StoppedError):
        read(desk, mbox, stop_at=STORING)
    (left,) = left_in(folder)
    return left


def test_no_token_of_a_mail_lies_in_it(tmp_path: Path) -> None:
    mails = [raw(each) for each in samples().values()]
    left = stopped(tmp_path, mbox_of(tmp_path / "all.mbox", mails))
    data, words, at = left.read_bytes(), b"", 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        words += zlib.decompress(data[at + 20 : at + 20 + length])
        at += 20 + length
    assert b"Mira Beispiel" in words
    assert TOKEN.encode() not in words


def test_a_changed_mailbox_is_read_from_its_beginning(
    mbox: Path, tmp_path: Path
) -> None:
    stopped(tmp_path, mbox)
    mbox_of(mbox, OWN[1:9] + NETWORK_MAILS + OWN[9:])
    with desk_in(tmp_path) as desk:
        report = read(desk, mbox)
    assert (report.rows_before, sum(report.counts.values())) == (0, 24)
    shorter = replace(report, rows_before=0)
    with desk_in(tmp_path / "other") as desk:
        assert read(desk, mbox) == shorter


def test_with_other_trusted_servers_it_begins_anew(mbox: Path, tmp_path: Path) -> None:
    stopped(tmp_path, mbox)
    with desk_in(tmp_path) as desk:
        desk.settings = replace(desk.settings, mail=MailSettings())
        assert read(desk, mbox).rows_before == 0


@pytest.mark.parametrize("lost", [1, 40])
def test_a_portion_that_was_being_written_counts_for_nothing(
    mbox: Path, tmp_path: Path, lost: int
) -> None:
    left = stopped(tmp_path, mbox)
    whole = left.read_bytes()
    with desk_in(tmp_path / "whole") as desk:
        expected = read(desk, mbox)
    left.write_bytes(whole[:-lost] + b"?" * (lost // 2))
    with desk_in(tmp_path) as desk:
        report = read(desk, mbox)
    assert report.rows_before > 0
    assert replace(report, rows_before=0) == expected


def test_a_portion_of_another_program_counts_for_nothing(
    mbox: Path, tmp_path: Path
) -> None:
    left = stopped(tmp_path, mbox)
    whole = left.read_bytes()
    left.write_bytes(whole + whole)  # the same reading, twice at once
    with desk_in(tmp_path / "whole") as desk:
        expected = read(desk, mbox)
    with desk_in(tmp_path) as desk:
        assert replace(read(desk, mbox), rows_before=0) == expected


def test_nothing_is_taken_from_where_a_link_leads(mbox: Path, tmp_path: Path) -> None:
    left = stopped(tmp_path, mbox)
    elsewhere = left.rename(tmp_path / "elsewhere")
    left.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    with desk_in(tmp_path) as desk:
        assert read(desk, mbox).rows_before == 0
    assert elsewhere.read_bytes() == before


def test_who_belongs_to_somebody_else_leaves_nothing(
    mbox: Path, tmp_path: Path
) -> None:
    with desk_in(tmp_path) as desk:
        desk.keep(Intake(member=Member(name="Zora Quist")), "hers")
        with pytest.raises(OtherMemberError):
            read(desk, mbox)
    assert left_in(tmp_path) == []


def test_what_the_database_refuses_is_kept_for_another_try(
    mbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> NoReturn:
        raise StoreError(say("The disk is full."))

    with desk_in(tmp_path) as desk:
        with monkeypatch.context() as broken:
            broken.setattr("vorzimmer.desk.keep", full)
            with pytest.raises(StoreError):
                read(desk, mbox)
        assert read(desk, mbox).rows_before > 0


def test_it_goes_with_what_is_forgotten_and_after_a_month(
    mbox: Path, tmp_path: Path
) -> None:
    stopped(tmp_path, mbox)
    with desk_in(tmp_path) as desk:
        desk.privacy.forget_everything(is_for_good=False)
    assert left_in(tmp_path) == []
    left = stopped(tmp_path, mbox)
    long_ago = (NOON - timedelta(days=31)).timestamp()
    os.utime(left, (long_ago, long_ago))
    with desk_in(tmp_path) as desk:
        assert read(desk, mbox).rows_before == 0


def test_a_maildir_goes_on_too(tmp_path: Path) -> None:
    box = tmp_path / "Mail"
    for part in ("cur", "new", "tmp"):
        (box / part).mkdir(parents=True)
    for number, mail in enumerate(OWN + NETWORK_MAILS):
        (box / "cur" / f"{number:03}:2,S").write_bytes(mail)
    with desk_in(tmp_path / "whole") as desk:
        expected = read(desk, box)
    with desk_in(tmp_path) as desk:
        with pytest.raises(StoppedError):
            read(desk, box, stop_at=20)
        report = read(desk, box)
    assert (report.rows_before > 15, expected.ties > 5) == (True, True)
    assert replace(report, rows_before=0) == expected


def test_an_archive_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    """Half of its contacts would make strangers of the rest.

    To keep its rows aside costs each import more than it saves a broken one.
    """
    archive = write_archive(tmp_path)
    with desk_in(tmp_path) as desk:
        with pytest.raises(StoppedError):
            read(desk, archive, stop_at=1000)
        assert (left_in(tmp_path), desk.imports()) == ([], ())


def test_the_command_says_that_it_is_kept_and_where_it_went_on(
    tmp_path: Path, mbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    run = CommandLine(tmp_path)
    with monkeypatch.context() as stopping:
        stopping.setattr("vorzimmer.desk.keep", stop)
        first = run("import", str(mbox))
    assert (first.exit_code, first.stderr) == (
        130,
        "What was read is kept; the next run goes on from there.\n",
    )
    second = run("--language", "de", "import", str(mbox))
    assert second.exit_code == 0
    assert "Weiter ab Zeile 33: " in second.stderr
    assert "Weiter ab" not in run("--language", "de", "import", str(mbox)).stderr


def test_the_desk_goes_on_with_the_same_file_handed_over_again(
    tmp_path: Path, mbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> NoReturn:
        raise StoreError(say("The disk is full."))

    with desk_in(tmp_path) as desk:
        client = client_of(desk).enter()
        imports = client.app.state.office.imports
        with monkeypatch.context() as broken:
            broken.setattr("vorzimmer.desk.keep", full)
            client.upload(mbox.name, mbox.read_bytes())
            imports.wait(10)
        assert "The disk is full." in client.get("/import").text
        client.upload(mbox.name, mbox.read_bytes())
        imports.wait(10)
        assert "Went on at row" in client.get("/import").text


words = st.text(max_size=12)
kept_items = (
    st.builds(FileRead, words, st.none() | st.integers(0, 9))
    | st.builds(
        SentMail,
        sender=words,
        recipients=st.lists(st.builds(Person, name=words), max_size=2).map(tuple),
        sent_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    )
    | st.builds(
        MailNotice,
        network=words,
        kind=st.sampled_from(NoticeKind),
        sender=st.builds(Person, name=words, mutual_contacts_count=st.integers(0, 9)),
        note=st.none() | words,
        mailed_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    )
    | st.builds(
        Skipped,
        words,
        st.integers(0, 9),
        st.builds(say, words, name=words, most=st.integers(0, 9)),
    )
)


@given(items=st.lists(kept_items, max_size=6), at=st.integers(0, 6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_that_mails_yield_comes_back_as_it_was(
    tmp_path: Path, items: list[Item], at: int
) -> None:
    file = tmp_path / "items"
    file.unlink(missing_ok=True)
    with suppress(StoppedError), Unfinished(file) as first:
        assert list(first.watched([*items[:at], Cursor("k 1")])) == items[:at]
        raise StoppedError
    with Unfinished(file) as second:
        read_before = list(second.watched([]))
    halves = re.compile(r"\\ud[89a-f]")  # of surrogate pairs, as ascii() writes them
    can_be_kept = not any(halves.search(ascii(each)) for each in items[:at])
    assert read_before == (items[:at] if can_be_kept else [])
    assert second.cursor == ("k 1" if can_be_kept else "")
    assert not file.exists()
