"""A desk with a clock that stands, invented requests, and what sources bring later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from open_network import OpenNetwork
from stores import empty_file
from vorzimmer.acting import BY_HAND, SentText
from vorzimmer.desk import Desk
from vorzimmer.intake import Intake
from vorzimmer.intake.heard import Heard
from vorzimmer.model import Channel, ContactRequest, Member, Person
from vorzimmer.reactions import State
from vorzimmer.settings import AskSettings, Settings
from vorzimmer.store import Store

START = datetime(2026, 11, 2, 12, tzinfo=UTC)
WORDS = SentText(
    text="Was führt Sie zu mir?", text_id="short", language="de", address="sie"
)


def address(name: str) -> str:
    return f"https://www.linkedin.com/in/{name}"


REQUESTS = tuple(
    ContactRequest(
        id=name,
        sender=Person(name=name.title(), profile_url=address(name)),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note="",
        sent_at=START - timedelta(days=3),
    )
    for name in ("anja", "bodo", "cleo", "dirk")
) + tuple(
    ContactRequest(id=name, sender=Person(name=name.title()), network="open", note="")
    for name in ("odo", "pia")
)


class Clock:
    """A clock that stands until it is moved."""

    now = START

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, days: float) -> None:
        self.now += timedelta(days=days)


@contextmanager
def clocked_desk(folder: Path, clock: Clock, network: OpenNetwork) -> Iterator[Desk]:
    """Open a desk with the requests in it; answers are waited for ten days."""
    place = str(empty_file(folder))
    made = Settings(database=place, ask=AskSettings(days=10))
    networks = {**BY_HAND, "open": network}
    with Desk(made, Store.open(place), now=clock, networks=networks) as opened:
        opened.keep(Intake(member=Member(name="Mia"), requests=REQUESTS), "first")
        yield opened


def bring(desk: Desk, *heard: Heard, **more: object) -> int | None:
    intake = Intake(member=Member(name="Mia"), heard=heard, **more)  # type: ignore[arg-type] # parts of an intake
    return desk.keep(intake, "later").answers


def wrote(name: str, at: datetime) -> Heard:
    return Heard(Person(name=name.title(), profile_url=address(name)), "linkedin", at)


def state(desk: Desk, request_id: str) -> State:
    return desk.card(request_id).state
