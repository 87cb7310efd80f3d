from __future__ import annotations

import mailbox
import os
from email import message_from_bytes
from pathlib import Path

import pytest

from network_mails import SERVER, raw, samples
from vorzimmer.errors import SourceError
from vorzimmer.importers import sources_of
from vorzimmer.importers.mail_files import fits, read
from vorzimmer.intake import Intake, gather
from vorzimmer.items import FileRead, MailNotice
from vorzimmer.model import Channel, Skipped, TieKind
from vorzimmer.sources import take_in

SAMPLES = samples()


def write_mbox(path: Path) -> Path:
    """Write all samples as an mbox, the way the standard library does."""
    box = mailbox.mbox(path)
    for sample in SAMPLES.values():
        box.add(mailbox.mboxMessage(message_from_bytes(raw(sample))))
    box.close()
    return path


def write_maildir(path: Path) -> Path:
    box = mailbox.Maildir(path)
    for sample in SAMPLES.values():
        box.add(raw(sample))
    inner = box.add_folder("Netzwerke")
    inner.add(raw(SAMPLES["xing-request_de"]))
    (path / "tmp" / "half").write_bytes(raw(SAMPLES["xing-request_en"])[:300])
    return path


def names(source: Path) -> list[str]:
    items = read(source, trusted=[SERVER])
    found = (each.sender.name for each in items if isinstance(each, MailNotice))
    return sorted(name or "" for name in found)


EXPECTED = sorted(each["name"] for s in SAMPLES.values() for each in s["people"])


def test_an_mbox_gives_all_that_is_in_its_mails(tmp_path: Path) -> None:
    source = write_mbox(tmp_path / "Networks")
    assert fits(source)
    assert names(source) == EXPECTED
    assert list(read(source))[-1] == FileRead("Networks", len(SAMPLES))


def test_a_maildir_gives_the_same_and_is_left_as_it_is(tmp_path: Path) -> None:
    source = write_maildir(tmp_path / "mail")
    before = sorted(path.name for path in source.rglob("*"))
    assert fits(source)
    assert names(source) == sorted([*EXPECTED, "Birgit Wolters"])
    assert sorted(path.name for path in source.rglob("*")) == before


def test_a_folder_of_single_mails(tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    for number, sample in enumerate(SAMPLES.values()):
        folder = tmp_path / "2026" if number % 2 else tmp_path
        (folder / f"{number}.eml").write_bytes(raw(sample))
    (tmp_path / "INBOX.msf").write_text("From nowhere")
    assert fits(tmp_path)
    assert names(tmp_path) == EXPECTED
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == EXPECTED


def test_a_mail_that_is_not_understood_is_told_with_its_place(tmp_path: Path) -> None:
    source = tmp_path / "box.mbox"
    odd = (
        b"From: LinkedIn <invitations@linkedin.com>\nSubject: Invitation to connect\n\n"
    )
    source.write_bytes(
        b"From a\nSubject: x\n\nb\nFrom me\n\nFrom b\n"
        + odd
        + b">From here, nothing.\n"
    )
    items = list(read(source))
    skipped = [each for each in items if isinstance(each, Skipped)]
    assert [(each.file, each.line) for each in skipped] == [("box.mbox", 7)]
    assert items[-1] == FileRead("box.mbox", 2)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.mbox", None, "There is no such file or folder."),
        ("empty.mbox", b"", "There is no mail in it. Give an mbox file"),
    ],
)
def test_what_holds_no_mail_is_refused(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    source = tmp_path / name
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(SourceError, match=words):
        list(read(source))


def test_something_that_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.eml")
    with pytest.raises(SourceError, match="neither a file nor a folder"):
        list(read(tmp_path / "pipe.eml"))


def test_what_is_no_mail_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text("First Name,Last Name\n")
    assert not fits(tmp_path)
    assert not fits(tmp_path / "Connections.csv")
    assert not fits(tmp_path / "missing")


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    source = write_mbox(tmp_path_factory.mktemp("mails") / "all.mbox")
    return take_in(source, trusted=[SERVER])


def test_an_invitation_and_its_reminder_are_one_request(intake: Intake) -> None:
    (mira,) = [each for each in intake.requests if each.sender.name == "Mira Beispiel"]
    assert mira.channel is Channel.INVITATION_NOTE
    assert mira.sender.location == "Ulm, Baden-Württemberg"
    assert mira.note == "Hi Katrin,\n\nI'd like to join your LinkedIn network."
    assert mira.sent_at is not None


def test_who_accepted_is_a_contact(intake: Intake) -> None:
    known = {t.person.name for t in intake.ties if t.kind is TieKind.CONNECTION}
    assert known == {"Wim Bakker", "Uta Thies", "Knut Arndt"}


def test_the_member_is_who_the_mails_are_for(intake: Intake) -> None:
    assert (intake.member.first_name, intake.member.last_name) == ("Katrin", "Brandt")


def test_invitations_to_non_members_are_told(intake: Intake) -> None:
    assert any("vorzimmer nonmember" in str(each) for each in intake.notices)


def test_the_order_of_mails_does_not_matter(tmp_path: Path) -> None:
    items = list(read(write_mbox(tmp_path / "all.mbox"), trusted=[SERVER]))
    assert gather(reversed(items)).requests == gather(items).requests
    assert gather(items + items).requests == gather(items).requests


def test_without_any_proof_the_member_learns_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(raw(SAMPLES["xing-request_de"]))
    intake = take_in(tmp_path / "a.eml")
    assert intake.requests[0].is_origin_proven is False
    assert "mail.trusted_servers" in str(intake.notices[0])


OWN = "".join(
    f"From - x\nFrom: Katrin <katrin@example.org>\nTo: {to}\n"
    f"Date: 3 Jun {year} 10:00:00 +0200\nMessage-ID: <{year}@example.org>\n\nText\n\n"
    for to, year in (("imke@example.net", 2019), ("ole@example.net", 2024))
).encode()
WRITTEN_TO = {
    "imke@example.net": TieKind.MAILED,
    "ole@example.net": TieKind.MAILED,
}


def network_mbox(path: Path, *names: str) -> Path:
    box = mailbox.mbox(path)
    for name in names:
        box.add(mailbox.mboxMessage(message_from_bytes(raw(SAMPLES[name]))))
    box.close()
    return path


MANY = [each for each in SAMPLES if each.startswith("linkedin-")][:12]


def kinds(found: Intake) -> dict[str | None, TieKind]:
    return {each.person.email: each.kind for each in found.ties if each.person.email}


def test_a_folder_of_both_gives_requests_and_whom_one_wrote_to(tmp_path: Path) -> None:
    (tmp_path / "Sent").write_bytes(OWN)
    network_mbox(tmp_path / "Networks", *MANY)
    (tmp_path / "one.eml").write_bytes(raw(SAMPLES["xing-request_de"]))
    (tmp_path / "people.vcf").write_text("BEGIN:VCARD\nFN:Ole Tamm\nEND:VCARD\n")
    assert sources_of(tmp_path) == ("vcard", "sent_mail", "mail_files")
    found = take_in(tmp_path, trusted=[SERVER])
    assert kinds(found) == WRITTEN_TO
    asking = {each.sender.name for each in found.requests}
    assert {"Mira Beispiel", "Birgit Wolters"} <= asking
    assert found.notices == take_in(tmp_path / "Networks", trusted=[SERVER]).notices
    # Each mail counts once, though it is looked at twice; the card is no mail.
    assert found.counts[tmp_path.name] == len(MANY) + 2 + 1


@pytest.mark.parametrize("is_named_sent", [True, False])
def test_a_mailbox_of_both_gives_both(tmp_path: Path, *, is_named_sent: bool) -> None:
    source = network_mbox(tmp_path / ("Sent" if is_named_sent else "All.mbox"), *MANY)
    source.write_bytes(source.read_bytes() + OWN)
    found = take_in(source, trusted=[SERVER])
    assert len(found.requests) >= len(MANY) // 2
    assert found.counts == {source.name: len(MANY) + 2}
    assert kinds(found) == WRITTEN_TO


def test_who_only_gets_mails_of_networks_is_not_asked_who_they_are(
    tmp_path: Path,
) -> None:
    # All from one address to one: neither wrote most of them.
    source = network_mbox(tmp_path / "box", "linkedin-invitation_default_en")
    found = take_in(source, trusted=[SERVER])
    assert (len(found.requests), found.ties, found.notices) == (1, (), ())


def test_an_empty_mailbox_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "empty.mbox").write_bytes(b"")
    with pytest.raises(SourceError, match=r"There is no mail in it\."):
        take_in(tmp_path / "empty.mbox")
