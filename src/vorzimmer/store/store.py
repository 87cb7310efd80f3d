"""The store as a whole: opening, migrating, transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import local

from sqlalchemy import Engine

from vorzimmer.store.access import Kept
from vorzimmer.store.aliases import ReadsAliases, WritesAliases
from vorzimmer.store.brought import ReadsBrought
from vorzimmer.store.corrections import ReadsCorrections, WritesCorrections
from vorzimmer.store.counted import ReadsCounted, WritesCounted
from vorzimmer.store.decisions import ReadsDecisions, WritesDecisions
from vorzimmer.store.engine import (
    engine_for,
    files_of,
    for_reading,
    place_of,
    prepare_file,
    remove_files,
    sweep,
    take_turn_to_migrate,
    url_of,
)
from vorzimmer.store.erasing import ReadsHoldings, WritesErasing
from vorzimmer.store.fading import ReadsFaded, WritesFaded
from vorzimmer.store.failures import failures_told
from vorzimmer.store.forgetting import ReadsHeld, WritesForgetting
from vorzimmer.store.imports import FORGOTTEN, ReadsImports, WritesImports
from vorzimmer.store.letters import ReadsLetters, WritesLetters
from vorzimmer.store.meeting import ReadsMeeting, WritesMeeting
from vorzimmer.store.objections import ReadsObjections, WritesObjections
from vorzimmer.store.occasions import ReadsOccasions, WritesOccasions
from vorzimmer.store.preferences import ReadsPreferences, WritesPreferences
from vorzimmer.store.reactions import ReadsReactions, WritesReactions
from vorzimmer.store.requests import ReadsRequests, WritesRequests
from vorzimmer.store.schema import migrate, version_of
from vorzimmer.store.sequels import ReadsSequels, WritesSequels
from vorzimmer.store.tables import SCHEMA_VERSION
from vorzimmer.store.ties import ReadsTies, WritesTies

THE_MEMBER = 1
"""The number of the member of a desk, which serves one."""


class Reading(
    ReadsAliases,
    ReadsBrought,
    ReadsCounted,
    ReadsFaded,
    ReadsHeld,
    ReadsHoldings,
    ReadsRequests,
    ReadsTies,
    ReadsDecisions,
    ReadsCorrections,
    ReadsImports,
    ReadsLetters,
    ReadsMeeting,
    ReadsObjections,
    ReadsOccasions,
    ReadsPreferences,
    ReadsReactions,
    ReadsSequels,
):
    """All questions to the store, answered from one unchanging state."""


class Transaction(
    Reading,
    WritesAliases,
    WritesCounted,
    WritesErasing,
    WritesFaded,
    WritesForgetting,
    WritesRequests,
    WritesTies,
    WritesDecisions,
    WritesCorrections,
    WritesImports,
    WritesLetters,
    WritesMeeting,
    WritesObjections,
    WritesOccasions,
    WritesPreferences,
    WritesReactions,
    WritesSequels,
):
    """All questions and changes; they happen together or not at all."""


class _OfThread(local):
    """What each thread has for itself: the moment at which it reads, if it does."""

    moment: Reading | None = None
    moments: ExitStack | None = None


class Store:
    """A database of members, requests, ties, decisions and import runs.

    Attributes:
        place: How to call it in a sentence: path or address, without password.
        engine: The connections, for what is no use case: backups, tests.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        """Take an engine whose database is at the newest version; see ``open``."""
        self.engine = engine
        self.place = place
        self._here = _OfThread()
        self._kept = Kept()

    @classmethod
    def open(cls, database: str, *, busy_timeout_s: float = 5.0) -> Store:
        """Open a database; make it where there is none, bring it up to date.

        Args:
            database: Path of a file, ``sqlite://`` (in memory), or the URL of an
                SQLite or PostgreSQL database.
            busy_timeout_s: How long to wait for another program that writes.

        Raises:
            StoreError: It cannot be opened; the text says why and how to mend it.
        """
        url = url_of(database)
        prepare_file(url)
        store = cls(engine_for(url, busy_timeout_s=busy_timeout_s), place_of(url))
        try:
            store._bring_up_to_date()
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def transaction(self, member_id: int = THE_MEMBER) -> Iterator[Transaction]:
        """Read and change; all is kept at the end, nothing when an error leaves.

        Raises:
            StoreError: The database failed; nothing was changed.
        """
        if self._here.moments is not None:
            # What is asked afterwards is to see the changes, and a database in memory
            # has one connection.
            self._here.moment = None
            self._here.moments.close()
        with failures_told(self.place), self.engine.begin() as connection:
            yield Transaction(connection, member_id)

    @contextmanager
    def reading(self, member_id: int = THE_MEMBER) -> Iterator[Reading]:
        """Read only; waits for nobody who writes, and makes nobody wait.

        Raises:
            StoreError: The database failed.
        """
        here = self._here
        if here.moment is not None and here.moment.is_of(member_id):
            yield here.moment
        elif here.moments is not None and here.moment is None:
            here.moment = here.moments.enter_context(self._read(member_id))
            yield here.moment
        else:
            with self._read(member_id) as reading:
                yield reading

    @contextmanager
    def _read(self, member_id: int) -> Iterator[Reading]:
        with (
            failures_told(self.place),
            self.engine.connect() as connection,
            for_reading(connection).begin(),
        ):
            yield Reading(connection, member_id, self._kept)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let all readings of this thread be one, so that they see one state.

        For a page, which asks the same of many rooms: to begin a reading costs more
        than most questions. With a change by this thread another moment begins.

        Raises:
            StoreError: The database failed.
        """
        if self._here.moments is not None:
            yield
            return
        with ExitStack() as moments:
            self._here.moments = moments
            try:
                yield
            finally:
                self._here.moments = self._here.moment = None

    def revision(self, member_id: int = THE_MEMBER) -> int:
        """Return a number that changes whenever something of the member does."""
        with self.reading(member_id) as reading:
            return reading.revision()

    def close(self) -> None:
        """Close all connections; the store is of no use afterwards."""
        self.engine.dispose()

    def sweep(self) -> bool:
        """Make sure that what was erased cannot be read from the file any more.

        Returns:
            Whether it is so; not while another program reads, or on a server, which
            has its own ways.

        Raises:
            StoreError: The database failed; what was erased stays erased.
        """
        with failures_told(self.place):
            return sweep(self.engine)

    def size(self) -> int | None:
        """Return how many bytes its files have; ``None``: it has none of its own."""
        files = files_of(self.engine.url)
        return sum(each.stat().st_size for each in files) if files else None

    def remove(self, *, is_for_good: bool) -> None:
        """Erase everything, and where it is a file, remove it.

        Args:
            is_for_good: Whether nothing is to come in its place; else an empty
                database does, whose numbers go on, so that nobody mixes the two up.

        Raises:
            StoreError: It cannot be removed.
        """
        with self.transaction() as t:
            revision = t.revision()
            forgotten = int(t.preference(FORGOTTEN) or 0)
            t.erase_everything()
        self.sweep()
        if not files_of(self.engine.url):
            return
        self.engine.dispose()
        remove_files(self.engine.url)
        if not is_for_good:
            prepare_file(self.engine.url)
            self._bring_up_to_date()
            with self.transaction() as t:
                t.begin_anew(revision=revision + 2, forgotten=forgotten + 2)

    def _bring_up_to_date(self) -> None:
        with (
            failures_told(self.place),
            self.engine.connect() as connection,
            for_reading(connection).begin(),
        ):
            version = version_of(connection, self.place)
        if version != SCHEMA_VERSION:
            with failures_told(self.place), self.engine.begin() as connection:
                take_turn_to_migrate(connection)
                migrate(connection, self.place)
