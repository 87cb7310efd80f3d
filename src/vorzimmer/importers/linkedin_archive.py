"""Reads LinkedIn's “Get a copy of your data”: the ZIP file, or the folder out of it.

Reads basic and complete archives, both halves of one in two parts (one call each), and
a single CSV file of it; archives from 2018 to 2026. Everything is read in memory, and
only the files that are needed: logins, receipts and identity documents stay closed.
Of what the member posted, commented, wrote, applied for and took part in, the day is
read, and except for comments the first words. Left out: follows, reactions, saved jobs,
learning and coaching chats.

Source:
    LinkedIn help article a1339364; headers and quirks as seen in public importers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from vorzimmer.archive import Archive, ArchiveFile, opened
from vorzimmer.archive.tables import Table
from vorzimmer.errors import SourceError
from vorzimmer.items import FileRead, Item
from vorzimmer.linkedin import FILES, KnownFile, known_file
from vorzimmer.linkedin.columns import columns
from vorzimmer.linkedin.occasions import article
from vorzimmer.model import Sentence, Skipped, say
from vorzimmer.row_files import has_rows
from vorzimmer.source import Source, Takes

MAX_PARTS = 20  # numbered parts or copies of one file; none has been seen with two
MAX_ARTICLES = 1_000
MAX_ARTICLE_BYTES = 1 << 16  # title and day stand at the beginning, after the styles
ARTICLES = "Articles"
"""What all articles together are called in the list of files that were read."""

_SHOWN_CHARS = 200  # of an unknown header: enough to recognise it

_LINK = say("This is a link to another place, so it was not followed.")
_GIVE = say("Give the ZIP file from LinkedIn, or the folder unpacked from it.")
_NO_TABLE = say("This file holds no table, so there is nothing in it to read.")


def read(source: Path) -> Iterator[Item]:
    """Yield one item, or one ``Skipped``, for each row of each file that is needed.

    Each file is followed by a ``FileRead``; so is each important file that is missing,
    or whose columns are unknown; a single CSV file misses no other. The member comes
    first, messages come last.

    Args:
        source: ZIP file, folder, or one CSV file of the archive.

    Raises:
        SourceError: Nothing can be read: it is not there, no archive, damaged, locked,
            beyond the limits, or holds no file that is known.
    """
    with opened(source) as archive:
        tables = _tables(archive)
        if not tables:
            raise _nothing_known(archive)
        for name in filter(known_file, archive.links):
            yield Skipped(name, 0, _LINK)
        is_whole = source.suffix.lower() != ".csv"
        for known in FILES:
            for file in tables.get(known.name, ()):
                yield from _rows(archive, file, known)
            if is_whole and known.is_important and known.name not in tables:
                yield FileRead(known.name, None)
        yield from _articles(archive)


def _tables(archive: Archive) -> dict[str, list[ArchiveFile]]:
    """Return the files to read by name of the file; of many depths, the topmost."""
    tables: dict[str, list[ArchiveFile]] = {}
    for file in sorted(archive.files, key=lambda each: each.depth):
        known = known_file(file.name)
        if known:
            found = tables.setdefault(known.name, [])
            if not found or found[0].depth == file.depth:
                found.append(file)
    for name, found in tables.items():
        if len(found) > MAX_PARTS:
            raise SourceError(
                archive.source,
                say(
                    "It holds {count} files named {name}.", count=len(found), name=name
                ),
                say("Give the ZIP file as it comes from LinkedIn."),
            )
    return tables


def _rows(archive: Archive, file: ArchiveFile, known: KnownFile) -> Iterator[Item]:
    table = Table(file.name, archive.chunks(file), is_header=known.is_header)
    if not table.header:
        yield from _without_header(table, known)
        return
    names = columns(table.header)
    mapper = known.mapper
    count = 0
    for row in table:
        if isinstance(row, Skipped):
            count += row.line > 0
            yield row
            continue
        count += 1
        item = mapper(dict(zip(names, row[1], strict=True)))
        if isinstance(item, Sentence):
            yield Skipped(file.name, row[0], item)
        else:
            yield item
    yield FileRead(file.name, count)


def _articles(archive: Archive) -> Iterator[Item]:
    """Yield the articles that the member published; each is a page of its own."""
    pages = [each for each in archive.files if each.name.lower().endswith(".html")]
    found = 0
    for file in pages[:MAX_ARTICLES]:
        page = archive.head(file, MAX_ARTICLE_BYTES).decode("utf-8", "replace")
        written = article(page)
        if written is not None:
            found += 1
            yield written
    if found:
        yield FileRead(ARTICLES, found)


def _without_header(table: Table, known: KnownFile) -> Iterator[Item]:
    found = next((cells for cells in table.head if len(cells) > 1), None)
    if not found:
        yield Skipped(table.file, 0, _NO_TABLE)
        yield FileRead(table.file, 0)
        return
    reason = say(
        "The columns of this file are not those we know, so it was not read."
        " Expected: {expected}. Found: {found}. Export again with LinkedIn set to"
        " English, or send us what “vorzimmer structure” prints for it.",
        expected=", ".join(known.expected),
        found=_shown(found),
    )
    yield Skipped(table.file, 0, reason)
    yield FileRead(known.name, None, has_unknown_columns=True)


def _shown(cells: Sequence[str]) -> str:
    text = " ".join(", ".join(cells).split())
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


def _nothing_known(archive: Archive) -> SourceError:
    source, names = archive.source, [each.name for each in archive.files]
    if source.suffix.lower() == ".csv":
        return SourceError(
            source,
            say("No file of a LinkedIn archive that we read has this name."),
            say(
                "Give the ZIP file from LinkedIn, or keep the names of its files"
                " (Connections.csv, Invitations.csv, messages.csv, …)."
            ),
        )
    if not names:
        return SourceError(source, say("There is no file in it."), _GIVE)
    rows = [name for name in names if has_rows(name)]
    if rows:
        return SourceError(
            source,
            say(
                "There may be requests in it ({names}), but other files lie beside"
                " them.",
                names=_shown(rows),
            ),
            say("Give one of these files, or a folder with nothing else in it."),
        )
    inner = [name for name in names if name.lower().endswith(".zip")]
    if inner:
        return SourceError(
            source,
            say(
                "LinkedIn's files are not in it, but perhaps in a ZIP archive within:"
                " {names}.",
                names=_shown(inner),
            ),
            say("Unpack it, and give what lies within."),
        )
    return SourceError(
        source,
        say(
            "None of its files is one that a LinkedIn archive has"
            " (Connections.csv, Invitations.csv, messages.csv, …)."
        ),
        _GIVE,
    )


SOURCE = Source(
    name="linkedin_archive",
    title=say("LinkedIn: your data archive"),
    brings=(
        say("Contact requests with name, profile address, day and note."),
        say("Your contacts, and since when; messages and InMail."),
        say("Who you are: profile, jobs, schools, skills and languages."),
        say("On which days you posted, wrote, applied or took part in an event."),
    ),
    steps=(
        say(
            "On a computer, open LinkedIn and click on your picture (“Me”), then"
            " “Settings & Privacy”."
        ),
        say("Choose “Data privacy”, then “Get a copy of your data”."),
        say(
            "Choose the larger archive, or at least Invitations, Messages and"
            " Connections; then “Request archive”."
        ),
        say(
            "LinkedIn sends a mail: for chosen files within minutes, for the larger"
            " archive within a day or two. It may come in two parts; the second holds"
            " the messages. The link is good for three days."
        ),
        say("Give the ZIP as it came."),
    ),
    takes=(Takes.FILE, Takes.FOLDER),
    endings=(".zip", ".csv"),
    command="vorzimmer import archive.zip",
    has_own_ids=True,
)
