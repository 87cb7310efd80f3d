"""Screens files of any size in little memory, on one processor or several.

Rows are read in chunks; each chunk becomes lines of JSON, in its order. With several
processes, each takes one chunk at a time, and few more are read than are in work.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import (
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import IO, Any, Literal

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.answer import answer, json_line, score_answer
from vorzimmer.archive import not_opened
from vorzimmer.bulk import BATCH, Scores
from vorzimmer.campaigns import group_notes
from vorzimmer.cards import make_card, make_screening
from vorzimmer.collection import held_back
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.importers import json_lines, parquet
from vorzimmer.languages import languages_of
from vorzimmer.model import ContactRequest, Member, Skipped
from vorzimmer.passed_over import PassedOver
from vorzimmer.policy import Policy
from vorzimmer.row_files import is_parquet, row_files
from vorzimmer.screening import Screening

# Up to so many rows, equal notes are counted over all of them, as on the desk; beyond,
# that would take all of them into memory.
MOST_COUNTED = 20_000
# Long lines make short chunks (bytes), so that memory stays small with them, too.
_MOST_BYTES = 1 << 23
# Chunks that wait for a process, for each of them: one in work, one ready.
_AHEAD = 2

Part = tuple[Callable[..., Iterator[ContactRequest | Skipped]], Sequence[Any]]
"""Some rows of a file, and what makes requests of them."""
Chunk = Sequence[Part]
"""As many rows as are screened at once: of one file, or of several short ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a source that are still to be read.

    Attributes:
        file: What to call the source.
        chunks: Some rows each, in order.
        passed_over: What the source as a whole has that is not ours, once it is read.
    """

    file: str
    chunks: Iterator[Chunk]
    passed_over: PassedOver = field(default_factory=PassedOver)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done with each row.

    Attributes:
        policy: Which proposes the actions.
        weights: Own weights (nats) by signal name.
        form: Scores alone, or answers with all their evidence.
    """

    policy: Policy
    weights: Mapping[str, float] = field(default_factory=dict)
    form: Literal["scores", "answers"] = "answers"


@dataclass(frozen=True, slots=True)
class Screened:
    """What became of some rows.

    Attributes:
        lines: JSON, one line a request, in their order.
        skipped: Rows that could not be read.
        count: How many rows it were.
        is_counted: Whether equal notes of several senders were counted.
        passed_over: Fields that are not ours.
    """

    lines: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    count: int
    is_counted: bool = False
    passed_over: PassedOver = field(default_factory=PassedOver)


@contextmanager
def open_rows(source: Path | IO[bytes], name: str) -> Iterator[Rows]:
    """Open a file of requests, a folder of such files, or take a stream.

    Args:
        source: A Parquet file, a file of JSON lines, packed or not, a folder that
            holds such files and nothing besides, or an open stream of JSON lines.
        name: What to call it.

    Raises:
        SourceError: It cannot be opened, now, or read, later on.
    """
    columns = PassedOver(is_flat=True)
    with _opened(source, name, columns) as parts:
        yield Rows(file=name, chunks=_in_chunks(parts), passed_over=columns)


@contextmanager
def _opened(
    source: Path | IO[bytes], name: str, columns: PassedOver
) -> Iterator[Iterator[Part]]:
    if not isinstance(source, Path):
        yield _lines(source, name)
    elif source.is_dir():
        with closing(_of_files(row_files(source), columns)) as parts:
            yield parts
    elif is_parquet(source):
        read = partial(parquet.read, file=name)
        found = parquet.rows_of(source, size=BATCH, passed_over=columns)
        yield ((read, rows) for rows in found)
    else:
        try:
            stream = source.open("rb")
        except OSError as error:
            raise not_opened(source, error) from error
        with stream:
            yield _lines(stream, name)


def _of_files(
    files: Sequence[Path], columns: PassedOver
) -> Generator[Part, None, None]:
    for file in files:
        with _opened(file, file.name, columns) as parts:
            yield from parts


def _lines(stream: IO[bytes], name: str) -> Iterator[Part]:
    read = partial(json_lines.read_lines, file=name)
    part: list[json_lines.Line] = []
    size = 0
    for line in json_lines.lines_of(stream, file=name):
        part.append(line)
        size += len(line[1] or b"")
        if len(part) >= BATCH or size >= _MOST_BYTES:
            yield read, part
            part, size = [], 0
    if part:
        yield read, part


def _in_chunks(parts: Iterable[Part]) -> Iterator[Chunk]:
    """Yield parts together that are short: each chunk is work for one process."""
    chunk: list[Part] = []
    full = 0.0
    for part in parts:
        chunk.append(part)
        size = sum(len(row) for _, row in part[1] if isinstance(row, bytes))
        full += max(len(part[1]) / BATCH, size / _MOST_BYTES)
        if full >= 1:
            yield chunk
            chunk, full = [], 0.0
    if chunk:
        yield chunk


def read_chunk(
    chunk: Chunk, *, passed_over: PassedOver | None = None
) -> Iterator[ContactRequest | Skipped]:
    """Yield the request of each row; a row that cannot be read is ``Skipped``.

    Args:
        chunk: The rows.
        passed_over: Takes the fields that are not ours.
    """
    for read, rows in chunk:
        yield from read(rows, passed_over=passed_over)


def screen_stream(rows: Rows, work: Work, *, jobs: int = 1) -> Iterator[Screened]:
    """Yield what became of the rows of a source, chunk by chunk, in their order.

    Of up to ``MOST_COUNTED`` rows, equal notes from several senders are counted.

    Args:
        rows: Of the source.
        work: What to do with them.
        jobs: How many processes; with one, everything happens in this one.

    Raises:
        SourceError: It cannot be read, or has no fields that are known.
    """
    first = list(islice(rows.chunks, MOST_COUNTED // BATCH))
    _check_fields(first[:1], rows)
    rest = next(rows.chunks, None)
    if rest is None:
        yield from _few(first, work)
        return
    chunks = chain(first, [rest], rows.chunks)
    if jobs == 1:
        with held_back():
            screener = Screener(work)
            yield from map(screener, chunks)
    else:
        yield from _by_processes(chunks, work, jobs=jobs)


def _check_fields(chunks: Sequence[Chunk], rows: Rows) -> None:
    """Look at the first rows before any work is done with them."""
    for chunk in chunks:
        passed_over = PassedOver()
        deque(read_chunk(chunk, passed_over=passed_over), maxlen=0)
        passed_over.check(rows.file)


def _few(chunks: Sequence[Chunk], work: Work) -> Iterator[Screened]:
    passed_over = PassedOver()
    read = [
        each for chunk in chunks for each in read_chunk(chunk, passed_over=passed_over)
    ]
    requests = [each for each in read if isinstance(each, ContactRequest)]
    skipped = tuple(each for each in read if isinstance(each, Skipped))
    screener = Screener(work)
    lines = screener.lines(requests, same_notes=group_notes(requests).senders)
    yield Screened(lines, skipped, len(read), is_counted=True, passed_over=passed_over)


class Screener:
    """Makes lines of chunks; one a process."""

    def __init__(self, work: Work) -> None:
        """Get ready, which takes a second.

        Args:
            work: What to do with each row.
        """
        self._work = work
        self._screening = _screening(work)
        self._scores = Scores(self._screening, work.policy)

    def __call__(self, chunk: Chunk) -> Screened:
        """Return what becomes of the rows of a chunk."""
        passed_over = PassedOver()
        read = list(read_chunk(chunk, passed_over=passed_over))
        requests = [each for each in read if isinstance(each, ContactRequest)]
        skipped = tuple(each for each in read if isinstance(each, Skipped))
        lines = self.lines(requests)
        return Screened(lines, skipped, len(read), passed_over=passed_over)

    def lines(
        self,
        requests: Sequence[ContactRequest],
        *,
        same_notes: Mapping[str, int] | None = None,
    ) -> tuple[str, ...]:
        """Return a line of JSON for each request."""
        if self._work.form == "scores":
            scored = self._scores.of(requests, same_notes=same_notes)
            return tuple(json_line(score_answer(each)) for each in scored)
        screened = self._screening.screen(requests, same_notes=same_notes)
        cards = (
            make_card(each, self._screening, policy=self._work.policy)
            for each in screened
        )
        languages = languages_of([each.note for each in requests])
        return tuple(
            json_line(answer(card, language=language))
            for card, language in zip(cards, languages, strict=True)
        )


def _screening(work: Work) -> Screening:
    member = Member()
    return make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance((), member),
        weights=work.weights,
    )


def _by_processes(
    chunks: Iterable[Chunk], work: Work, *, jobs: int
) -> Iterator[Screened]:
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_get_ready,
        initargs=(_portable(work),),
    )
    waiting: deque[Future[Screened]] = deque()
    try:
        for chunk in chunks:
            waiting.append(pool.submit(_screen_there, chunk))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _portable(work: Work) -> Work:
    """Return the same without what no other process can take: views, kept answers."""
    return replace(work, policy=replace(work.policy), weights=dict(work.weights))


_screener: Screener | None = None


def _get_ready(work: Work) -> None:
    """Prepare a process; whoever started it says when it ends, not Ctrl-C."""
    global _screener  # noqa: PLW0603 - one a process, made where it is used
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _screener = Screener(work)


def _end_with_parent() -> None:
    """End this process once nobody is left to take its answers, as after a kill."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _screen_there(chunk: Chunk) -> Screened:
    assert _screener is not None  # noqa: S101 - made when the process began
    return _screener(chunk)
