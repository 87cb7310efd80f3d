"""What the store promises about corrections, on every database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from stores import BARE, FULL, KINDS, NOON, decide, put, stores
from vorzimmer import store as package
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.model import Action, Correction, Kind
from vorzimmer.store import Said, Store
from vorzimmer.store.tables import SCHEMA_VERSION


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from stores(request.param, tmp_path)


def test_the_latest_on_each_request_holds(store: Store) -> None:
    put(store, FULL, BARE)
    later = NOON + timedelta(days=1)
    with store.transaction() as t:
        t.add_correction("r1", Kind.DANGER, at=NOON)
        t.add_correction("r2", None, at=NOON)
        t.add_correction("r1", Kind.STANDARD, at=later)
        said = t.said()
    assert list(said.corrections) == ["r2", "r1"]
    assert said.corrections["r1"] == Correction(
        id=said.corrections["r1"].id, request_id="r1", kind=Kind.STANDARD, at=later
    )
    assert said.corrections["r2"].kind is None


def test_what_was_taken_back_was_never_said(store: Store) -> None:
    put(store, FULL)
    with store.transaction() as t:
        t.add_correction("r1", Kind.DANGER, at=NOON)
        t.take_correction_back("r1", at=NOON)
        assert t.said() == Said()
        with pytest.raises(UndoError, match="nothing"):
            t.take_correction_back("r1", at=NOON)


def test_a_reset_ends_what_was_said_and_done_and_no_more(store: Store) -> None:
    put(store, FULL, BARE)
    with store.transaction() as t:
        t.reset_corrections(at=NOON)
        assert t.said() == Said()
        t.add_correction("r1", Kind.DANGER, at=NOON)
        done = decide(t, "r1")
        t.reset_corrections(at=NOON)
        assert t.said() == Said({}, done.id)
        t.add_correction("r2", Kind.ABUSE, at=NOON)
        assert list(t.said().corrections) == ["r2"]
        assert t.current_decisions() == {"r1": done}


def test_a_correction_of_no_request_is_refused(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="r9"), store.transaction() as t:
        t.add_correction("r9", Kind.DANGER, at=NOON)


def test_members_do_not_see_each_others_corrections(store: Store) -> None:
    for member in (1, 2):
        with store.transaction(member) as t:
            t.put_requests([FULL])
    with store.transaction(1) as t:
        t.add_correction("r1", Kind.DANGER, at=NOON)
    with store.reading(2) as reading:
        assert reading.said() == Said()


@pytest.mark.parametrize("change", ["UPDATE {} SET member_id = 2", "DELETE FROM {}"])
def test_no_correction_can_be_changed(store: Store, change: str) -> None:
    put(store, FULL)
    with store.transaction() as t:
        t.add_correction("r1", Kind.DANGER, at=NOON)
    with (
        pytest.raises(DBAPIError, match="append-only"),
        store.engine.begin() as connection,
    ):
        connection.execute(text(change.format("correction")))


def test_what_a_request_looked_like_comes_back(store: Store) -> None:
    put(store, FULL)
    with store.transaction() as t:
        taken = decide(t, "r1", action=Action.DECLINE, looked_like=Kind.SOLICITATION)
        assert t.decisions() == [taken]
    assert taken.looked_like is Kind.SOLICITATION


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_a_database_of_an_older_version_keeps_its_decisions(
    tmp_path: Path, version: str
) -> None:
    path = tmp_path / "old.db"
    config = Config()
    folder = Path(package.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO member (member_id, revision) VALUES (1, 1)")
        old.execute("INSERT INTO request (member_id, id) VALUES (1, 'r1')")
        old.execute(
            "INSERT INTO decision (member_id, request_id, action, actor, at, policy,"
            " clause, note) VALUES (1, 'r1', 'accept', 'member',"
            " '2026-03-04 12:00:00.000000', '', '', '')"
        )
    old.close()
    opened = Store.open(str(path))
    with opened.transaction() as t:
        (kept,) = t.decisions()
        assert (kept.action, kept.looked_like) == (Action.ACCEPT, None)
        (request,) = t.requests()
        assert (request.is_origin_proven, request.leads_to) == (None, None)
        t.add_correction("r1", Kind.PERSONAL, at=NOON)
    with opened.engine.connect() as connection:
        now = connection.execute(text("SELECT version_num FROM schema_version"))
        assert now.scalar() == SCHEMA_VERSION
    opened.close()
