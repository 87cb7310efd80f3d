"""What the store promises about decisions, answers and imports, on every database.

SQLite always; PostgreSQL where it is installed (``postgresql.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from stores import BARE, FULL, KINDS, NOON, decide, put, stores
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.model import Action, Decision, Skipped, say
from vorzimmer.store import Brought, ImportRun, Store


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from stores(request.param, tmp_path)


def test_a_decision_closes_a_request_and_its_undoing_opens_it(store: Store) -> None:
    put(store, FULL, BARE)
    with store.transaction() as t:
        taken = decide(t, "r1", policy="ask-back", clause="known", note="Gern!")
        assert t.current_decisions() == {"r1": taken}
        back = decide(t, "r1", undoes=taken.id)
        assert t.current_decisions() == {}
        assert t.decisions("r1") == t.decisions() == [taken, back]
        assert t.decisions("r2") == []


def test_undoing_the_latest_decision_brings_the_one_before_back(store: Store) -> None:
    put(store, FULL)
    with store.transaction() as t:
        first = decide(t, "r1", action=Action.IGNORE)
        second = decide(t, "r1", action=Action.BLOCK)
        assert second.id > first.id
        assert t.current_decisions() == {"r1": second}
        decide(t, "r1", undoes=second.id)
        assert t.current_decisions() == {"r1": first}


def test_only_what_stands_can_be_undone(store: Store) -> None:
    put(store, FULL, BARE)
    with store.transaction() as t:
        taken = decide(t, "r1")
        back = decide(t, "r1", undoes=taken.id)
        with pytest.raises(UndoError, match="already"):
            decide(t, "r1", undoes=taken.id)
        for request_id, undoes in (("r1", 999), ("r2", taken.id), ("r1", back.id)):
            with pytest.raises(UndoError, match="no such decision"):
                decide(t, request_id, undoes=undoes)


def test_decisions_stay_when_a_request_is_imported_again(store: Store) -> None:
    put(store, BARE)
    with store.transaction() as t:
        taken = decide(t, "r2")
    put(store, replace(BARE, note="more is known"))
    with store.reading() as reading:
        assert reading.current_decisions() == {"r2": taken}


def test_many_decisions_of_an_archive_are_added_at_once(store: Store) -> None:
    put(store, FULL, BARE)
    made = [
        Decision(id=0, request_id=each, action=Action.ACCEPT, actor="archive", at=NOON)
        for each in ("r1", "r2")
    ]
    with store.transaction() as t:
        assert t.add_decisions(made) == 2
        assert [each.actor for each in t.current_decisions().values()] == [
            "archive",
            "archive",
        ]


def test_a_decision_on_no_request_is_refused(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="r9"), store.transaction() as t:
        decide(t, "r9")
    with pytest.raises(UnknownNameError, match="r9"), store.transaction() as t:
        t.add_given_fact("r9", "contacts_count", value=3, at=NOON)


@pytest.mark.parametrize("table", ["decision", "given_fact"])
@pytest.mark.parametrize("change", ["UPDATE {} SET member_id = 2", "DELETE FROM {}"])
def test_no_history_can_be_changed(store: Store, table: str, change: str) -> None:
    put(store, FULL)
    with store.transaction() as t:
        decide(t, "r1")
        t.add_given_fact("r1", "is_verified", value=True, at=NOON)
    with (
        pytest.raises(DBAPIError, match="append-only"),
        store.engine.begin() as connection,
    ):
        connection.execute(text(change.format(table)))
    with store.reading() as reading:
        assert len(reading.decisions()) == len(reading.given_facts()) == 1


def test_the_newest_answer_holds_until_it_is_taken_back(store: Store) -> None:
    put(store, FULL)
    with store.transaction() as t:
        t.add_given_fact("r1", "contacts_count", value=3, at=NOON)
        t.add_given_fact("r1", "contacts_count", value=500, at=NOON)
        t.add_given_fact("r1", "has_picture", value=False, at=NOON)
        t.add_given_fact("r1", "created_on", value=date(2020, 2, 29), at=NOON)
        t.add_given_fact("r1", "created_on", value=None, at=NOON)
        assert t.given_facts() == {"r1": {"contacts_count": 500, "has_picture": False}}


def test_an_import_run_keeps_no_folder(store: Store) -> None:
    for source in ("/home/ida/divorce/archive.zip", "C:\\Ida\\archive.zip", "x/y/"):
        with store.transaction() as t:
            t.add_import_run(source, started_at=NOON)
    with store.reading() as reading:
        names = [each.source for each in reading.import_runs()]
    assert names == ["archive.zip", "archive.zip", "y"]


def test_an_import_run_comes_back_with_what_it_skipped(store: Store) -> None:
    notice = say("This is part {part} of an archive.", part=1)
    bad = [
        Skipped("Invitations.csv", 12, say("{day} is no date.", day=date(2024, 5, 6))),
        Skipped("messages.csv", 0, say("The file is empty.")),
    ]
    brought = Brought(new_requests=3, updated_requests=1, ties=9)
    later = NOON + timedelta(minutes=1)
    with store.transaction() as t:
        run = t.add_import_run("a.zip", started_at=NOON)
        begun = ImportRun(id=run, source="a.zip", started_at=NOON, counts={})
        assert t.import_runs() == [begun]
        assert t.put_skipped(run, bad) == 2
        t.finish_import_run(
            run,
            finished_at=later,
            counts={"new": 3},
            notices=[notice],
            brought=brought,
        )
        assert t.skipped(run) == bad
        assert t.skipped(run + 1) == []
        assert t.import_runs() == [
            replace(
                begun,
                finished_at=later,
                counts={"new": 3},
                notices=(notice,),
                brought=brought,
            )
        ]


def test_a_choice_holds_until_the_next_or_none(store: Store) -> None:
    with store.transaction() as t:
        assert t.preference("policy") is None
        t.put_preference("policy", "ask-back")
        t.put_preference("policy", "open-door")
        assert t.preference("policy") == "open-door"
        assert t.preference("language") is None
        t.put_preference("policy", None)
        assert t.preference("policy") is None
