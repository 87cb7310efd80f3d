"""What the rows of LinkedIn's files mean: one mapper a file; pure.

A mapper takes a row as a mapping from column to cell, with the columns named by
``column``, and returns one item, or the reason why the row is left out. LinkedIn's
portability interface names its fields as the archive does, and uses the same mappers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from vorzimmer.items import (
    Account,
    Connection,
    Endorsement,
    ImportedContact,
    Invitation,
    Item,
    Message,
    OwnFact,
    PrivateNote,
    Recommendation,
)
from vorzimmer.linkedin.cells import (
    day_of,
    moment_of,
    name_of,
    person_of,
    plain_text,
    profile_url_of,
    recipients_of,
    text_of,
)
from vorzimmer.linkedin.columns import column
from vorzimmer.linkedin.occasions import application, comment, event, share
from vorzimmer.model import Education, Person, Position, Sentence, say

Row = Mapping[str, str]
Mapper = Callable[[Row], Item | Sentence]

_INCOMING = frozenset({"INCOMING", "RECEIVED", "EINGEHEND", "ERHALTEN"})
_OUTGOING = frozenset({"OUTGOING", "SENT", "AUSGEHEND", "GESENDET"})
_YES = frozenset({"yes", "true", "ja"})
# Only paid campaigns are written with this editor. Source: exports from 2021 to 2026.
_SPONSORED = "spinmail-quill-editor"

_HIDDEN = say("This contact closed or hid their profile; only a date is left.")
_DRAFT = say("This is a draft that was never sent.")
_NOBODY = say("This row names neither a person nor an address.")
_NO_DIRECTION = say("This row does not say whether it was sent or received.")
_NO_MESSAGE = say("This row has neither a sender nor a text.")
_BLANK = say("This row lacks the one thing it is about.")


def _cell(row: Row, *names: str) -> str:
    """Return the first of some cells that is not blank."""
    for name in names:
        cell = row.get(name)
        if cell and (text := text_of(cell)):
            return text
    return ""


def _is_yes(row: Row, name: str) -> bool:
    cell = row.get(name, "")
    return cell != "" and cell.strip().lower() in _YES


def account(row: Row) -> Item | Sentence:
    """Read a row of Profile.csv."""
    return Account(
        first_name=_cell(row, "firstname"),
        last_name=_cell(row, "lastname"),
        maiden_name=_cell(row, "maidenname"),
        headline=_cell(row, "headline"),
        industry=_cell(row, "industry"),
        location=_cell(row, "geolocation"),
    )


def email(row: Row) -> Item | Sentence:
    """Read a row of Email Addresses.csv."""
    value = _cell(row, "emailaddress")
    return OwnFact("email", value.lower()) if "@" in value else _BLANK


def position(row: Row) -> Item | Sentence:
    """Read a row of Positions.csv."""
    company, title = _cell(row, "company"), _cell(row, "title", "position")
    if not company and not title:
        return _BLANK
    return Position(
        company=company,
        title=title,
        started_on=day_of(row.get("startedon", "")),
        ended_on=day_of(row.get("finishedon", "")),
    )


def education(row: Row) -> Item | Sentence:
    """Read a row of Education.csv."""
    school = _cell(row, "schoolname")
    if not school:
        return _BLANK
    return Education(
        school=school,
        degree=_cell(row, "degreename"),
        started_on=day_of(row.get("startedon", "")),
        ended_on=day_of(row.get("finishedon", "")),
    )


def skill(row: Row) -> Item | Sentence:
    """Read a row of Skills.csv."""
    name = _cell(row, "name")
    return OwnFact("skill", name) if name else _BLANK


def language(row: Row) -> Item | Sentence:
    """Read a row of Languages.csv."""
    name = _cell(row, "name")
    return OwnFact("language", name) if name else _BLANK


def invitation(row: Row) -> Item | Sentence:
    """Read a row of Invitations.csv; exports before 2023 have no addresses."""
    direction = _cell(row, "direction").upper()
    if direction not in _INCOMING | _OUTGOING:
        return _NO_DIRECTION
    sender = person_of(row.get("from", ""), row.get("inviterprofileurl", ""))
    recipient = person_of(row.get("to", ""), row.get("inviteeprofileurl", ""))
    is_incoming = direction in _INCOMING
    other = "from" if is_incoming else "to"
    if not _cell(row, other) and not (sender if is_incoming else recipient).profile_url:
        return _NOBODY
    return Invitation(
        sender=sender,
        recipient=recipient,
        is_incoming=is_incoming,
        note=_cell(row, "message"),
        sent_at=moment_of(row.get("sentat", "")),
    )


def connection(row: Row) -> Item | Sentence:
    """Read a row of Connections.csv; closed profiles leave only a date."""
    name = name_of(row.get("firstname", ""), row.get("lastname", ""))
    url = profile_url_of(row.get("url", ""))
    address = _cell(row, "emailaddress").lower() or None
    if not name and not url and not address:
        return _HIDDEN
    person = Person(
        name=name,
        company=_cell(row, "company") or None,
        position=_cell(row, "position") or None,
        email=address,
        profile_url=url,
    )
    return Connection(person=person, connected_on=day_of(row.get("connectedon", "")))


def imported_contact(row: Row) -> Item | Sentence:
    """Read a row of ImportedContacts.csv, or of Contacts.csv as it was before."""
    parts = (row.get(part, "") for part in ("firstname", "middlename", "lastname"))
    name = name_of(*parts) or name_of(_cell(row, "fullname", "nickname"))
    found = re.split(r"[,;\n]|\s{2,}", _cell(row, "emails", "emailaddress"))
    emails = tuple(dict.fromkeys(each.strip().lower() for each in found if "@" in each))
    if not name and not emails:
        return _NOBODY
    person = Person(
        name=name,
        company=_cell(row, "company", "companies") or None,
        position=_cell(row, "title", "position") or None,
        location=_cell(row, "location") or None,
        email=emails[0] if emails else None,
        profile_url=profile_url_of(_cell(row, "profiles")),
    )
    return ImportedContact(
        person=person, emails=emails, created_on=day_of(row.get("createdat", ""))
    )


def endorsement_received(row: Row) -> Item | Sentence:
    """Read a row of Endorsement_Received_Info.csv."""
    return _endorsement(row, who="endorser", is_given=False)


def endorsement_given(row: Row) -> Item | Sentence:
    """Read a row of Endorsement_Given_Info.csv."""
    return _endorsement(row, who="endorsee", is_given=True)


def _endorsement(row: Row, *, who: str, is_given: bool) -> Item | Sentence:
    name = name_of(row.get(f"{who}firstname", ""), row.get(f"{who}lastname", ""))
    url = profile_url_of(row.get(f"{who}publicurl", ""))
    if not name and not url:
        return _NOBODY
    return Endorsement(
        person=Person(name=name, profile_url=url),
        skill=_cell(row, "skillname"),
        is_given=is_given,
        endorsed_on=day_of(row.get("endorsementdate", "")),
    )


def recommendation_received(row: Row) -> Item | Sentence:
    """Read a row of Recommendations_Received.csv."""
    return _recommendation(row, is_given=False)


def recommendation_given(row: Row) -> Item | Sentence:
    """Read a row of Recommendations_Given.csv."""
    return _recommendation(row, is_given=True)


def _recommendation(row: Row, *, is_given: bool) -> Item | Sentence:
    name = name_of(row.get("firstname", ""), row.get("lastname", ""))
    if not name:
        return _NOBODY
    person = Person(
        name=name,
        company=_cell(row, "company") or None,
        position=_cell(row, "position") or None,
    )
    written_on = day_of(row.get("creationdate", ""))
    return Recommendation(person=person, is_given=is_given, written_on=written_on)


def private_note(row: Row) -> Item | Sentence:
    """Read a row of Notes.csv; the words of the note are not kept."""
    name = name_of(
        row.get("connectionfirstname", ""), row.get("connectionlastname", "")
    )
    url = profile_url_of(row.get("connectionprofileurl", ""))
    if not name and not url:
        return _NOBODY
    person = Person(name=name, profile_url=url)
    return PrivateNote(person=person, written_on=day_of(row.get("createdon", "")))


def message(row: Row) -> Item | Sentence:
    """Read a row of messages.csv; drafts are left out.

    Exports before 2019 have no conversation ids: there, all that passed between the
    same people under the same title is one conversation.
    """
    if _is_yes(row, "ismessagedraft") or _is_yes(row, "isconversationdraft"):
        return _DRAFT
    sender_name, content = row.get("from", ""), row.get("content", "")
    if not sender_name and not content:
        return _NO_MESSAGE
    sender = person_of(sender_name, row.get("senderprofileurl", ""))
    recipients = recipients_of(row.get("to", ""), row.get("recipientprofileurls", ""))
    title = text_of(row.get("conversationtitle", ""))
    return Message(
        conversation_id=text_of(row.get("conversationid", ""))
        or _conversation((sender, *recipients), title),
        sender=sender,
        recipients=recipients,
        sent_at=moment_of(row.get("date", "")),
        title=title,
        subject=text_of(row.get("subject", "")),
        text=plain_text(content),
        folder=text_of(row.get("folder", "")).upper(),
        is_sponsored=_SPONSORED in content,
    )


def _conversation(people: tuple[Person, ...], title: str) -> str:
    names = sorted({each.profile_url or each.name or "" for each in people})
    return "|".join(("without id", title, *names))


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file of the archive that is read.

    Attributes:
        name: Its name in today's archives.
        mapper: What its rows mean.
        expected: The columns by which its header is found.
        is_important: Whether its absence is worth a word.
    """

    name: str
    mapper: Mapper
    expected: tuple[str, ...]
    is_important: bool = False

    def is_header(self, cells: Iterable[str]) -> bool:
        """Return whether a row is the header: all expected columns are in it."""
        return {column(each) for each in self.expected} <= set(map(column, cells))


# In the order of reading: first who the member is, then whom they know, then the mass.
FILES = (
    KnownFile("Profile.csv", account, ("First Name", "Last Name"), is_important=True),
    KnownFile("Email Addresses.csv", email, ("Email Address",)),
    KnownFile("Positions.csv", position, ("Company Name", "Started On")),
    KnownFile("Education.csv", education, ("School Name",)),
    KnownFile("Skills.csv", skill, ("Name",)),
    KnownFile("Languages.csv", language, ("Name",)),
    KnownFile(
        "Invitations.csv",
        invitation,
        ("From", "To", "Sent At", "Direction"),
        is_important=True,
    ),
    KnownFile(
        "Connections.csv",
        connection,
        ("First Name", "Last Name", "Connected On"),
        is_important=True,
    ),
    KnownFile("ImportedContacts.csv", imported_contact, ("FirstName", "LastName")),
    KnownFile("Contacts.csv", imported_contact, ("FirstName", "LastName")),
    KnownFile(
        "Endorsement_Received_Info.csv",
        endorsement_received,
        ("Skill Name", "Endorser First Name"),
    ),
    KnownFile(
        "Endorsement_Given_Info.csv",
        endorsement_given,
        ("Skill Name", "Endorsee First Name"),
    ),
    KnownFile(
        "Recommendations_Received.csv",
        recommendation_received,
        ("First Name", "Last Name"),
    ),
    KnownFile(
        "Recommendations_Given.csv", recommendation_given, ("First Name", "Last Name")
    ),
    KnownFile("Shares.csv", share, ("Date", "ShareLink")),
    KnownFile("InstantReposts.csv", share, ("Date", "Link")),
    KnownFile("Comments.csv", comment, ("Date", "Link")),
    KnownFile("Events.csv", event, ("Event Name", "Event Time")),
    KnownFile("Job Applications.csv", application, ("Application Date", "Job Title")),
    KnownFile("Notes.csv", private_note, ("Connection First Name", "Note")),
    KnownFile(
        "messages.csv", message, ("From", "To", "Date", "Content"), is_important=True
    ),
)


def _file_key(name: str) -> str:
    return name.casefold().replace(" ", "_")


_BY_KEY = {_file_key(known.name.removesuffix(".csv")): known for known in FILES}
_CSV_NAME = re.compile(r"(.+?)(?:_[0-9]+| \([0-9]+\)|_\([0-9]+\))?\.csv", re.IGNORECASE)


def known_file(name: str) -> KnownFile | None:
    """Return the file of that name; ``None`` for those that are not read.

    Capitals do not count, a blank is an underscore, and a number may follow the name;
    ``guide_messages.csv`` is not ``messages.csv``.
    """
    found = _CSV_NAME.fullmatch(name)
    return _BY_KEY.get(_file_key(found[1])) if found else None
