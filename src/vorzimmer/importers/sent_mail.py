"""Reads the member's own sent mail: to whom they wrote, how often, and when last.

Takes mbox files (Thunderbird, Apple Mail, Google Takeout), Maildir folders, and folders
of them. Only the heads of the mails are looked at, never a text or an attachment; kept
are the recipients' names and addresses, how many mails, the first and the last day.
Circulars to more than ten people count for nobody. A mailbox that holds more than sent
mail will do, too: what others wrote is left out.

Source:
    RFC 4155 (mbox), the Maildir convention of qmail and of Courier (Maildir++).
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vorzimmer.addressbook.heads import LONGEST_HEAD, sent_mail_of
from vorzimmer.addressbook.mbox import heads_of
from vorzimmer.archive import head_of, not_opened
from vorzimmer.errors import SourceError
from vorzimmer.items import Cursor, FileRead, Item
from vorzimmer.model import Skipped, say
from vorzimmer.source import Source, Takes

MOST_MAILS = 5_000_000
MOST_BYTES = 1 << 37  # 128 GB; attachments make mailboxes large, and are passed over
AT_ONCE = 5_000  # mails, of which an interruption costs as many at most
_CHUNK_BYTES = 1 << 20
_MOST_FOLDERS = 2_000
_MOST_DEPTH = 4
_FIRST_MAIL = re.compile(rb"\s*From [^\r\n]+\r?\n(?:>From [^\r\n]*\r?\n)?[!-9;-~]+:")
# Names of folders of sent mail, as programs and providers write them.
_SENT = re.compile(
    r"(?:^|[./\\\[\] _-])(?:sent|outbox|gesendet|gesendete|postausgang|envoy[ée]s?"
    r"|enviad[oa]s?|inviata|verzonden|skickat|wysłane)",
    re.IGNORECASE,
)
# Of Maildir: drafts, and mails that were thrown away.
_LEFT_OUT = re.compile(r":2,[A-Z]*[DT]")
_PARTS = {"cur", "new", "tmp"}
_NO_SUFFIX = {"", ".mbox", ".mbx"}

_NO_MAIL = say("There is no mailbox in it that we can read (mbox or Maildir).")
_GIVE_SENT = say("Give the folder of the mails that you sent, as mbox or Maildir.")
_LINK = say("This is a link to another place, so it was not followed.")
_TOO_MANY = say("This mailbox has more than {most:,} mails.", most=MOST_MAILS)
_DIVIDE = say("Divide it into smaller files, and import them one after the other.")


@dataclass(frozen=True, slots=True)
class _Mailbox:
    """One mbox file, or one Maildir folder."""

    path: Path
    name: str
    is_maildir: bool

    @property
    def is_sent(self) -> bool:
        """Whether its name, or that of the folder around it, says so."""
        # Apple Mail writes "Sent Messages.mbox/mbox".
        names = [self.path.name]
        if self.path.name == "mbox":
            names.append(self.path.parent.name)
        return any(_SENT.search(each) for each in names)


def fits(source: Path) -> bool:
    """Return whether there is a mailbox at this place."""
    try:
        return bool(_mailboxes(source))
    except SourceError:
        return False


def read(source: Path, *, passed: int = 0) -> Iterator[Item]:
    """Yield one item for each mail that says from whom and to whom it is.

    Where some mailboxes are named as those of sent mail, only these are read. Every so
    many mails a ``Cursor`` says how many are through.

    Args:
        source: An mbox file, a Maildir folder, or a folder with some of them.
        passed: So many mails are passed over: they were read another time.

    Raises:
        SourceError: Nothing can be read: it is not there, is no mailbox, or is beyond
            the limits.
    """
    found = _mailboxes(source)
    if not found:
        if source.is_file() and not source.stat().st_size:
            raise SourceError(source, say("The file is empty (0 bytes)."), _GIVE_SENT)
        raise SourceError(source, _NO_MAIL, _GIVE_SENT)
    before = 0
    for mailbox in [each for each in found if each.is_sent] or found:
        before = yield from _mails(mailbox, before, passed)


def _mails(mailbox: _Mailbox, before: int, passed: int) -> Generator[Item, None, int]:
    """Yield the mails of one mailbox; return how many came by so far, in all."""
    pieces = _maildir_files(mailbox) if mailbox.is_maildir else _mbox_heads(mailbox)
    links, number, is_sent = 0, before, mailbox.is_sent
    for number, piece in enumerate(pieces, start=before + 1):
        links += isinstance(piece, Skipped)
        if number - before - links > MOST_MAILS:
            raise SourceError(mailbox.path, _TOO_MANY, _DIVIDE)
        if number <= passed:
            continue
        if isinstance(piece, Skipped):
            yield piece
        else:
            head = piece if isinstance(piece, bytes) else _head(piece)
            mail = sent_mail_of(head, is_filed_as_sent=is_sent)
            if mail is not None:
                yield mail
        if number % AT_ONCE == 0:
            yield Cursor(str(number))
    yield FileRead(mailbox.name, number - before - links)
    return number


def _mbox_heads(mailbox: _Mailbox) -> Iterator[bytes]:
    yield from heads_of(_chunks(mailbox.path))


def _chunks(path: Path) -> Iterator[bytes]:
    size = 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise SourceError(path, _TOO_MANY, _DIVIDE)
                yield chunk
    except OSError as error:
        raise not_opened(path, error) from error


def _maildir_files(mailbox: _Mailbox) -> Iterator[Path | Skipped]:
    for part in ("cur", "new"):
        for entry in _entries(mailbox.path / part):
            if entry.is_symlink():
                yield Skipped(f"{mailbox.name}/{part}", 0, _LINK)
            elif entry.is_file() and not _LEFT_OUT.search(entry.name):
                yield Path(entry.path)


def _head(path: Path) -> bytes:
    held = b""
    try:
        with path.open("rb", buffering=0) as stream:
            while len(held) < LONGEST_HEAD and (piece := stream.read(8192)):
                held += piece
                if b"\n\n" in held or b"\r\n\r\n" in held:
                    break
    except OSError as error:
        raise not_opened(path, error) from error
    return re.split(rb"\n\r?\n", held, maxsplit=1)[0]


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(FileNotFoundError, NotADirectoryError):  # "new" may be missing
        try:
            with os.scandir(folder) as entries:
                # In their order, so that a second reading meets them in the same.
                yield from sorted(entries, key=lambda each: each.name)
        except (FileNotFoundError, NotADirectoryError):
            raise
        except OSError as error:
            raise not_opened(folder, error) from error


def _mailboxes(source: Path) -> list[_Mailbox]:
    if not source.is_dir():
        return [_Mailbox(source, source.name, is_maildir=False)] * _is_mbox(source)
    found: list[_Mailbox] = []
    waiting = [(source, 0)]
    for _ in range(_MOST_FOLDERS):
        if not waiting:
            break
        folder, depth = waiting.pop()
        name = folder.relative_to(source.parent).as_posix()
        folders, files = _inside(folder)
        if _is_maildir(folder):
            found.append(_Mailbox(folder, name, is_maildir=True))
        found += [
            _Mailbox(path, f"{name}/{path.name}", is_maildir=False)
            for path in files
            if _is_mbox(path)
        ]
        if depth < _MOST_DEPTH:
            waiting += [(path, depth + 1) for path in folders]
    return found


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the folders and the files in one that may be, or hold, mailboxes."""
    entries = [each for each in _entries(folder) if not each.is_symlink()]
    paths = [(Path(each.path), each.is_dir(), each.is_file()) for each in entries]
    folders = [path for path, is_dir, _ in paths if is_dir and path.name not in _PARTS]
    files = [path for path, _, is_file in paths if is_file]
    files = [each for each in files if each.suffix.casefold() in _NO_SUFFIX]
    return folders, files[:_MOST_FOLDERS]


def _is_maildir(folder: Path) -> bool:
    with suppress(OSError):  # a folder that may be listed, but not entered
        return (folder / "cur").is_dir()
    return False


def _is_mbox(path: Path) -> bool:
    return bool(_FIRST_MAIL.match(head_of(path)))


SOURCE = Source(
    name="sent_mail",
    title=say("Mail that you sent"),
    brings=(say("To whom you wrote, how often, and when last; never a text."),),
    steps=(
        say(
            "Thunderbird: “≡”, “Help”, “Troubleshooting Information”, “Profile Folder”,"
            " “Open Folder”; then ImapMail or Mail, the server, and the file Sent."
        ),
        say("Apple Mail: choose “Sent”, then “Mailbox”, “Export Mailbox …”."),
        say(
            "Gmail: takeout.google.com, “Deselect all”, “Mail”, “All Mail data"
            " included”, only “Sent”. Unpack the ZIP, and give Sent.mbox."
        ),
    ),
    takes=(Takes.FILE, Takes.FOLDER),
    endings=(".mbox",),
    command="vorzimmer import Sent.mbox",
)
