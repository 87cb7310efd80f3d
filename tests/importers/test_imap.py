"""Reading a mailbox, from a real mail server on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from dovecot import PASSWORD, Breaking, Dovecot, running
from network_mails import SERVER, raw, samples
from vorzimmer.errors import ConnectionLostError, SourceError
from vorzimmer.importers import imap
from vorzimmer.items import Cursor, FileRead, Item, MailNotice
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import Skipped
from vorzimmer.sources import Step, take_in_steps

SAMPLES = samples()
MAILS = [raw(each) for each in SAMPLES.values()]
NAMES = sorted(each["name"] for s in SAMPLES.values() for each in s["people"])
# What their senders do not name, the server cannot find for us.
OTHERS = [
    b"From: Anna Feddersen <anna@example.org>\r\nSubject: Kuchen\r\n\r\nAm Sonntag?\r\n"
] * 5


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        server.fill("INBOX", OTHERS + MAILS, read=len(OTHERS) + len(MAILS) // 2)
        yield server


def read(mailbox: Mailbox, *, cursor: str = "") -> list[Item]:
    return list(imap.read(mailbox, password=PASSWORD, trusted=[SERVER], cursor=cursor))


def names(items: list[Item]) -> list[str]:
    found = (each.sender.name for each in items if isinstance(each, MailNotice))
    return sorted(name or "" for name in found)


def last_cursor(items: list[Item]) -> str:
    return [each.value for each in items if isinstance(each, Cursor)][-1]


def refusal(mailbox: Mailbox, password: str = PASSWORD) -> SourceError:
    with pytest.raises(SourceError) as caught:
        list(imap.read(mailbox, password=password))
    assert password not in str(caught.value)
    return caught.value


def test_all_mails_are_read_and_none_is_marked_as_read(dovecot: Dovecot) -> None:
    unread = dovecot.unread("INBOX")
    items = read(dovecot.mailbox())
    assert len(MAILS) >= 40
    assert names(items) == NAMES
    assert dovecot.unread("INBOX") == unread > 20


def test_unread_mails_come_first(dovecot: Dovecot) -> None:
    found = [each for each in read(dovecot.mailbox()) if isinstance(each, MailNotice)]
    half = SAMPLES[list(SAMPLES)[-2]]["people"][0]["name"]
    assert half in {each.sender.name for each in found[: len(found) // 2]}
    assert found[-1].sender.name == SAMPLES[next(iter(SAMPLES))]["people"][0]["name"]


def test_the_next_reading_brings_only_what_is_new(dovecot: Dovecot) -> None:
    dovecot.fill("Later", MAILS[:6])
    first = read(dovecot.mailbox(folder="Later"))
    again = read(dovecot.mailbox(folder="Later"), cursor=last_cursor(first))
    assert names(again) == []
    with dovecot.client() as client:
        client.append("Later", "", "", raw(SAMPLES["xing-request_en"]))
    new = read(dovecot.mailbox(folder="Later"), cursor=last_cursor(again))
    assert names(new) == ["Rosa Blum"]
    assert FileRead("Later", 1) in new


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_killed_connection_loses_nothing(dovecot: Dovecot, share: float) -> None:
    whole = dovecot.mailbox()
    after = int(share * sum(map(len, MAILS)))
    with closing(Breaking(dovecot.port, after=after)) as breaking:
        items = imap.read(dovecot.mailbox(port=breaking.port), password=PASSWORD)
        kept: list[Step] = []
        with pytest.raises(ConnectionLostError, match="broke off"):
            kept.extend(take_in_steps(items))
    cursor = kept[-1].cursor if kept else ""
    rest = list(take_in_steps(imap.read(whole, password=PASSWORD, cursor=cursor)))
    read_so_far = {each.id for step in kept for each in step.intake.requests}
    read_then = {each.id for step in rest for each in step.intake.requests}
    (everything,) = take_in_steps(imap.read(whole, password=PASSWORD))
    assert {each.id for each in everything.intake.requests} == read_so_far | read_then
    assert share < 0.9 or (read_so_far and read_then)
    assert dovecot.unread("INBOX") > 20


def test_a_folder_numbered_anew_is_read_again(dovecot: Dovecot) -> None:
    dovecot.fill("Renewed", MAILS[:3])
    first = read(dovecot.mailbox(folder="Renewed"))
    dovecot.fill("Renewed", MAILS[:3])
    again = read(dovecot.mailbox(folder="Renewed"), cursor=last_cursor(first))
    assert names(again) == names(first) != []
    (told,) = [each for each in again if isinstance(each, Skipped)]
    assert (told.line, str(told.reason)) == (
        0,
        (
            "The mail server has numbered this folder anew, so all of it is read again."
            " What you have decided stays."
        ),
    )


def test_a_wrong_password_is_told_and_not_repeated(dovecot: Dovecot) -> None:
    words = str(refusal(dovecot.mailbox(), "falsch-und-geheim"))
    assert "refused the name or the password. Check both." in words


def test_a_folder_that_is_not_there_is_told_with_those_that_are(
    dovecot: Dovecot,
) -> None:
    words = str(refusal(dovecot.mailbox(folder="Nirgends")))
    assert "There is no folder “Nirgends”." in words
    assert "INBOX" in words


def test_an_expired_certificate_is_refused_before_the_password_is_sent() -> None:
    with running(expired=True) as server:
        words = str(refusal(server.mailbox()))
    assert "The certificate of the mail server localhost has expired" in words
    assert "your password was not sent" in words


def test_a_server_that_nobody_vouches_for_is_refused(dovecot: Dovecot) -> None:
    words = str(refusal(replace(dovecot.mailbox(), certificates=None)))
    assert "Nobody whom your system trusts vouches" in words


def test_a_certificate_of_another_server_is_refused(dovecot: Dovecot) -> None:
    words = str(refusal(replace(dovecot.mailbox(), host="127.0.0.1")))
    assert "is not for 127.0.0.1" in words


def test_a_server_that_does_not_answer_is_worth_another_try() -> None:
    mailbox = Mailbox(name="x", host="127.0.0.1", user="x", port=9)
    error = refusal(mailbox)
    assert isinstance(error, ConnectionLostError)
    assert "does not answer on port 9" in str(error)


def test_waiting_ends_when_a_mail_comes(dovecot: Dovecot) -> None:
    dovecot.fill("Quiet", MAILS[:1])
    mailbox = dovecot.mailbox(folder="Quiet")
    cursor = last_cursor(read(mailbox))

    def bring() -> None:
        time.sleep(0.3)
        with dovecot.client() as client:
            client.append("Quiet", "", "", MAILS[1])

    bringing = threading.Thread(target=bring)
    bringing.start()
    begun = time.monotonic()
    imap.wait_for_mail(mailbox, password=PASSWORD, cursor=cursor, seconds=30)
    assert time.monotonic() - begun < 20
    bringing.join()
    imap.wait_for_mail(mailbox, password=PASSWORD, cursor=cursor, seconds=30)
    assert time.monotonic() - begun < 20


def test_a_cursor_of_another_version_reads_all_again(dovecot: Dovecot) -> None:
    dovecot.fill("Other", MAILS[:2])
    assert names(read(dovecot.mailbox(folder="Other"), cursor='{"done": 7}')) != []
