"""The sample member's desk, some weeks in: something of everything, to look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from clocked_desk import Clock
from repeated_advertising import AGAIN, START, asked, wrote
from vorzimmer.acting import SentText
from vorzimmer.desk import Card, Desk
from vorzimmer.intake import Intake
from vorzimmer.intake.heard import Heard
from vorzimmer.model import Action
from vorzimmer.sample import LAST_DAY, write_archive
from vorzimmer.settings import Settings
from vorzimmer.store import Store

# Weeks after the archive: whoever was asked then and has not answered is late now.
_PASSED = timedelta(days=20)


@contextmanager
def sample_desk(
    folder: Path, clock: Clock, *, database: str | None = None
) -> Iterator[Desk]:
    """Open a desk on the sample member, with nothing decided.

    Args:
        folder: For what it writes.
        clock: Its clock.
        database: Where it keeps its data; ``None`` for a file in the folder.
    """
    settings = Settings(
        database=database or str(folder / "desk.db"),
        policy="three-reasons",
        policies_folder=folder / "policies",
    )
    clock.now = datetime.combine(LAST_DAY, time(12), UTC)
    with Desk(settings, Store.open(settings.database), now=clock) as desk:
        desk.import_from(write_archive(folder))
        yield desk


@contextmanager
def full_desk(folder: Path, *, database: str | None = None) -> Iterator[Desk]:
    """Open a desk on which something of everything has happened.

    Args:
        folder: See ``sample_desk``.
        database: See ``sample_desk``.
    """
    clock = Clock()
    with sample_desk(folder, clock, database=database) as desk:
        _decide(desk)
        _refuse(desk)
        clock.now += _PASSED
        _advertise_again(desk)
        _settle(desk)
        desk.rules.copy("three-reasons", "my-own")
        yield desk


def proposed(desk: Desk, action: Action) -> tuple[Card, ...]:
    """Return the open requests with this proposal."""
    return dict(desk.session().groups).get(action, ())


def _decide(desk: Desk) -> None:
    """Decide some, ask some back, answer a question, say what some requests are."""
    for action in (Action.ACCEPT, Action.IGNORE):
        for card in proposed(desk, action)[-6:]:
            desk.decide(card.request.id, action)
    asked = proposed(desk, Action.ASK)[-4:]
    for card in asked:
        acting = desk.reactions.acting.begin(card.request.id, Action.ASK)
        draft = desk.letters.draft(card.request.id, action=Action.ASK)
        assert draft is not None
        sent = SentText(
            text=draft.text,
            text_id=draft.letter.text_id,
            language=draft.manner.language,
            address=draft.manner.address,
        )
        desk.reactions.acting.done(acting.key, sent=sent)
    request = asked[0].request
    at = datetime.combine(LAST_DAY, time(17), UTC)
    heard = (Heard(request.sender, request.network, at),)
    member = desk.member()
    assert member is not None
    later = Intake(member=member, heard=heard)
    desk.keep(later, "mails.mbox", kinds=("mail_files",))
    for card in proposed(desk, Action.IGNORE)[-12:]:
        if card.assessment.leading_kind:
            desk.teaching.correct(card.request.id, card.assessment.leading_kind)


def _refuse(desk: Desk) -> None:
    """Decline somebody who advertises."""
    member = desk.member()
    assert member is not None
    desk.keep(Intake(member=member, requests=(asked("rex"),)), "rex.txt")
    desk.decide("rex", Action.DECLINE)


def _advertise_again(desk: Desk) -> None:
    """Let whoever was declined advertise again."""
    member = desk.member()
    assert member is not None
    days = (LAST_DAY - START.date()).days + 3
    again = (wrote(AGAIN, days=days),)
    desk.keep(Intake(member=member, later=again), "again.mbox", kinds=("mail_files",))


def _settle(desk: Desk) -> None:
    """Remove one who advertised after being accepted, and keep another."""
    first, second, *_ = desk.after.view().proposals
    desk.after.remove(first.request.id)
    desk.after.keep(second.request.id)
