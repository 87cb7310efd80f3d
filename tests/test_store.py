"""What the store promises, the same on every database.

SQLite always; PostgreSQL where it is installed (``postgresql.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect

from stores import BARE, FULL, KINDS, LENA, NOON, decide, put, stores
from vorzimmer.errors import UndoError
from vorzimmer.model import (
    ContactRequest,
    Education,
    Member,
    Person,
    Position,
    Sentence,
    Skipped,
    Tie,
    TieKind,
    say,
)
from vorzimmer.store import Store, Transaction
from vorzimmer.store.tables import SCHEMA_VERSION, VERSION_TABLE, metadata


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from stores(request.param, tmp_path)


def test_the_tables_are_those_that_the_migrations_make(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE}
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == SCHEMA_VERSION


def test_every_table_says_whose_rows_they_are(store: Store) -> None:
    tables = inspect(store.engine)
    for name in metadata.tables:
        assert "member_id" in {each["name"] for each in tables.get_columns(name)}


def test_a_member_comes_back_equal(store: Store) -> None:
    member = Member(
        name="Jörg Beispiel",
        profile_url="https://network.example/in/joerg",
        emails=("a@example.org", "b@example.org"),
        positions=(Position(company="Amt", started_on=date(2001, 5, 1)),),
        educations=(Education(school="TH", ended_on=date(1999, 9, 30)),),
        skills=("Python",),
    )
    with store.transaction() as t:
        assert t.member() is None
        assert t.put_member(member)
        assert not t.put_member(member)
        assert t.member() == member


def test_what_is_empty_does_not_overwrite_the_member(store: Store) -> None:
    with store.transaction() as t:
        t.put_member(Member(name="Ida", skills=("Go",), headline="Old"))
        t.put_member(Member(headline="New"))
        assert t.member() == Member(name="Ida", skills=("Go",), headline="New")


@pytest.mark.parametrize("request_", [FULL, BARE], ids=["full", "bare"])
def test_a_request_comes_back_equal(store: Store, request_: ContactRequest) -> None:
    assert put(store, request_) == (1, 0)
    with store.reading() as reading:
        assert reading.request(request_.id) == request_
        assert reading.requests() == [request_]
        assert reading.request("missing") is None


def test_importing_twice_changes_nothing(store: Store) -> None:
    put(store, FULL, BARE)
    assert put(store, FULL, BARE) == (0, 0)


def test_the_known_is_not_overwritten_by_the_unknown(store: Store) -> None:
    put(store, FULL)
    assert put(store, ContactRequest(id="r1")) == (0, 0)
    with store.reading() as reading:
        assert reading.request("r1") == FULL


def test_a_fresher_known_value_wins(store: Store) -> None:
    put(store, FULL)
    fresh = ContactRequest(
        id="r1", note="", sender=Person(contacts_count=400, has_picture=False)
    )
    assert put(store, fresh) == (0, 1)
    with store.reading() as reading:
        assert reading.request("r1") == replace(
            FULL, note="", sender=replace(LENA, contacts_count=400, has_picture=False)
        )


def test_a_request_met_twice_in_one_import_counts_once(store: Store) -> None:
    twice = ContactRequest(id="r2", note="hello")
    assert put(store, BARE, twice, BARE) == (1, 0)
    with store.reading() as reading:
        assert reading.requests() == [twice]


def test_requests_come_newest_first_and_undated_last(store: Store) -> None:
    old = ContactRequest(id="a", sent_at=NOON - timedelta(days=1))
    new = ContactRequest(id="b", sent_at=NOON)
    put(store, BARE, old, new)
    with store.reading() as reading:
        assert [each.id for each in reading.requests()] == ["b", "a", "r2"]


def test_a_moment_is_kept_in_utc(store: Store) -> None:
    summer = timezone(timedelta(hours=2))
    put(store, ContactRequest(id="a", sent_at=NOON.astimezone(summer)))
    with store.reading() as reading:
        (found,) = reading.requests()
    assert found.sent_at == NOON
    assert found.sent_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="without a time zone"):
        put(store, ContactRequest(id="a", sent_at=NOON.replace(tzinfo=None)))


def test_what_no_database_can_hold_is_replaced(store: Store) -> None:
    hostile = ContactRequest(
        id="a\0", note="x\0y\ud800z", sender=Person(contacts_count=10**30)
    )
    assert put(store, hostile) == (1, 0)
    assert put(store, hostile) == (0, 0)
    with store.reading() as reading:
        (found,) = reading.requests()
    assert (found.id, found.note) == ("a\ufffd", "x\ufffdy\ufffdz")
    assert found.sender.contacts_count == 2**63 - 1


def test_ties_come_back_equal(store: Store) -> None:
    who = replace(
        LENA,
        **dict.fromkeys(
            ("contacts_count", "mutual_contacts_count", "has_picture", "created_on"),
        ),
        **dict.fromkeys(
            ("visited_profile", "is_verified", "is_known_elsewhere"),
        ),
        has_other_job_elsewhere=None,
    )
    ties = [
        Tie(person=who, kind=TieKind.CONNECTION, since=date(2019, 1, 2)),
        Tie(person=who, kind=TieKind.ENDORSED, detail="Go", count=1),
        Tie(person=who, kind=TieKind.ENDORSED, detail="C"),
        Tie(person=Person(name="Bo"), kind=TieKind.WROTE, until=date(2024, 3, 1)),
    ]
    with store.transaction() as t:
        assert t.put_ties(ties) == 4
        assert t.put_ties(ties) == 0
        assert len(t.ties()) == 4
        assert all(each in ties for each in t.ties())


def test_a_tie_met_again_is_joined(store: Store) -> None:
    who = Person(name="Bo", profile_url="https://network.example/in/Bo/")
    first = Tie(
        person=who, kind=TieKind.WROTE, since=date(2020, 1, 1), until=date(2021, 1, 1)
    )
    again = Tie(
        person=Person(company="Neu", profile_url="https://network.example/in/bo"),
        kind=TieKind.WROTE,
        since=date(2020, 6, 1),
        until=date(2022, 1, 1),
        count=7,
    )
    with store.transaction() as t:
        t.put_ties([first, again])
        t.put_ties([replace(first, count=3)])
        assert t.ties() == [
            Tie(
                person=replace(who, company="Neu"),
                kind=TieKind.WROTE,
                since=date(2020, 1, 1),
                until=date(2022, 1, 1),
                count=7,
            )
        ]


def test_people_of_one_name_at_two_companies_stay_two(store: Store) -> None:
    ties = [
        Tie(person=Person(name="Ana Lima", company=company), kind=TieKind.NOTED)
        for company in ("Sol", "Mar")
    ]
    with store.transaction() as t:
        assert t.put_ties(ties) == 2


def put_and_fail(t: Transaction, message: str) -> None:
    t.put_requests([FULL])
    raise ValueError(message)


def test_an_error_leaves_nothing_behind(store: Store) -> None:
    message = "something else went wrong"
    with pytest.raises(ValueError, match=message), store.transaction() as t:
        put_and_fail(t, message)
    with store.reading() as reading:
        assert reading.requests() == []
        assert reading.revision() == 0


def test_members_do_not_see_each_other(store: Store) -> None:
    tie = Tie(person=LENA, kind=TieKind.CONNECTION)
    with store.transaction(1) as t:
        t.put_member(Member(name="Ida"))
        t.put_requests([FULL])
        t.put_ties([tie])
        taken = decide(t, "r1")
        t.add_given_fact("r1", "is_verified", value=True, at=NOON)
        run = t.add_import_run("a.zip", started_at=NOON)
        t.put_skipped(run, [Skipped("x", 1, say("Unreadable."))])
    with store.transaction(2) as t:
        assert t.member() is None
        seen = (t.requests(), t.ties(), t.decisions(), t.import_runs(), t.skipped(run))
        assert not any(seen)
        assert not any((t.given_facts(), t.current_decisions()))
        assert t.put_requests([BARE, FULL]) == (2, 0)
        with pytest.raises(UndoError):
            decide(t, "r1", undoes=taken.id)


def test_the_revision_changes_with_every_write_and_with_no_reading(
    store: Store,
) -> None:
    put(store, FULL)
    seen = {store.revision()}
    assert store.revision() in seen
    tie = Tie(person=LENA, kind=TieKind.CONNECTION)
    writes = (
        lambda t: t.put_member(Member(name="Ida")),
        lambda t: t.put_requests([BARE]),
        lambda t: t.put_ties([tie]),
        lambda t: decide(t, "r1"),
        lambda t: t.add_given_fact("r1", "is_verified", value=True, at=NOON),
        lambda t: t.add_import_run("a.zip", started_at=NOON),
    )
    for write in writes:
        with store.transaction() as t:
            write(t)
        seen.add(store.revision())
    assert len(seen) == len(writes) + 1
    assert store.revision(member_id=2) == 0


def test_many_rows_are_written_in_pieces(store: Store) -> None:
    many = [ContactRequest(id=f"r{number}") for number in range(2_500)]
    assert put(store, *many) == (2_500, 0)
    assert put(store, *many, replace(many[7], note="!")) == (0, 1)


def test_threads_write_one_after_the_other(store: Store) -> None:
    def write(name: str) -> None:
        for number in range(5):
            put(store, ContactRequest(id=f"{name}{number}"))

    threads = [Thread(target=write, args=(name,)) for name in "abcd"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert store.revision() == 20


def test_a_reader_sees_one_state_while_another_writes(store: Store) -> None:
    put(store, BARE)
    with store.reading() as reading:
        assert len(reading.requests()) == 1
        put(store, FULL)
        assert len(reading.requests()) == 1
    with store.reading() as reading:
        assert len(reading.requests()) == 2


MEMBERS = count(100)
WORDS = st.none() | st.text("aäß \u4e00'\"%", max_size=3)
PERSONS = st.builds(
    Person,
    name=WORDS,
    company=WORDS,
    contacts_count=st.none() | st.integers(0, 999),
    has_picture=st.none() | st.booleans(),
    created_on=st.none() | st.dates(),
)
REQUESTS = st.lists(
    st.builds(
        ContactRequest,
        id=st.sampled_from("abc"),
        sender=PERSONS,
        note=WORDS,
        sent_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    max_size=6,
)
DAYS = st.none() | st.dates()
TIES = st.lists(
    st.builds(
        Tie,
        person=st.sampled_from([Person(name="A"), Person(name="B")]),
        kind=st.sampled_from([TieKind.WROTE, TieKind.NOTED]),
        since=DAYS,
        until=DAYS,
        count=st.none() | st.integers(0, 9),
    ),
    max_size=8,
)
SLOTS = (
    st.text(max_size=5)
    | st.integers()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
)


@pytest.fixture(scope="module")
def in_memory() -> Iterator[Store]:
    opened = Store.open("sqlite://")
    yield opened
    opened.close()


@settings(max_examples=25, deadline=None)
@given(requests=REQUESTS)
def test_any_import_done_twice_is_done_once(
    in_memory: Store, requests: list[ContactRequest]
) -> None:
    with in_memory.transaction(next(MEMBERS)) as t:
        new, updated = t.put_requests(requests)
        once = t.requests()
        assert (new, updated) == (len({each.id for each in requests}), 0)
        assert t.put_requests(requests) == (0, 0)
        assert t.requests() == once


@settings(max_examples=25, deadline=None)
@given(ties=TIES, data=st.data())
def test_the_order_of_ties_is_irrelevant(
    in_memory: Store, ties: list[Tie], data: st.DataObject
) -> None:
    with in_memory.transaction(next(MEMBERS)) as t:
        t.put_ties(ties)
        expected = t.ties()
    with in_memory.transaction(next(MEMBERS)) as t:
        t.put_ties(data.draw(st.permutations(ties)))
        t.put_ties(ties)
        assert t.ties() == expected


@settings(max_examples=40, deadline=None)
@given(slots=st.dictionaries(st.text("abc", min_size=1), SLOTS, max_size=4))
def test_any_sentence_comes_back_equal(
    in_memory: Store, slots: dict[str, str | int | float | date]
) -> None:
    sentence = Sentence("Slots.", tuple(slots.items()))
    with in_memory.transaction(next(MEMBERS)) as t:
        run = t.add_import_run("x", started_at=NOON)
        t.put_skipped(run, [Skipped("f", 1, sentence)])
        ((found),) = t.skipped(run)
    assert found.reason == sentence
    assert [type(each) for _, each in found.reason.slots] == [
        type(each) for each in slots.values()
    ]
