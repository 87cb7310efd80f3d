"""Queries on import runs and on the rows they skipped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from vorzimmer.model import Sentence, Skipped
from vorzimmer.store import tables
from vorzimmer.store.access import MINE, in_chunks
from vorzimmer.store.forms import sentence_from, slots_to_json, storable
from vorzimmer.store.preferences import ReadsPreferences, WritesPreferences

FORGOTTEN = "forgotten"
"""The preference that counts what changed without a reading in the list telling of it:
above all, how often something was forgotten."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import brought that was not there before.

    Attributes:
        new_requests: Requests met for the first time.
        updated_requests: Known requests of which more is known now.
        ties: Facts, met for the first time, on how the member knows people.
    """

    new_requests: int = 0
    updated_requests: int = 0
    ties: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One reading of a source.

    Attributes:
        source: Name of the file or folder, never where it lies.
        finished_at: ``None`` while it runs, or when it was cut off.
        counts: Rows read, by file.
        notices: What the member should know about the source as a whole.
        brought: What it added; nothing while it runs.
        source_id: Number of the source that was read; ``None`` where nobody said.
    """

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None = None
    counts: Mapping[str, int]
    notices: tuple[Sentence, ...] = ()
    brought: Brought = Brought()
    source_id: int | None = None


_RUN = tables.import_run.c
_REQUESTS = select(func.count()).where(tables.request.c.member_id == MINE)
_CONTENT = select(
    func.coalesce(func.max(_RUN.id), 0), func.count(), _REQUESTS.scalar_subquery()
).where(_RUN.member_id == MINE)


class ReadsImports(ReadsPreferences):
    """Questions about import runs."""

    def import_runs(self) -> list[ImportRun]:
        """Return the runs, oldest first."""
        table = tables.import_run
        query = (
            select(table)
            .where(table.c.member_id == self._member_id)
            .order_by(table.c.id)
        )
        return [
            ImportRun(
                id=row.id,
                source=row.source,
                started_at=row.started_at,
                finished_at=row.finished_at,
                counts=row.counts,
                notices=tuple(sentence_from(*each) for each in row.notices),
                brought=Brought(row.new_requests, row.updated_requests, row.ties),
                source_id=row.source_id,
            )
            for row in self._connection.execute(query)
        ]

    def content(self) -> tuple[int, ...]:
        """Return what changes with what screening rests on: requests, ties, habits."""
        return self._once(("content",), self._content)

    def _content(self) -> tuple[int, ...]:
        newest, runs, requests = self._own_rows(_CONTENT).one()
        return newest, runs, requests, int(self.preference(FORGOTTEN) or 0)

    def skipped(self, run_id: int) -> list[Skipped]:
        """Return the rows that a run could not read, in their order."""
        table = tables.skipped
        query = (
            select(table.c.file, table.c.line, table.c.template, table.c.slots)
            .where(table.c.member_id == self._member_id, table.c.run_id == run_id)
            .order_by(table.c.id)
        )
        return [
            Skipped(file, line, sentence_from(template, slots))
            for file, line, template, slots in self._connection.execute(query)
        ]


class WritesImports(ReadsImports, WritesPreferences):
    """Keeping of import runs."""

    def change_content(self) -> None:
        """Let ``content`` differ from before, where no reading in the list says so."""
        before = int(self.preference(FORGOTTEN) or 0)
        self.put_preference(FORGOTTEN, str(before + 1))

    def add_import_run(
        self, source: str, *, started_at: datetime, source_id: int | None = None
    ) -> int:
        """Begin a run and return its number.

        Args:
            source: Name or path of the file or folder; only the name is kept, since
                a folder tells more about a person than is needed.
            started_at: When, aware.
            source_id: Number of the source.
        """
        self._before_writing()
        label = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
        row = {
            "member_id": self._member_id,
            "source": storable(label),
            "source_id": source_id,
            "started_at": started_at,
            "counts": {},
            "notices": [],
            **asdict(Brought()),
        }
        table = tables.import_run
        added = self._connection.execute(insert(table).returning(table.c.id), row)
        return int(added.scalar_one())

    def finish_import_run(
        self,
        run_id: int,
        *,
        finished_at: datetime,
        counts: Mapping[str, int],
        notices: Sequence[Sentence] = (),
        brought: Brought = Brought(),
    ) -> None:
        """Write down how a run ended."""
        self._before_writing()
        table = tables.import_run
        change = table.update().where(
            table.c.member_id == self._member_id, table.c.id == run_id
        )
        values = {
            "finished_at": finished_at,
            "counts": dict(counts),
            "notices": [[each.template, slots_to_json(each.slots)] for each in notices],
            **asdict(brought),
        }
        self._connection.execute(change.values(values))

    def drop_import_run(self, run_id: int) -> None:
        """Take a run out of the list: nothing came of it."""
        self._before_writing()
        for table, key in ((tables.skipped, "run_id"), (tables.import_run, "id")):
            mine = (table.c.member_id == self._member_id, table.c[key] == run_id)
            self._connection.execute(table.delete().where(*mine))

    def put_skipped(self, run_id: int, skipped: Iterable[Skipped]) -> int:
        """Keep the rows that a run could not read; return how many."""
        self._before_writing()
        count = 0
        for chunk in in_chunks(skipped):
            rows = [
                {
                    "member_id": self._member_id,
                    "run_id": run_id,
                    "file": storable(each.file),
                    "line": each.line,
                    "template": storable(each.reason.template),
                    "slots": slots_to_json(each.reason.slots),
                }
                for each in chunk
            ]
            self._connection.execute(insert(tables.skipped), rows)
            count += len(rows)
        return count
