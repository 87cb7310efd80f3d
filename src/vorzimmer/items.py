"""What importers yield: one item a row, before anybody has made sense of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vorzimmer.model import Education, Person, Position, Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the source says about the member's own account."""

    first_name: str = ""
    last_name: str = ""
    maiden_name: str = ""
    headline: str = ""
    industry: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class OwnFact:
    """One more word about the member: ``what`` is email, skill or language."""

    what: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A confirmed contact; ``connected_on`` of ``None`` is an unreadable date."""

    person: Person
    connected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedContact:
    """A person from an address book of the member.

    Attributes:
        emails: All addresses; that of ``person`` is the first of them.
        profile_urls: All profiles; that of ``person`` is the first of them.
        is_collected: Whether a mail program put it there by itself.
    """

    person: Person
    emails: tuple[str, ...] = ()
    profile_urls: tuple[str, ...] = ()
    created_on: date | None = None
    is_collected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """The head of one mail; nobody has said yet whether the member wrote it.

    Attributes:
        sender: E-mail address that it was written from, in lower case.
        recipients: To whom it went, openly or not; each has an address.
        message_id: Tells it from others, ``""`` when it has none.
        is_filed_as_sent: Whether it lies in a folder for sent mail.
    """

    sender: str
    recipients: tuple[Person, ...]
    sent_at: datetime | None = None
    message_id: str = ""
    is_filed_as_sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An appointment with others, or a series of them; who the member is, is open.

    Attributes:
        id: Tells it from others; parts of one series share it.
        people: All who were asked and did not decline; each has an address.
        declined: Addresses of those who declined.
        on: First day.
        until: Last day on which it took place.
        count: How many times it took place, 1 or more.
    """

    id: str
    people: tuple[Person, ...]
    declined: tuple[str, ...] = ()
    on: date
    until: date
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation; nobody has said yet who the member is.

    Attributes:
        recipients: Whom it went to; names may be missing, addresses may be.
        text: Plain text; HTML was turned into text by the importer.
        is_sponsored: Whether its mark-up is that of paid advertising.
        folder: As the network files it, upper case: INBOX, ARCHIVE, SPAM or "".
    """

    conversation_id: str
    sender: Person
    recipients: tuple[Person, ...] = ()
    sent_at: datetime | None = None
    title: str = ""
    subject: str = ""
    text: str = ""
    folder: str = ""
    is_sponsored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One contact request, sent or received."""

    sender: Person
    recipient: Person
    is_incoming: bool
    note: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """A skill that the member confirmed for a person (``is_given``), or the reverse."""

    person: Person
    skill: str
    is_given: bool
    endorsed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation that the member wrote (``is_given``), or received."""

    person: Person
    is_given: bool
    written_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNote:
    """A note that the member keeps about a contact; only that there is one."""

    person: Person
    written_on: date | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of the source was read to its end, or could not be.

    Attributes:
        file: Name inside the source.
        rows: Rows read, items and skipped together; ``None`` is a file that is
            missing, or has unknown columns.
        has_unknown_columns: Whether it is there, and could not be understood.
    """

    file: str
    rows: int | None
    has_unknown_columns: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """All before this is read; to go on after it, the importer gets it back.

    What came before is kept from here on, whatever happens to the rest.

    Attributes:
        value: Nobody but the importer understands it; it must hold no secret.
    """

    value: str


Item = (
    Account
    | OwnFact
    | Position
    | Education
    | Connection
    | ImportedContact
    | SentMail
    | Meeting
    | Message
    | Invitation
    | Endorsement
    | Recommendation
    | PrivateNote
    | FileRead
    | Skipped
)
