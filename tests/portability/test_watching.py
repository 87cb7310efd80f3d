"""Watching LinkedIn's interface: asked once an hour, beside a mailbox or alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import CommandLine
from portability.rows import MIRA
from portability.stand_in import StandIn, Trouble
from vorzimmer.desk import Card, Desk
from vorzimmer.errors import ConnectionLostError, SourceError
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import say
from vorzimmer.portability.client import TRIES
from vorzimmer.settings import read_settings
from vorzimmer.watch import ASKED_EVERY_S, watch

pytestmark = pytest.mark.usefixtures("linkedin")
NEW = {**MIRA, "From": "Neu Hier", "inviterProfileUrl": "linkedin.com/in/neu-hier"}


class Time:
    """Goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def desk(run: CommandLine) -> Iterator[Desk]:
    with Desk.open(read_settings(run.settings)) as opened:
        yield opened


@pytest.fixture
def time() -> Time:
    return Time()


def watched(desk: Desk, time: Time) -> Iterator[tuple[Card, ...] | SourceError]:
    return watch(
        desk,
        None,
        seconds=60,
        is_interface_asked=True,
        sleep=time.sleep,
        clock=lambda: time.now,
    )


def test_new_requests_come_and_hours_without_news_leave_no_trace(
    desk: Desk, linkedin: StandIn, time: Time
) -> None:
    news = watched(desk, time)
    first = next(news)
    assert isinstance(first, tuple)
    assert len(first) == desk.session().open_count > 0
    assert next(news) == next(news) == ()
    assert (time.now, len(desk.imports())) == (2 * ASKED_EVERY_S, 1)
    linkedin.domains["INVITATIONS"] = [MIRA, NEW]
    later = next(news)
    assert isinstance(later, tuple)
    (card,) = later
    assert card.request.sender.name == "Neu Hier"
    assert (time.now, len(desk.imports())) == (3 * ASKED_EVERY_S, 2)
    (source,) = desk.sources.read()
    assert source.read_at is not None


def test_what_may_pass_is_told_and_asked_again_what_lasts_ends_it(
    desk: Desk, linkedin: StandIn, time: Time
) -> None:
    news = watched(desk, time)
    linkedin.troubles = [Trouble(503, at="memberSnapshotData", times=TRIES)]
    assert isinstance(next(news), SourceError)
    assert next(news) == ()
    assert next(news) != ()
    linkedin.troubles = [Trouble(401, at="member", times=1)]
    with pytest.raises(SourceError, match="The token has expired"):
        next(news)


def test_a_mailbox_is_watched_on_when_the_token_has_expired(
    desk: Desk, linkedin: StandIn, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    linkedin.troubles = [Trouble(401, at="member", times=1)]
    looks: list[float] = []

    def look(*_: object, **__: object) -> tuple[list[object], str]:
        looks.append(time.now)
        return [], ""

    monkeypatch.setattr("vorzimmer.watch.fetch", look)
    monkeypatch.setattr(
        "vorzimmer.watch.imap.wait_for_mail",
        lambda *_, seconds, **__: time.sleep(seconds),
    )
    news = watch(
        desk,
        Mailbox(name="x", host="a.example", user="x"),
        seconds=600,
        is_interface_asked=True,
        sleep=time.sleep,
        clock=lambda: time.now,
    )
    assert isinstance(next(news), SourceError)
    asked = len(linkedin.asked)
    for _ in range(9):
        assert next(news) == ()
    assert (len(looks), len(linkedin.asked)) == (9, asked)


def test_the_command_asks_the_interface_alone_or_where_it_was_read_before(
    run: CommandLine, linkedin: StandIn
) -> None:
    assert run("watch", "--once").exit_code == 1
    assert linkedin.asked == []
    first = run("watch", "portability", "--once")
    assert (first.exit_code, "Mira Muster" in first.stdout) == (0, True)
    linkedin.domains["INVITATIONS"] = [MIRA, NEW]
    second = run("watch", "--once")
    assert (second.exit_code, "Neu Hier" in second.stdout) == (0, True)
    linkedin.troubles = [Trouble(403, at="domain=PROFILE", times=1)]
    third = run("watch", "--once")
    assert (third.exit_code, third.stdout) == (1, "")
    assert "not for your data" in third.stderr


def test_a_mailbox_that_does_not_answer_hides_nothing_of_it(
    desk: Desk, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        place = "x"
        raise ConnectionLostError(place, say("It broke off."), say("Try again."))

    monkeypatch.setattr("vorzimmer.watch.fetch", broken)
    news = watch(
        desk,
        Mailbox(name="x", host="a.example", user="x"),
        seconds=600,
        is_interface_asked=True,
        sleep=time.sleep,
        clock=lambda: time.now,
    )
    assert isinstance(next(news), ConnectionLostError)
    assert isinstance(next(news), tuple)
    assert [type(next(news)) for _ in range(3)] == [ConnectionLostError] * 3
    assert len(desk.imports()) == 1
