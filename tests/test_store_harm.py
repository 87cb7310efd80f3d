"""What may befall a database file, and that nothing is lost by it."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from sqlalchemy import Engine, event

from stores import BARE, FULL, NOON, decide, empty_file, put
from vorzimmer.errors import StoreError
from vorzimmer.model import ContactRequest, Person, Tie, TieKind
from vorzimmer.store import Store, Transaction

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="uses processes and rights as Unix has them"
)

# Processes that share no open database with the tests' own.
FORK = get_context("fork")
PATIENCE_S = 20
MANY_TIES = [
    Tie(person=Person(name=f"Person {number}"), kind=TieKind.NOTED)
    for number in range(400)
]
WHOLE = "PRAGMA integrity_check"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return empty_file(tmp_path)


@contextmanager
def opened(path: Path, *, busy_timeout_s: float = PATIENCE_S) -> Iterator[Store]:
    store = Store.open(str(path), busy_timeout_s=busy_timeout_s)
    try:
        yield store
    finally:
        store.close()


def ids(store: Store) -> set[str]:
    with store.reading() as reading:
        return {each.id for each in reading.requests()}


def run_apart(work: Callable[..., None], *arguments: object) -> int | None:
    process = FORK.Process(target=work, args=arguments)
    process.start()
    process.join(PATIENCE_S)
    return process.exitcode


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_file_and_folder_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deeper" / "vorzimmer.db"
    with opened(path) as store:
        put(store, FULL)
        files = [path, Path(f"{path}-wal"), Path(f"{path}-shm")]
        assert [mode(each) for each in files] == [0o600] * 3
    assert mode(path.parent) == mode(path.parent.parent) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    path.chmod(0o644)
    with opened(path):
        assert mode(path) == 0o600


def test_the_database_is_set_up_for_safety_and_speed(path: Path) -> None:
    with opened(path) as store, store.engine.connect() as connection:
        wanted = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1}
        for name, value in wanted.items():
            found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            assert found == value


def fill(t: Transaction) -> None:
    t.put_requests([BARE])
    t.put_ties(MANY_TIES)


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path) -> None:
    with opened(path) as store:
        put(store, FULL)

        def shrink(connection: sqlite3.Connection, *_: object) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")

        event.listen(store.engine, "checkout", shrink)
        with (
            pytest.raises(StoreError, match=r"disk is full.*Make room"),
            store.transaction() as t,
        ):
            fill(t)
        assert ids(store) == {"r1"}
        with store.reading() as reading:
            assert reading.ties() == []
    with opened(path) as store:
        put(store, BARE)
        assert ids(store) == {"r1", "r2"}


def killed_while_writing(path: Path) -> None:
    store = Store.open(str(path))
    with store.transaction() as t:
        # As little memory as there is, so that half of it is on the disk already.
        t._connection.exec_driver_sql("PRAGMA cache_size = 1")  # noqa: SLF001 - the pragma is for this transaction's own connection
        t.put_requests([BARE])
        decide(t, "r1")
        t.put_ties(MANY_TIES)
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_kill_in_the_middle_leaves_the_state_before(path: Path) -> None:
    with opened(path) as store:
        put(store, FULL)
    assert run_apart(killed_while_writing, path) == -signal.SIGKILL
    assert Path(f"{path}-wal").stat().st_size > 0
    with opened(path) as store:
        assert ids(store) == {"r1"}
        with store.reading() as reading:
            assert reading.decisions() == []
            assert reading.ties() == []
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql(WHOLE).scalar() == "ok"
        put(store, BARE)


def killed_after(path: Path, statements: int) -> None:
    left = iter(range(statements))

    def count_down(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count_down)
    Store.open(str(path))


@pytest.mark.parametrize("statements", [12, 24])
def test_a_kill_while_the_tables_are_made_is_mended_by_the_next_start(
    tmp_path: Path, statements: int
) -> None:
    path = tmp_path / "vorzimmer.db"
    assert run_apart(killed_after, path, statements) == -signal.SIGKILL
    with opened(path) as store:
        assert put(store, FULL) == (1, 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Not a database, but a shopping list. " * 99, "is damaged"),
        (b"SQLite format 3\0" + b"\xff" * 5_000, "is damaged"),
    ],
    ids=["other", "header"],
)
def test_a_file_that_is_no_database_is_told_and_left_alone(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "vorzimmer.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=sentence) as told, opened(path):
        pass
    assert str(told.value).startswith(str(path))
    assert path.read_bytes() == content


def test_a_damaged_page_is_told_when_it_is_met(path: Path) -> None:
    with opened(path) as store:
        put(store, *(ContactRequest(id=f"{n}", note="x" * 500) for n in range(100)))
    content = bytearray(path.read_bytes())
    content[-5 * 4096 :] = b"\xa5" * (5 * 4096)
    path.write_bytes(content)
    with (
        opened(path) as store,
        pytest.raises(StoreError, match=r"is damaged.*last backup"),
    ):
        ids(store)


def test_a_truncated_file_is_told(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    with pytest.raises(StoreError, match="is damaged"), opened(path):
        pass


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "vorzimmer.db"
    path.touch()
    with opened(path) as store:
        assert put(store, FULL) == (1, 0)


def test_the_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="belongs to another program"), opened(path):
        pass
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert names == [("recipe",)]


def test_a_database_of_a_newer_version_is_not_touched(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE schema_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="newer version of Vorzimmer"), opened(path):
        pass


@contextmanager
def without_the_rights_of_root() -> Iterator[None]:
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(mine)


@pytest.fixture
def readonly_folder() -> Iterator[Path]:
    # Not below pytest's own folder, which only its owner may enter.
    with TemporaryDirectory() as name:
        folder = Path(name)
        empty_file(folder).chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o700)


@pytest.mark.parametrize("name", ["new.db", "new/new.db", "vorzimmer.db"])
def test_a_readonly_folder_is_told(readonly_folder: Path, name: str) -> None:
    with (
        without_the_rights_of_root(),
        pytest.raises(StoreError, match=r"right to write|may read and write"),
        opened(readonly_folder / name),
    ):
        pass


def test_a_folder_or_a_path_through_a_file_is_no_database(path: Path) -> None:
    for place in (path.parent, path / "below.db"):
        with pytest.raises(StoreError, match="cannot be"), opened(place):
            pass


@pytest.mark.parametrize(
    "address",
    ["mysql://x/y", "sqlite+nothing:///x", "://", "sqlite:///file:x?uri=true"],
)
def test_an_address_of_an_unknown_database_is_told(address: str) -> None:
    with pytest.raises(StoreError, match="names no database that Vorzimmer knows"):
        Store.open(address)


def hold(path: Path, has_begun: Event, may_end: Event) -> None:
    with opened(path) as store, store.transaction() as t:
        t.put_requests([BARE])
        has_begun.set()
        may_end.wait(PATIENCE_S)


def test_another_process_that_writes_is_told_to_writers_only(path: Path) -> None:
    has_begun, may_end = FORK.Event(), FORK.Event()
    other = FORK.Process(target=hold, args=(path, has_begun, may_end))
    other.start()
    assert has_begun.wait(PATIENCE_S)
    with opened(path, busy_timeout_s=0.02) as store:
        assert ids(store) == set()
        with pytest.raises(StoreError, match="Another program is writing"):
            put(store, FULL)
        may_end.set()
        other.join(PATIENCE_S)
        put(store, FULL)
        assert ids(store) == {"r1", "r2"}


def open_and_put(path: Path, number: int) -> None:
    with opened(path) as store:
        put(store, ContactRequest(id=f"{number}", sent_at=NOON))


def test_processes_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "vorzimmer.db"
    processes = [FORK.Process(target=open_and_put, args=(path, n)) for n in range(4)]
    for each in processes:
        each.start()
    for each in processes:
        each.join(PATIENCE_S)
    assert [each.exitcode for each in processes] == [0] * 4
    with opened(path) as store:
        assert ids(store) == {"0", "1", "2", "3"}


def test_a_transaction_within_another_is_told_and_does_not_hang() -> None:
    store = Store.open("sqlite://", busy_timeout_s=0.02)
    with store.transaction(), pytest.raises(StoreError, match="Another part"):
        put(store, FULL)
    store.close()


def test_a_store_in_memory_is_one_for_all_threads() -> None:
    store = Store.open("sqlite://")
    threads = [Thread(target=put, args=(store, each)) for each in (FULL, BARE)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert ids(store) == {"r1", "r2"}
    store.close()
