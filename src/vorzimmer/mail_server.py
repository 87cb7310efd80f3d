"""Speaks with a mail server by IMAP: logs in, opens a folder for reading, fetches.

Nothing is changed there: folders are opened for reading only (``EXAMINE``), and mails
are looked at without being marked as read (``BODY.PEEK``). What goes wrong becomes a
sentence.

Source:
    RFC 3501 (IMAP: EXAMINE, BODY.PEEK, UIDVALIDITY); RFC 8314 (TLS).
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Iterable, Iterator, Sequence
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
from vorzimmer.items import Cursor
from vorzimmer.mail_numbers import MailNumbers
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import Skipped, say

TIMEOUT_S = 30.0
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


class Place:
    """How far a folder was read before, and what is through by now.

    Attributes:
        done: Numbers of the mails that are through.
        is_anew: Whether the server has numbered the folder anew since.
    """

    def __init__(self, cursor: str, validity: int) -> None:
        """Take the last cursor of a reading, and how the folder is numbered now."""
        position = position_of(cursor)
        self.validity = validity
        self.is_anew = position.validity not in {0, validity}
        is_same = position.validity == validity
        self.done = MailNumbers(position.done if is_same else "")

    def notices(self, folder: str) -> Iterator[Skipped]:
        """Say so where all is read again."""
        if self.is_anew:
            reason = say(
                "The mail server has numbered this folder anew, so all of it is read"
                " again. What you have decided stays."
            )
            yield Skipped(folder, 0, reason)

    def cursor(self) -> Cursor:
        """Return where to go on."""
        position = Position(self.validity, str(self.done))
        return Cursor(msgspec.json.encode(position).decode())


@contextmanager
def session(mailbox: Mailbox, password: str) -> Iterator[BaseMailBox]:
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


def open_folder(box: BaseMailBox, mailbox: Mailbox) -> tuple[int, int]:
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


def found(box: BaseMailBox, criteria: str) -> set[int]:
    """Return the numbers of the mails of a folder that answer to a search."""
    answer, data = box.client.uid("SEARCH", criteria)
    if answer != "OK":
        raise imaplib.IMAP4.error(answer)
    words = b" ".join(each for each in data if isinstance(each, bytes)).split()
    return {int(word) for word in words if word.isdigit() and len(word) < _LONGEST}


def in_pieces(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield numbers, so many at once."""
    for start in range(0, len(uids), size):
        yield uids[start : start + size]


def fetched(
    box: BaseMailBox, uids: Sequence[int], what: str
) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of mails, in the order asked for.

    Args:
        box: A session, with a folder open.
        uids: Which.
        what: Of each, as IMAP says it.
    """
    wanted = ",".join(map(str, uids))
    answer, data = box.client.uid("FETCH", wanted, f"(UID {what})")
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


def position_of(cursor: str) -> Position:
    """Return how far a folder was read; of a cursor of another version, not at all."""
    try:
        return msgspec.json.decode(cursor or "{}", type=Position)
    except msgspec.MsgspecError:
        return Position()
