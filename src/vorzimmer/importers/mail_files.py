"""Reads mails out of files: mbox, Maildir, single .eml files, and folders of them.

Of these, only what LinkedIn and XING wrote is looked at: invitations, reminders, lists
of several, InMail, messages, acceptances, advertising, and invitations to people who
are no members. Mails about jobs, news and groups are passed over. Files are only read,
and nothing is marked as read. Left out: PST and other closed forms; export them as mbox
or .eml.

Source:
    RFC 4155 (mbox); the Maildir of Daniel J. Bernstein; layouts of the mails as seen in
    public samples of 2016 to 2026.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from vorzimmer.archive import not_opened
from vorzimmer.errors import SourceError
from vorzimmer.items import Cursor, FileRead, Item
from vorzimmer.mails import MailRead, may_be_of_network, read_mail
from vorzimmer.mails.mime import MAX_BYTES
from vorzimmer.model import Skipped, say
from vorzimmer.source import Source, Takes

ENDINGS = frozenset({".eml", ".mbox", ".mbx", ".mail"})
MAX_FILES = 500_000  # a Maildir of twenty years
MAX_LEVELS = 6
AT_ONCE = 500  # mails, of which an interruption costs as many at most
_CHUNK_LINES = 1 << 16
_NOT_MAIL = {".msf", ".dat", ".json", ".sqlite", ".db", ".log", ".ini"}
_NOT_MAIL |= {".vcf", ".vcard", ".ics", ".ical", ".csv", ".jsonl", ".ndjson", ".zip"}


@dataclass(frozen=True, slots=True)
class RawMail:
    """One mail as it lies there.

    Attributes:
        file: Name of the file.
        line: Where it begins in the file, from 1.
        data: Its first bytes, as many as are ever read of a mail.
    """

    file: str
    line: int
    data: bytes


def fits(source: Path) -> bool:
    """Return whether a file or folder holds mails, as far as a quick look tells."""
    if source.suffix.casefold() in ENDINGS:
        return True
    try:
        if source.is_dir():
            with os.scandir(source) as entries:
                names = [each.name for each in islice(entries, 2_000)]
            is_maildir = {"cur", "new"} <= set(names)
            return is_maildir or any(Path(each).suffix in ENDINGS for each in names)
        return stat.S_ISREG(source.stat().st_mode) and _begins_as_mbox(source)
    except (OSError, ValueError):
        return False


def _begins_as_mbox(source: Path) -> bool:
    with source.open("rb") as stream:
        return stream.read(5) == b"From "


def read(
    source: Path, *, trusted: Collection[str] = (), passed: int = 0
) -> Iterator[Item]:
    """Yield what the mails of a file or folder tell, and a ``FileRead`` at its end.

    Every so many mails a ``Cursor`` says how many are through.

    Args:
        source: An mbox, a Maildir, an .eml file, or a folder with any of these.
        trusted: Names under which the member's mailbox provider writes its results.
        passed: So many mails are passed over: they were read another time.

    Raises:
        SourceError: It is not there, cannot be opened, or holds no mail.
    """
    count = 0
    for mail in _mails(source):
        count += 1
        if count > passed:
            if may_be_of_network(mail.data):
                yield from items_of(
                    read_mail(mail.data, trusted=trusted), mail.file, mail.line
                )
            if count % AT_ONCE == 0:
                yield Cursor(str(count))
    if not count:
        raise SourceError(
            source,
            say("There is no mail in it."),
            say("Give an mbox file, a Maildir, an .eml file, or a folder of these."),
        )
    yield FileRead(source.name, count)


def items_of(read: MailRead, file: str, line: int) -> Iterator[Item]:
    """Yield what one mail tells, or why it was not understood.

    Args:
        read: What was found in it.
        file: What to call the file or folder it lies in.
        line: Where it begins, or its number, from 1.
    """
    yield from read.notices
    if read.problem:
        yield Skipped(file, line, read.problem)


def _mails(source: Path) -> Iterator[RawMail]:
    try:
        mode = source.stat().st_mode
    except (OSError, ValueError) as error:
        raise not_opened(source, error) from error
    if stat.S_ISREG(mode):
        yield from _of_file(source)
        return
    if not stat.S_ISDIR(mode):
        raise SourceError(
            source,
            say("This is neither a file nor a folder."),
            say("Give an mbox file, a Maildir, an .eml file, or a folder of these."),
        )
    for path in _files(source):
        yield from _of_file(path)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, in order; links are not followed."""
    waiting = [(folder, 0)]
    seen = 0
    while waiting:
        place, level = waiting.pop()
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise not_opened(place, error) from error
        for entry in found:
            seen += 1
            if seen > MAX_FILES:
                raise SourceError(
                    folder,
                    say("It holds more than {most:,} files.", most=MAX_FILES),
                    say("Give a part of it: one mailbox, or one year."),
                )
            if entry.is_dir(follow_symlinks=False):
                # What a Maildir is still writing lies in "tmp".
                if level < MAX_LEVELS and entry.name != "tmp":
                    waiting.append((Path(entry.path), level + 1))
            elif entry.is_file(follow_symlinks=False) and _may_be_mail(entry.name):
                yield Path(entry.path)


def _may_be_mail(name: str) -> bool:
    is_index = name.startswith(("dovecot", "maildir", "subscriptions"))
    return not is_index and Path(name).suffix.casefold() not in _NOT_MAIL


def _of_file(path: Path) -> Iterator[RawMail]:
    try:
        with path.open("rb") as stream:
            if stream.peek(5)[:5] == b"From ":
                yield from _of_mbox(stream, path.name)
            elif data := stream.read(MAX_BYTES + 1):
                yield RawMail(path.name, 1, data)
    except OSError as error:
        raise not_opened(path, error) from error


def _of_mbox(stream: IO[bytes], name: str) -> Iterator[RawMail]:
    """Yield the mails of an mbox as they pass by; of a huge one, the beginning.

    ``mailbox.mbox`` of the standard library opens the file for writing and keeps each
    mail whole.
    """
    kept: list[bytes] = []
    size, start, number, is_gap = 0, 1, 0, True
    while line := stream.readline(_CHUNK_LINES):
        number += line.endswith(b"\n")
        if is_gap and line.startswith(b"From "):
            if kept:
                yield RawMail(name, start, b"".join(kept))
            kept, size, start = [], 0, number + (not line.endswith(b"\n"))
        elif size <= MAX_BYTES:
            # RFC 4155's variants write "From " in a mail's text as ">From ".
            kept.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        is_gap = line in {b"\n", b"\r\n"}
    if kept:
        yield RawMail(name, start, b"".join(kept))


SOURCE = Source(
    name="mail_files",
    title=say("Notification mails: saved mails"),
    brings=(
        say("Who asks: name, headline, place, note, shared contacts."),
        say("LinkedIn and XING alike; the easiest way in for XING."),
    ),
    steps=(
        say(
            "In your mail program, look for the mails of LinkedIn and XING, and choose"
            " them all."
        ),
        say(
            "Thunderbird: right-click, “Save As …”. Apple Mail: move them to a mailbox"
            " of their own, then “Mailbox”, “Export Mailbox …”. Gmail:"
            " takeout.google.com, “Mail”, and only one label."
        ),
        say("Give the .mbox file, a single .eml file, or the folder."),
    ),
    takes=(Takes.FILE, Takes.FOLDER),
    endings=(".mbox", ".eml"),
    command="vorzimmer import mails.mbox",
)
