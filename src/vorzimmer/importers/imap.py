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

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import msgspec
from imap_tools import (
    BaseMailBox,
    MailBox,
    MailboxFolderSelectError,
    MailboxLoginError,
    MailBoxStartTls,
)
from imap_tools.errors import ImapToolsError

from vorzimmer.errors import ConnectionLostError, SourceError
from vorzimmer.items import Cursor, FileRead, Item
from vorzimmer.mail_numbers import MailNumbers
from vorzimmer.mailbox import Mailbox
from vorzimmer.mails import may_be_of_network, read_mail
from vorzimmer.mails.mime import MAX_BYTES
from vorzimmer.model import Skipped, say
from vorzimmer.source import Source, Takes

TIMEOUT_S = 30.0
# Longer, and routers forget the connection. Source: RFC 2177 says 29 minutes at most.
LONGEST_IDLE_S = 20 * 60
_AT_ONCE = 25  # mails in one answer, and how many are read again after a break
_CANDIDATES = 'OR OR FROM "linkedin" FROM "xing" HEADER X-LinkedIn-Template ""'
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_LONGEST = 11  # a number of more digits is none
_MOST_FOLDERS = 15  # named when the folder is not there
_EXPIRED, _OTHER_HOST = 10, {62, 64}  # numbers of OpenSSL for what is wrong
_LOST = (imaplib.IMAP4.abort, OSError, EOFError)


class Position(msgspec.Struct):
    """How far a folder was read.

    Attributes:
        validity: The server's word for its numbering (UIDVALIDITY); with another one,
            numbers mean other mails.
        done: Numbers (UIDs) of the mails that are through, as ``1:40,43``.
    """

    validity: int = 0
    done: str = ""


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
    position = _position(cursor)
    with _session(mailbox, password) as box:
        validity, last = _open(box, mailbox)
        if position.validity not in {0, validity}:
            reason = say(
                "The mail server has numbered this folder anew, so all of it is read"
                " again. What you have decided stays."
            )
            yield Skipped(mailbox.folder, 0, reason)
        is_same = position.validity == validity
        done = MailNumbers(position.done if is_same else "")
        count = 0
        for uids in _in_pieces(_waiting(box, done)):
            mails = list(_fetched(box, uids))
            for uid, data in mails:
                yield from _items(data, mailbox, uid, trusted)
            count += len(mails)
            # What is gone meanwhile is through, too.
            done.add(uids)
            yield _cursor(validity, done)
        yield FileRead(mailbox.folder, count)
        done.add_all_to(last)
        yield _cursor(validity, done)


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
    position = _position(cursor)
    with _session(mailbox, password) as box:
        validity, last = _open(box, mailbox)
        is_known = position.validity == validity and last in MailNumbers(position.done)
        if last and not is_known:
            return
        if "IDLE" in box.client.capabilities:
            box.idle.wait(timeout=min(seconds, LONGEST_IDLE_S))
            return
    time.sleep(seconds)


@contextmanager
def _session(mailbox: Mailbox, password: str) -> Iterator[BaseMailBox]:
    """Log in, and log out whatever happens; errors become sentences."""
    box: BaseMailBox | None = None
    try:
        box = _connected(mailbox)
        _log_in(box, mailbox, password)
        yield box
    except _LOST as error:
        raise _lost(mailbox, error) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise SourceError(
            mailbox.place,
            say("The mail server answered in a way that we do not understand."),
            say("Try again later; nothing in the mailbox was changed."),
        ) from error
    finally:
        if box is not None:
            with suppress(*_LOST, imaplib.IMAP4.error, ImapToolsError):
                box.logout()
            with suppress(OSError):
                box.client.shutdown()


def _connected(mailbox: Mailbox) -> BaseMailBox:
    try:
        trust = ssl.create_default_context()
        if mailbox.certificates:
            trust.load_verify_locations(mailbox.certificates)
    except OSError as error:
        raise SourceError(
            mailbox.certificates or mailbox.place,
            say("These certificates cannot be read."),
            say("Give a PEM file with the setting certificates, or leave it out."),
        ) from error
    kind = MailBoxStartTls if mailbox.starttls else MailBox
    try:
        return kind(mailbox.host, mailbox.port, timeout=TIMEOUT_S, ssl_context=trust)
    except ssl.SSLCertVerificationError as error:
        raise _bad_certificate(mailbox, error) from error
    except ssl.SSLError as error:
        raise SourceError(
            mailbox.place,
            say(
                "The mail server does not speak TLS on port {port}.", port=mailbox.port
            ),
            say("Check host and port; without encryption nothing is read."),
        ) from error
    except socket.gaierror as error:
        raise ConnectionLostError(
            mailbox.place,
            say("There is no mail server {host}.", host=mailbox.host),
            say("Check the setting host, and whether you are online."),
        ) from error


def _bad_certificate(
    mailbox: Mailbox, error: ssl.SSLCertVerificationError
) -> SourceError:
    if error.verify_code == _EXPIRED:
        problem = say(
            "The certificate of the mail server {host} has expired, so nobody vouches"
            " for it.",
            host=mailbox.host,
        )
        mend = say(
            "Check the date of this computer. If it is right, try again when the server"
            " has a new one; your password was not sent."
        )
    elif error.verify_code in _OTHER_HOST:
        problem = say(
            "The certificate of the mail server is not for {host}.", host=mailbox.host
        )
        mend = say("Check the setting host; your password was not sent.")
    else:
        problem = say(
            "Nobody whom your system trusts vouches for the mail server {host}.",
            host=mailbox.host,
        )
        mend = say(
            "Check the setting host. If it is a server of your own, name its"
            " certificate in the setting certificates; your password was not sent."
        )
    return SourceError(mailbox.place, problem, mend)


def _log_in(box: BaseMailBox, mailbox: Mailbox, password: str) -> None:
    try:
        if (mailbox.user + password).isascii():
            box.login(mailbox.user, password, initial_folder=None)
        else:
            box.login_utf8(mailbox.user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error):
        # What the server says may quote what was sent, so it is not told.
        raise SourceError(
            mailbox.place,
            say("The mail server refused the name or the password."),
            say(
                "Check both. Most providers want an app password here, made in their"
                " settings; docs/howto/connect-your-mailbox.md shows how."
            ),
        ) from None


def _lost(mailbox: Mailbox, error: BaseException) -> ConnectionLostError:
    if isinstance(error, ConnectionRefusedError | TimeoutError):
        problem = say(
            "The mail server {host} does not answer on port {port}.",
            host=mailbox.host,
            port=mailbox.port,
        )
    else:
        problem = say("The connection to {host} broke off.", host=mailbox.host)
    mend = say("Try again: what was read is kept, and reading goes on after it.")
    return ConnectionLostError(mailbox.place, problem, mend)


def _open(box: BaseMailBox, mailbox: Mailbox) -> tuple[int, int]:
    """Open the folder for reading only; return its numbering and its last number."""
    try:
        box.folder.set(mailbox.folder, readonly=True)
    except MailboxFolderSelectError as error:
        names = [each.name for each in box.folder.list()]
        raise SourceError(
            mailbox.place,
            say("There is no folder “{folder}”.", folder=mailbox.folder),
            say(
                "Write one of these into the setting folder: {names}.",
                names=", ".join(sorted(names)[:_MOST_FOLDERS]),
            ),
        ) from error
    return _number(box, "UIDVALIDITY"), max(0, _number(box, "UIDNEXT") - 1)


def _number(box: BaseMailBox, name: str) -> int:
    _, values = box.client.response(name)
    found = values[0] if values else None
    if isinstance(found, bytes) and found.isdigit() and len(found) < _LONGEST:
        return int(found)
    return 0


def _waiting(box: BaseMailBox, done: MailNumbers) -> list[int]:
    """Return the numbers of mails to read: unread first, the newest of each first."""
    among = f"UID {done.first_missing()}:* {_CANDIDATES}"
    unread = {each for each in _found(box, f"UNSEEN {among}") if each not in done}
    others = {each for each in _found(box, among) if each not in done} - unread
    return sorted(unread, reverse=True) + sorted(others, reverse=True)


def _found(box: BaseMailBox, criteria: str) -> set[int]:
    answer, data = box.client.uid("SEARCH", criteria)
    if answer != "OK":
        raise imaplib.IMAP4.error(answer)
    words = b" ".join(each for each in data if isinstance(each, bytes)).split()
    return {int(word) for word in words if word.isdigit() and len(word) < _LONGEST}


def _in_pieces(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), _AT_ONCE):
        yield uids[start : start + _AT_ONCE]


def _fetched(box: BaseMailBox, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield number and first bytes of mails, in the order asked for."""
    wanted = ",".join(map(str, uids))
    what = f"(UID BODY.PEEK[]<0.{MAX_BYTES + 1}>)"
    answer, data = box.client.uid("FETCH", wanted, what)
    if answer != "OK":
        raise imaplib.IMAP4.error(answer)
    mails = dict(_answered(data))
    for uid in uids:
        if uid in mails:
            yield uid, mails[uid]


def _answered(data: Iterable[Any]) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each mail; servers write the number on either side."""
    about, mail = b"", None
    for each in data:
        if isinstance(each, tuple):
            about, mail = each[0], each[1]
        elif isinstance(each, bytes):
            about += b" " + each
        found = _UID.search(about)
        if found and mail is not None:
            yield int(found[1]), mail
            about, mail = b"", None


def _items(
    data: bytes, mailbox: Mailbox, uid: int, trusted: Collection[str]
) -> Iterator[Item]:
    if not may_be_of_network(data):
        return
    found = read_mail(data, trusted=trusted)
    yield from found.notices
    if found.problem:
        yield Skipped(mailbox.folder, uid, found.problem)


def _position(cursor: str) -> Position:
    try:
        return msgspec.json.decode(cursor or "{}", type=Position)
    except msgspec.MsgspecError:
        return Position()  # of another version: read all again


def _cursor(validity: int, done: MailNumbers) -> Cursor:
    position = Position(validity, str(done))
    return Cursor(msgspec.json.encode(position).decode())


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
