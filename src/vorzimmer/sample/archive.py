"""Writes the sample member's archive, the same bytes each time."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from vorzimmer.sample.chance import LAST_DAY, day_form, dice, us_time, years_before
from vorzimmer.sample.incoming import incoming
from vorzimmer.sample.messages import message_rows
from vorzimmer.sample.network import address_book, connections, outgoing
from vorzimmer.sample.people import MEMBER_NAME, MEMBER_URL
from vorzimmer.sample.profile import profile_files
from vorzimmer.sample.tables import table

HIDDEN = 6  # connections with a closed profile: nothing but a date


def write_archive(folder: Path, *, until: date = LAST_DAY) -> Path:
    """Write the sample member's archive into a folder and return its path.

    Args:
        folder: An existing folder.
        until: The day of the export; everything in it dates back from here.
    """
    path = folder / f"Complete_LinkedInDataExport_{until:%m-%d-%Y}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(_files(until).items()):
            entry = zipfile.ZipInfo(
                name, (until.year, until.month, until.day, 22, 0, 0)
            )
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The same on every system: made on Unix, readable by the owner.
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, text)
    return path


def _files(until: date) -> dict[str, str]:
    rows = {
        "Connections.csv": _connection_rows(until),
        "Invitations.csv": _invitation_rows(until),
        "messages.csv": [row.cells() for row in message_rows(until)],
        "ImportedContacts.csv": _book_rows(until),
        **profile_files(until),
    }
    return {name: table(name, content) for name, content in rows.items()}


def _connection_rows(until: date) -> list[list[str]]:
    dated = []
    for each in connections(until):
        shares_email = dice("email", each.slug).random() < 0.04
        email = each.email if shares_email else ""
        cells = [each.first, each.last, each.url, email, each.company, each.position]
        dated.append((each.connected_on or until, cells))
    chance = dice("hidden")
    for _ in range(HIDDEN):
        day = years_before(until, 12 * chance.random())
        dated.append((day, [""] * 6))
    dated.sort(key=lambda row: row[0], reverse=True)
    return [[*cells, day_form(day)] for day, cells in dated]


def _invitation_rows(until: date) -> list[list[str]]:
    dated = []
    for request in incoming(until):
        names = [request.name, MEMBER_NAME, us_time(request.sent_at), request.note]
        row = [*names, "INCOMING", request.url, MEMBER_URL]
        dated.append((request.sent_at, row))
    for own in outgoing(until):
        names = [MEMBER_NAME, own.to.name, us_time(own.sent_at), own.note]
        row = [*names, "OUTGOING", MEMBER_URL, own.to.url]
        dated.append((own.sent_at, row))
    dated.sort(key=lambda row: row[0], reverse=True)
    return [row for _, row in dated]


def _book_rows(until: date) -> list[list[str]]:
    rows = []
    for person, at in address_book(until):
        chance = dice("book row", person.slug)
        emails = person.email
        if chance.random() < 0.2:
            private = emails.replace("@", ".privat@").partition("@")[0]
            emails += f", {private}@post.example"
        phone = f"+49 40 5550 {chance.randrange(1000, 9999)}"
        phones = phone if chance.random() < 0.5 else ""
        *titles, given = person.first.split()
        names = [given, "", person.last, "", "", " ".join(titles), ""]
        title = person.position if chance.random() < 0.4 else ""
        stamps = [us_time(at), us_time(at)]
        rows.append([*names, title, emails, phones, *stamps, "", "", "false", ""])
    return rows
