"""Builds LinkedIn archives for tests: ZIP files and folders from rows of dicts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

HEADERS: dict[str, tuple[str, ...]] = {
    "Profile.csv": (
        *("First Name", "Last Name", "Maiden Name", "Address", "Birth Date"),
        *("Headline", "Summary", "Industry", "Zip Code", "Geo Location"),
        *("Twitter Handles", "Websites", "Instant Messengers"),
    ),
    "Email Addresses.csv": ("Email Address", "Confirmed", "Primary", "Updated On"),
    "Positions.csv": (
        *("Company Name", "Title", "Description", "Location"),
        *("Started On", "Finished On"),
    ),
    "Education.csv": (
        *("School Name", "Start Date", "End Date", "Notes"),
        *("Degree Name", "Activities"),
    ),
    "Skills.csv": ("Name",),
    "Languages.csv": ("Name", "Proficiency"),
    "Invitations.csv": (
        *("From", "To", "Sent At", "Message", "Direction"),
        *("inviterProfileUrl", "inviteeProfileUrl"),
    ),
    "Connections.csv": (
        *("First Name", "Last Name", "URL", "Email Address"),
        *("Company", "Position", "Connected On"),
    ),
    "ImportedContacts.csv": (
        *("FirstName", "MiddleName", "LastName", "MaidenName", "NickName"),
        *("NamePrefix", "NameSuffix", "Title", "Emails", "PhoneNumbers"),
        *("CreatedAt", "UpdatedAt", "CountryCode", "RegionCode"),
        *("ThirdPartyVerified", "Location"),
    ),
    "Shares.csv": (
        *("Date", "ShareLink", "ShareCommentary", "SharedUrl"),
        *("MediaUrl", "Visibility"),
    ),
    "InstantReposts.csv": ("Date", "Link"),
    "Comments.csv": ("Date", "Link", "Message"),
    "Events.csv": ("Event Name", "Event Time", "Status", "External Url"),
    "Job Applications.csv": (
        *("Application Date", "Contact Email", "Contact Phone Number"),
        *("Company Name", "Job Title", "Job Url", "Resume Name"),
        "Question And Answers",
    ),
    "Contacts.csv": (
        *("Source", "FirstName", "LastName", "Companies", "Title", "Emails"),
        *("PhoneNumbers", "CreatedAt", "FullName", "Location", "Profiles"),
    ),
    "Endorsement_Received_Info.csv": (
        *("Endorsement Date", "Skill Name", "Endorser First Name"),
        *("Endorser Last Name", "Endorser Public Url", "Endorsement Status"),
    ),
    "Endorsement_Given_Info.csv": (
        *("Endorsement Date", "Skill Name", "Endorsee First Name"),
        *("Endorsee Last Name", "Endorsee Public Url", "Endorsement Status"),
    ),
    "Recommendations_Received.csv": (
        *("First Name", "Last Name", "Company", "Job Title", "Text"),
        *("Creation Date", "Status"),
    ),
    "Recommendations_Given.csv": (
        *("First Name", "Last Name", "Company", "Job Title", "Text"),
        *("Creation Date", "Status"),
    ),
    "Notes.csv": (
        *("Connection First Name", "Connection Last Name", "Connection Profile URL"),
        *("Note", "Created On", "Edited On"),
    ),
    "messages.csv": (
        *("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL"),
        *("TO", "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER"),
        *("ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
    ),
}

# What stands before the header of Connections.csv: three lines, in other words.
PREAMBLE = 'Notes:\n"Some addresses are missing, because\tnot all show theirs."\n\n'

Rows = Sequence[Mapping[str, str]]
Content = Rows | str | bytes


def table(
    rows: Iterable[Mapping[str, str]],
    header: Sequence[str],
    *,
    quotes_all: bool = False,
    preamble: str = "",
    delimiter: str = ",",
) -> str:
    """Write rows as the text of a CSV file; columns without a value stay blank."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text,
        header,
        restval="",
        lineterminator="\n",
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if quotes_all else csv.QUOTE_MINIMAL,
    )
    writer.writeheader()
    writer.writerows(rows)
    return preamble + text.getvalue()


def file_bytes(name: str, content: Content) -> bytes:
    """Return the bytes of a file; rows get the newest header of their file."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, str):
        return content.encode()
    preamble = PREAMBLE if name == "Connections.csv" else ""
    quotes_all = name == "messages.csv"
    rows = table(content, HEADERS[name], quotes_all=quotes_all, preamble=preamble)
    return rows.encode()


def write_zip(path: Path, files: Mapping[str, Content]) -> Path:
    """Write a ZIP archive; the names of the files may hold folders."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, file_bytes(name.rsplit("/", 1)[-1], content))
    return path


def write_folder(path: Path, files: Mapping[str, Content]) -> Path:
    """Write the folder that comes out of such an archive."""
    for name, content in files.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file_bytes(target.name, content))
    return path
