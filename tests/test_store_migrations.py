"""Databases of older versions are brought up to date with all that is in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

import vorzimmer.store
from contributions import MIRA
from handed_in import mailed, number_of, open_requests, write_archive
from vorzimmer.desk import Desk
from vorzimmer.model import Kind
from vorzimmer.settings import Settings
from vorzimmer.store import EARLIER

MIGRATIONS = Path(vorzimmer.store.__file__).with_name("migrations")
REQUEST = (
    "INSERT INTO request (member_id, id, network, channel, note, sent_at, sender_name,"
    " sender_profile_url, sender_has_picture, sender_created_on) VALUES (1, '{}',"
    " 'linkedin', 'invitation_note', '{}', '2026-03-03 09:30:00.000000', '{}', {}, 1,"
    " '2019-05-02')"
)
DECISION = (
    "INSERT INTO decision (member_id, request_id, action, actor, at, policy, clause,"
    " note) VALUES (1, '{}', 'accept', '{}', '2026-04-02 08:00:00.000000', '', '', '')"
)
FILLED = (
    'INSERT INTO member VALUES (1, \'{"name": "Ida Roth"}\', 7)',
    REQUEST.format("r1", "„Moin“", "Mira Sondermann", f"'{MIRA}'"),
    REQUEST.format("r2", "", "Ole Kruse-Tietz", "NULL"),
    REQUEST.format("r3", "", "Jale Aydin", "NULL"),
    (
        "INSERT INTO tie (member_id, tie_key, kind, since, count, detail, person_name)"
        " VALUES (1, 'k', 'wrote', '2020-02-01', 3, '', 'Jale Aydin')"
    ),
    (
        "INSERT INTO import_run (member_id, source, started_at, counts, notices,"
        " new_requests, updated_requests, ties) VALUES"
        " (1, 'archive.zip', '2026-04-01 08:00:00.000000', '{}', '[]', 3, 0, 1)"
    ),
    DECISION.format("r1", "member"),
    DECISION.format("r2", "archive"),
    (
        "INSERT INTO correction (member_id, request_id, says, at) VALUES"
        " (1, 'r1', 'personal', '2026-04-02 08:00:00.000000')"
    ),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk on a database as version 0003 left it, with requests in it."""
    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for statement in FILLED:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with Desk.open(Settings(database=str(path))) as opened:
        yield opened


def test_what_was_imported_before_belongs_to_the_earlier_imports(desk: Desk) -> None:
    (source,) = desk.sources.read()
    assert source.kinds == (EARLIER,)
    assert (source.requests, source.ties, len(source.reports)) == (3, 1, 1)
    with desk._store.reading() as reading:  # noqa: SLF001 - what the pages do not show
        told = {each.request.id: each for each in reading.contributions({source.id})}
        stored = {each.id: each for each in reading.requests()}
        (tie,) = reading.ties()
        (run,) = reading.import_runs()
    assert {key: each.request for key, each in told.items()} == stored
    mira = stored["r1"]
    assert (mira.note, mira.sender.created_on) == ("„Moin“", date(2019, 5, 2))
    assert mira.sender.has_picture is True
    assert (told["r1"].said_at, run.source_id) == (run.started_at, source.id)
    assert (tie.count, tie.since) == (3, date(2020, 2, 1))
    (title,) = {str(each[0].title) for each in desk.sources.credits("r1").values()}
    assert title == "What came before sources were written down"


def test_what_was_there_is_not_new_after_the_next_reading(
    desk: Desk, tmp_path: Path
) -> None:
    with desk._store.reading() as reading:  # noqa: SLF001 - what the pages do not show
        (run,) = reading.import_runs()
        assert reading.arrived_after(run.started_at) == set()
        earlier = run.started_at - timedelta(seconds=1)
        assert reading.arrived_after(earlier) == {"r1", "r2", "r3"}
    desk.import_from(write_archive(tmp_path / "archive"))
    with desk._store.reading() as reading:  # noqa: SLF001 - the same
        assert "r1" not in reading.arrived_after(run.started_at)


def test_what_comes_now_joins_what_came_before(desk: Desk, tmp_path: Path) -> None:
    desk.import_from(write_archive(tmp_path / "archive"))
    desk.keep(mailed(note=None), "home", kinds=("imap",))
    mira = desk.card("r1").request
    assert (mira.note, mira.sender.headline) == ("„Moin“", "Kranführerin")
    assert sorted(open_requests(desk)) == ["Jale Aydin", "Ole Kruse-Tietz"]


def test_the_earlier_imports_can_be_forgotten_and_decisions_stay(desk: Desk) -> None:
    number = number_of(desk, EARLIER)
    losses = desk.sources.losses(number)
    assert (losses.requests, losses.kept, losses.answers) == (2, 1, 1)
    desk.sources.forget(number)
    assert (open_requests(desk), desk.member()) == ({}, None)
    (card,) = desk.decided()
    assert (card.request.id, card.request.note) == ("r1", "„Moin“")
    said = desk.teaching.said("r1")
    assert said
    assert said.kind is Kind.PERSONAL
    with desk._store.reading() as reading:  # noqa: SLF001 - what the pages do not show
        assert [each.request_id for each in reading.decisions()] == ["r1"]
        assert reading.ties() == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM decision WHERE actor = 'member'",
        "UPDATE decision SET note = 'x'",
        "DELETE FROM correction",
    ],
)
def test_what_the_member_decided_and_said_can_still_not_be_changed(
    desk: Desk, change: str
) -> None:
    with (
        pytest.raises(DBAPIError, match="append-only"),
        desk._store.engine.begin() as connection,  # noqa: SLF001 - as an intruder would
    ):
        connection.execute(text(change))
