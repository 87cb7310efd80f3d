"""What importers yield: one item a row, before anybody has made sense of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

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


class Message(NamedTuple):
    """One message of a conversation; nobody has said yet who the member is.

    A named tuple, since an archive holds more of them than of anything else, and one
    is made in less than half the time.

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


class NoticeKind(StrEnum):
    """What a mail of a network tells."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    DIGEST = "digest"
    INMAIL = "inmail"
    MESSAGE = "message"
    ACCEPTED = "accepted"
    SPONSORED = "sponsored"
    TO_NON_MEMBER = "to_non_member"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotice:
    """What a notification mail of a network tells of one person.

    Attributes:
        network: Whose mail it says that it is, in lower case.
        note: The words sent along; ``None`` when the mail brings none.
        sent_at: When the person asked or wrote; ``None`` of a reminder that does not
            say it.
        mailed_at: When the network sent the mail.
        number: The network's number of the request, ``""`` when not known.
        recipient: Name of the member to whom the mail says that it goes, or ``""``.
        is_origin_proven: Whether the mailbox provider vouches that the network sent it.
        leads_to: Host of the first link that leads away from the network; ``""`` when
            all lead to it.
    """

    network: str
    kind: NoticeKind
    sender: Person
    note: str | None = None
    subject: str = ""
    sent_at: datetime | None = None
    mailed_at: datetime | None = None
    number: str = ""
    recipient: str = ""
    is_origin_proven: bool = False
    leads_to: str = ""


class OccasionKind(StrEnum):
    """What the member did."""

    POST = "post"
    ARTICLE = "article"
    COMMENT = "comment"
    EVENT = "event"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Something that the member did, and others could see.

    Attributes:
        id: The same whenever it comes in.
        title: Its first words; ``""`` where there are none, or none are kept.
    """

    id: str
    kind: OccasionKind
    on: date
    title: str = ""


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
    | Occasion
    | MailNotice
    | Cursor
    | FileRead
    | Skipped
)
