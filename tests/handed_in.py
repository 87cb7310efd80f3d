"""A desk, an archive and mails that tell of the same requests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contributions import MARCH_3, MIRA, NOTE
from stores import empty_file
from vorzimmer.desk import Desk, ImportReport
from vorzimmer.intake import Intake
from vorzimmer.model import Channel, ContactRequest, Member, Person
from vorzimmer.settings import Settings

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
IDA = "https://www.linkedin.com/in/ida-roth"
APRIL_3 = datetime(2026, 4, 3, 9, 30, tzinfo=UTC)
OLE = "https://www.linkedin.com/in/ole-kt"


def open_desk(folder: Path) -> Desk:
    """Return a desk whose clock stands still."""
    desk = Desk.open(Settings(database=str(empty_file(folder))))
    desk._now = desk.sources._now = lambda: NOW  # noqa: SLF001 - the clock is read at the edge
    return desk


def write_archive(folder: Path, *, note: str = "", accepted: bool = False) -> Path:
    """Write an archive: Mira and Ole ask, Jale is known; Ole may be a contact now."""
    folder.mkdir(exist_ok=True)
    (folder / "Invitations.csv").write_text(
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        f'Mira Sondermann,Ida Roth,"3/3/26, 9:30 AM","{note}",INCOMING,{MIRA},{IDA}\n'
        f'Ole Kruse-Tietz,Ida Roth,"4/3/26, 9:30 AM","",INCOMING,{OLE},{IDA}\n',
        "utf-8",
    )
    ole = f"Ole,Kruse-Tietz,{OLE},,Kai,Lotse,05 Apr 2026\n" if accepted else ""
    (folder / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Jale,Aydin,https://www.linkedin.com/in/jale-aydin,,Nordlicht,Leitung,"
        f"02 Mar 2020\n{ole}",
        "utf-8",
    )
    return folder


def mailed(
    own_id: str = "m1",
    *,
    name: str | None = "Mira Sondermann",
    note: str | None = NOTE[:40] + "…",
    said_at: datetime = MARCH_3,
    sent_at: datetime | None = MARCH_3,
    **sender: Any,  # noqa: ANN401 - facts of any type
) -> Intake:
    """Return what a mail tells of one request, of 3 March unless it says otherwise."""
    facts = {"headline": "Kranführerin", **sender}
    request = ContactRequest(
        id=own_id,
        sender=Person(name=name, **facts),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note=note,
        sent_at=sent_at,
    )
    return Intake(
        member=Member(), requests=(request,), said_at={own_id: said_at}, counts={"m": 1}
    )


def keep_mail(desk: Desk, intake: Intake, label: str = "home (INBOX)") -> ImportReport:
    """Keep it as what came from a mailbox."""
    return desk.keep(intake, label, kinds=("imap",))


def open_requests(desk: Desk) -> dict[str, ContactRequest]:
    """Return the open requests by the names of their senders."""
    return {
        card.request.sender.name or "": card.request
        for _, cards in desk.session().groups
        for card in cards
    }


def number_of(desk: Desk, kind: str) -> int:
    """Return the number of the source that one importer read."""
    return next(each.id for each in desk.sources.read() if each.kinds == (kind,))
