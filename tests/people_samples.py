"""People of our own making, told of by several sources, and a desk that knows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from clocked_desk import Clock
from stores import empty_file
from vorzimmer.desk import Desk
from vorzimmer.habits import Habit
from vorzimmer.intake import Intake, PastDecision
from vorzimmer.intake.voices import LaterMessage
from vorzimmer.items import Occasion, OccasionKind
from vorzimmer.model import (
    Action,
    Channel,
    ContactRequest,
    Member,
    Person,
    Skipped,
    Tie,
    TieKind,
    say,
)
from vorzimmer.people import identity
from vorzimmer.settings import Settings
from vorzimmer.store import Store

MIA = Member(name="Mia Tannert", emails=("mia@example.org",))
ZORA = Person(
    name="Zora Quistgård",
    headline="Brückenbau",
    email="zora.quist@example.org",
    profile_url="https://www.linkedin.com/in/zora-quistg%C3%A5rd-77",
)
ZORAS_NOTE = "Moin Mia, ich plane Klappbrücken und suche jemanden aus Husum."
ASKED = datetime(2024, 3, 4, 9, tzinfo=UTC)
OLUF = Person(name="Oluf Rixen", profile_url="https://www.linkedin.com/in/oluf-rixen")


def asking(
    person: Person, note: str, *, name: str, sent_at: datetime = ASKED
) -> ContactRequest:
    return ContactRequest(
        id=name,
        sender=person,
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note=note,
        sent_at=sent_at,
    )


def everything_of(person: Person, note: str, *, name: str = "z1") -> Intake:
    """Return what a source can tell of somebody, and of others who name them."""
    later = LaterMessage(
        writer=identity(person),
        person=person,
        text=f"Nachtrag: {note}",
        sent_at=datetime(2024, 5, 6, 9, tzinfo=UTC),
        network="linkedin",
        channel=Channel.MESSAGE,
    )
    reason = say("This is no address: {text}", text=person.email or person.name or "")
    other = asking(OLUF, f"Gruß von {person.name}! Man kennt sich.", name=f"o-{name}")
    return Intake(
        member=MIA,
        requests=(asking(person, note, name=name), other),
        ties=(
            Tie(person=person, kind=TieKind.WROTE_TO_YOU, count=2),
            Tie(
                person=OLUF,
                kind=TieKind.NOTED,
                since=date(2024, 1, 2),
                detail=f"Kennt {person.name}, {person.profile_url}",
            ),
        ),
        skipped=(Skipped("mails.mbox", 4, reason),),
        later=(later,),
        habits={identity(person): Habit(count=7, german=7)},
        occasions=(
            Occasion(
                id=f"post {name}",
                kind=OccasionKind.POST,
                on=date(2024, 5, 7),
                title=f"Danke, {person.name}!",
            ),
        ),
        aliases={f"older-{name}": name},
    )


@contextmanager
def desk_in(
    folder: Path, clock: Clock | None = None, *, busy_timeout_s: float = 5
) -> Iterator[Desk]:
    place = str(empty_file(folder))
    made = Settings(database=place)
    store = Store.open(place, busy_timeout_s=busy_timeout_s)
    with Desk(made, store, now=clock or Clock()) as opened:
        yield opened


def fill(desk: Desk, person: Person, note: str, *, name: str = "z1") -> None:
    """Keep all of it, decide, take back, type, correct, and write about it."""
    desk.keep(everything_of(person, note, name=name), "home.mbox")
    desk.give_fact(name, "contacts_count", 312)
    desk.decide(name, Action.ACCEPT, note=f"Sagt {person.name}")
    desk.undo()
    desk.decide(name, Action.DECLINE)
    desk.decide(f"o-{name}", Action.HOLD, note=f"fragen: {person.email}")
    desk.teaching.correct(name, None)


def declined(person: Person, note: str, *, name: str) -> Intake:
    return Intake(
        member=MIA,
        requests=(asking(person, note, name=name),),
        past=(PastDecision(name, Action.DECLINE, ASKED),),
    )


def raw_bytes(desk: Desk) -> bytes:
    """Return all bytes of the database's files."""
    place = desk.settings.database
    files = (Path(f"{place}{end}") for end in ("", "-wal", "-shm", "-journal"))
    return b"".join(each.read_bytes() for each in files if each.exists())


def shown_in(raw: bytes, words: str) -> bool:
    """Return whether words stand in bytes: as they are, small, escaped, in UTF-16."""
    forms = {words, words.lower(), words.casefold()}
    needles = {each.encode() for each in forms}
    needles |= {each.encode("unicode_escape") for each in forms}
    needles |= {each.encode("utf-16-le") for each in forms}
    small = raw.lower()
    return any(each in raw or each in small for each in needles)
