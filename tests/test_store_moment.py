"""A page that asks much reads one state, and each question once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import event

from stores import KINDS, stores
from vorzimmer.store import Store


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from stores(request.param, tmp_path)


def choose(store: Store, name: str, value: str) -> None:
    with store.transaction() as t:
        t.put_preference(name, value)


def chosen(store: Store, name: str) -> str | None:
    with store.reading() as reading:
        return reading.preference(name)


def elsewhere(store: Store, name: str, value: str) -> None:
    thread = Thread(target=choose, args=(store, name, value))
    thread.start()
    thread.join()


def test_what_others_change_is_seen_after_the_moment(store: Store) -> None:
    choose(store, "policy", "open")
    with store.one_moment():
        assert chosen(store, "policy") == "open"
        revision = store.revision()
        elsewhere(store, "policy", "strict")
        assert (chosen(store, "policy"), store.revision()) == ("open", revision)
    assert chosen(store, "policy") == "strict"
    assert store.revision() > revision


def test_with_an_own_change_another_moment_begins(store: Store) -> None:
    with store.one_moment():
        assert chosen(store, "policy") is None
        choose(store, "policy", "open")
        assert chosen(store, "policy") == "open"
        elsewhere(store, "policy", "strict")
        assert chosen(store, "policy") == "open"
    assert chosen(store, "policy") == "strict"


def test_a_database_in_memory_is_changed_within_a_moment() -> None:
    store = Store.open("sqlite://")
    with store.one_moment():
        assert chosen(store, "policy") is None
        choose(store, "policy", "open")
        assert chosen(store, "policy") == "open"
    store.close()


def test_a_moment_that_an_error_leaves_is_over(store: Store) -> None:
    with suppress(KeyError), store.one_moment():
        raise KeyError(chosen(store, "policy"))
    elsewhere(store, "policy", "strict")
    assert chosen(store, "policy") == "strict"


def test_a_moment_in_a_moment_is_the_same(store: Store) -> None:
    with store.one_moment():
        with store.one_moment():
            before = store.revision()
        elsewhere(store, "policy", "strict")
        assert store.revision() == before


def test_a_moment_is_of_one_thread_and_one_member(store: Store) -> None:
    with store.one_moment():
        with store.transaction(member_id=2) as t:
            t.put_preference("policy", "theirs")
        assert chosen(store, "policy") is None
        with store.reading(member_id=2) as theirs:
            assert theirs.preference("policy") == "theirs"
    assert chosen(store, "policy") is None


def test_a_question_is_asked_once_until_something_is_written(store: Store) -> None:
    statements: list[str] = []

    def count(*asked: object) -> None:
        statements.append(str(asked[2]))

    event.listen(store.engine, "before_cursor_execute", count)
    with store.transaction() as t:
        t.put_preference("policy", "open")
        statements.clear()
        assert [t.preference("policy"), t.preference("minutes")] == ["open", None]
        assert len(statements) == 1
        t.put_preference("policy", "strict")
        assert t.preference("policy") == "strict"
    event.remove(store.engine, "before_cursor_execute", count)


def test_what_many_pages_ask_is_asked_once_until_something_changes(
    store: Store,
) -> None:
    choose(store, "policy", "open")
    statements: list[str] = []

    def count(*asked: object) -> None:
        statements.append(str(asked[2]))

    def look() -> tuple[object, ...]:
        with store.reading() as reading:
            return (
                reading.preference("policy"),
                reading.sources(),
                reading.actings_under_way(),
                reading.faded(),
                reading.settled(),
                reading.part_of(),
            )

    event.listen(store.engine, "before_cursor_execute", count)
    first = look()
    asked = len([each for each in statements if "SELECT" in each])
    statements.clear()
    assert look() == first
    again = len([each for each in statements if "SELECT" in each])
    event.remove(store.engine, "before_cursor_execute", count)
    assert (asked, again) == (7, 1)
    elsewhere(store, "policy", "strict")
    assert look()[0] == "strict"


def test_what_is_kept_of_one_member_is_told_to_no_other(store: Store) -> None:
    choose(store, "policy", "open")
    with store.transaction(member_id=2) as t:
        t.put_preference("policy", "theirs")
    assert chosen(store, "policy") == "open"
    with store.reading(member_id=2) as theirs:
        assert theirs.preference("policy") == "theirs"
    assert chosen(store, "policy") == "open"


def test_who_writes_asks_each_time(store: Store) -> None:
    with store.transaction() as t:
        number = t.put_source("paste", "by hand")
        assert [each.id for each in t.sources()] == [number]
        t.forget_source(number)
        assert t.sources() == []
    with store.reading() as reading:
        assert reading.sources() == []
