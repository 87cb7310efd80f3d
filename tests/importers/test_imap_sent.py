"""Own sent mail from a mailbox, of a real mail server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dovecot import PASSWORD, USER, Breaking, Dovecot, running
from vorzimmer.desk import Desk
from vorzimmer.errors import ConnectionLostError, SourceError
from vorzimmer.importers import imap_sent
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import TieKind
from vorzimmer.rereading import read_remote, remote_named
from vorzimmer.settings import Settings
from vorzimmer.watch import fetch_sent

TEXT = "Words that are nobody else's business."


def mail(to: str, day: int, *, automatic: bool = False) -> bytes:
    more = "Auto-Submitted: auto-replied\r\n" if automatic else ""
    return (
        f"From: Katrin Brandt <{USER}>\r\nTo: {to} <{to.lower()}@example.net>\r\n"
        f"Date: {day} Jun 2026 10:00:00 +0200\r\nMessage-ID: <{to}{day}@x>\r\n{more}"
        f"Subject: Kuchen\r\n\r\n{TEXT}\r\n"
    ).encode()


MAILS = [
    *(mail("Ida", day) for day in range(1, 13)),
    *(mail("Jan", day) for day in range(1, 4)),
    mail("Bot", 5, automatic=True),
]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_sent, "_AT_ONCE", 4)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(database=str(tmp_path / "desk.db"))) as opened:
        yield opened


def box_of(server: Dovecot, folder: str, *, port: int | None = None) -> Mailbox:
    server_box = server.mailbox(port=port)
    return replace(server_box, sent=folder)


def written(desk: Desk) -> dict[str, int | None]:
    with desk._store.reading() as store:  # noqa: SLF001 - what no page shows at once
        ties = [each for each in store.ties() if each.kind is TieKind.MAILED]
        return {each.person.name or "": each.count for each in ties}


def test_it_says_to_whom_one_wrote_and_brings_no_word(
    dovecot: Dovecot, desk: Desk, tmp_path: Path
) -> None:
    dovecot.fill("Sent", MAILS)
    box = box_of(dovecot, "Sent")
    reports = fetch_sent(desk, box, password=PASSWORD)
    assert written(desk) == {"Ida": 12, "Jan": 3}
    assert sum(sum(each.counts.values()) for each in reports) == len(MAILS)
    assert dovecot.unread("Sent") == len(MAILS)
    stored = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert TEXT.encode() not in stored
    assert fetch_sent(desk, box, password=PASSWORD) == []
    (source,) = desk.sources.read()
    assert (source.kinds, source.label, source.ties) == (
        ("imap_sent",),
        "test (Sent)",
        2,
    )


def test_the_next_reading_adds_only_what_is_new(dovecot: Dovecot, desk: Desk) -> None:
    dovecot.fill("More", MAILS[:2])
    box = box_of(dovecot, "More")
    fetch_sent(desk, box, password=PASSWORD)
    with dovecot.client() as client:
        for each in (MAILS[3], MAILS[12]):
            client.append("More", "", "", each)
    fetch_sent(desk, box, password=PASSWORD)
    assert written(desk) == {"Ida": 3, "Jan": 1}


@pytest.mark.parametrize("size", [1, 100])
def test_a_copy_counts_once_also_when_it_comes_later(
    dovecot: Dovecot, desk: Desk, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vorzimmer.sources._ROWS_A_STEP", size)
    folder = f"Copies{size}"
    dovecot.fill(folder, [*MAILS, *MAILS[:3]])
    box = box_of(dovecot, folder)
    fetch_sent(desk, box, password=PASSWORD)
    assert written(desk) == {"Ida": 12, "Jan": 3}
    with dovecot.client() as client:
        for each in (MAILS[3], mail("Jan", 9), MAILS[12]):
            client.append(folder, "", "", each)
    fetch_sent(desk, box, password=PASSWORD)
    assert written(desk) == {"Ida": 12, "Jan": 4}
    dovecot.fill(folder, [*MAILS[:5], MAILS[0]])
    fetch_sent(desk, box, password=PASSWORD)
    assert written(desk) == {"Ida": 5}
    desk.sources.forget(desk.sources.read()[0].id)
    fetch_sent(desk, box, password=PASSWORD)
    assert written(desk) == {"Ida": 5}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_broken_connection_counts_nothing_twice(
    dovecot: Dovecot, desk: Desk, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vorzimmer.sources._ROWS_A_STEP", 1)
    dovecot.fill("Broken", MAILS)
    with closing(Breaking(dovecot.port, after=1_000_000)) as passing:
        whole = dovecot.mailbox(port=passing.port, folder="Broken")
        list(imap_sent.read(whole, password=PASSWORD))
        size = passing.passed
    with closing(Breaking(dovecot.port, after=int(share * size))) as breaking:
        broken = box_of(dovecot, "Broken", port=breaking.port)
        with pytest.raises(ConnectionLostError):
            fetch_sent(desk, broken, password=PASSWORD)
    fetch_sent(desk, box_of(dovecot, "Broken"), password=PASSWORD)
    assert written(desk) == {"Ida": 12, "Jan": 3}


def test_a_folder_numbered_anew_counts_nothing_twice(
    dovecot: Dovecot, desk: Desk
) -> None:
    dovecot.fill("Renewed", MAILS)
    box = box_of(dovecot, "Renewed")
    fetch_sent(desk, box, password=PASSWORD)
    dovecot.fill("Renewed", MAILS[:10])
    told = fetch_sent(desk, box, password=PASSWORD)
    assert written(desk) == {"Ida": 10}
    assert any("numbered" in str(row.reason) for e in told for row in e.about_files)


def test_without_the_setting_nothing_is_asked(desk: Desk) -> None:
    nowhere = Mailbox(name="x", host="127.0.0.1", user="x", port=9)
    assert fetch_sent(desk, nowhere, password="x") == []  # noqa: S106 - of nobody


def test_a_wrong_name_is_answered_with_those_that_there_are(
    dovecot: Dovecot, desk: Desk
) -> None:
    dovecot.fill("Gesendet", MAILS[:1])
    with pytest.raises(SourceError, match="Gesendet"):
        fetch_sent(desk, box_of(dovecot, "Sent Items"), password=PASSWORD)


def test_it_is_read_again_from_the_page_of_sources(
    dovecot: Dovecot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.fill("Page", MAILS)
    box = box_of(dovecot, "Page")
    desk.settings = replace(desk.settings, mailboxes={"test": box})
    monkeypatch.setenv(box.variable, PASSWORD)
    remote = remote_named(desk.settings, "imap_sent", "test")
    report = read_remote(desk, remote)
    assert report is not None
    assert (report.ties, remote.label) == (2, "test (Page)")
    assert read_remote(desk, remote) is None
    desk.sources.forget(desk.sources.read()[0].id)
    assert written(desk) == {}
    read_remote(desk, remote)
    assert written(desk) == {"Ida": 12, "Jan": 3}
