"""Reads notification mails from a mailbox, with IMAP; changes nothing in it.

The folder is opened for reading only, and mails are looked at without being marked as
read. Unread ones come first. How far it came is kept, so the next reading goes on
there, also after a connection that broke off. Only what names LinkedIn or XING as its
sender is fetched, two megabytes of each at most. Left out: logging in with OAuth; use
an app password.

Source:
    RFC 3501 (IMAP: EXAMINE, BODY.PEEK, UIDVALIDITY); RFC 2177 (IDLE); RFC 8314 (TLS).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator

from imap_tools import BaseMailBox

from vorzimmer.items import FileRead, Item
from vorzimmer.mail_numbers import MailNumbers
from vorzimmer.mail_server import (
    Place,
    fetched,
    found,
    in_pieces,
    open_folder,
    position_of,
    session,
)
from vorzimmer.mailbox import Mailbox
from vorzimmer.mails import may_be_of_network, read_mail
from vorzimmer.mails.mime import MAX_BYTES
from vorzimmer.model import Skipped, say
from vorzimmer.source import Source, Takes

# Longer, and routers forget the connection. Source: RFC 2177 says 29 minutes at most.
LONGEST_IDLE_S = 20 * 60
_AT_ONCE = 25  # mails in one answer, and how many are read again after a break
_BEGINNING = f"BODY.PEEK[]<0.{MAX_BYTES + 1}>"
_CANDIDATES = 'OR OR FROM "linkedin" FROM "xing" HEADER X-LinkedIn-Template ""'


def read(
    mailbox: Mailbox, *, password: str, trusted: Collection[str] = (), cursor: str = ""
) -> Iterator[Item]:
    """Yield what the mails of a folder tell, with a ``Cursor`` every few mails.

    Args:
        mailbox: Where to read.
        password: Kept nowhere.
        trusted: Names under which the member's mailbox provider writes its results.
        cursor: The last ``Cursor``; ``""`` reads from the start.

    Raises:
        SourceError: It cannot be read; the sentence says why.
        ConnectionLostError: Of these, what another try may mend.
    """
    with session(mailbox, password) as box:
        validity, last = open_folder(box, mailbox)
        place = Place(cursor, validity)
        yield from place.notices(mailbox.folder)
        count = 0
        for uids in in_pieces(_waiting(box, place.done), _AT_ONCE):
            mails = list(fetched(box, uids, _BEGINNING))
            for uid, data in mails:
                yield from _items(data, mailbox, uid, trusted)
            count += len(mails)
            # What is gone meanwhile is through, too.
            place.done.add(uids)
            yield place.cursor()
        yield FileRead(mailbox.folder, count)
        place.done.add_all_to(last)
        yield place.cursor()


def wait_for_mail(
    mailbox: Mailbox, *, password: str, cursor: str, seconds: float
) -> None:
    """Wait until a mail comes, or the time is over; with IDLE where it is offered.

    Args:
        mailbox: Which.
        password: Kept nowhere.
        cursor: The last one of ``read``; what came after it is there already.
        seconds: How long to wait at most.

    Raises:
        SourceError: As for ``read``.
    """
    position = position_of(cursor)
    with session(mailbox, password) as box:
        validity, last = open_folder(box, mailbox)
        is_known = position.validity == validity and last in MailNumbers(position.done)
        if last and not is_known:
            return
        if "IDLE" in box.client.capabilities:
            box.idle.wait(timeout=min(seconds, LONGEST_IDLE_S))
            return
    time.sleep(seconds)


def _waiting(box: BaseMailBox, done: MailNumbers) -> list[int]:
    """Return the numbers of mails to read: unread first, the newest of each first."""
    among = f"UID {done.first_missing()}:* {_CANDIDATES}"
    unread = {each for each in found(box, f"UNSEEN {among}") if each not in done}
    others = {each for each in found(box, among) if each not in done} - unread
    return sorted(unread, reverse=True) + sorted(others, reverse=True)


def _items(
    data: bytes, mailbox: Mailbox, uid: int, trusted: Collection[str]
) -> Iterator[Item]:
    if not may_be_of_network(data):
        return
    mail = read_mail(data, trusted=trusted)
    yield from mail.notices
    if mail.problem:
        yield Skipped(mailbox.folder, uid, mail.problem)


SOURCE = Source(
    name="imap",
    title=say("Notification mails: your mailbox (IMAP)"),
    brings=(
        say("Who asks, within minutes: name, headline, place, note, shared contacts."),
        say("Whether the mail is really from the network."),
    ),
    steps=(
        say(
            "In the settings of your mail provider, allow IMAP, and make an app"
            " password: mostly under “Security”, “App passwords”."
        ),
        say("Describe the mailbox in your settings file, as a table [mailbox.NAME]."),
        say("Put the app password into your keyring; docs/howto says how."),
    ),
    takes=(Takes.SETTINGS,),
    command="vorzimmer import imap:NAME",
    page="",
)
