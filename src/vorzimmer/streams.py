"""Screens files of any size in little memory, on one processor or several.

Rows are read in chunks; each chunk becomes lines of JSON, in its order. With several
processes, each takes one chunk at a time, and few more are read than are in work.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
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
from vorzimmer.screening import Screening

# Up to so many rows, equal notes are counted over all of them, as on the desk; beyond,
# that would take all of them into memory.
MOST_COUNTED = 20_000
# Long lines make short chunks (bytes), so that memory stays small with them, too.
_MOST_BYTES = 1 << 23
STREAM_SUFFIXES = {".jsonl", ".ndjson", ".json", parquet.SUFFIX}
# Chunks that wait for a process, for each of them: one in work, one ready.
_AHEAD = 2

Chunk = Any
"""Rows of a source, as its importer takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a source that are still to be read.

    Attributes:
        file: What to call the source.
        chunks: Some rows each, in order.
        read: Makes requests of a chunk.
        passed_over: What the source as a whole has that is not ours, once it is read.
    """

    file: str
    chunks: Iterator[Chunk]
    read: Callable[..., Iterator[ContactRequest | Skipped]]
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
    """Open a file of requests, or take a stream of JSON lines.

    Args:
        source: A Parquet file, a file of JSON lines, packed or not, or an open stream
            of them.
        name: What to call it.

    Raises:
        SourceError: It cannot be opened, now, or read, later on.
    """
    if not isinstance(source, Path):
        yield _lines(source, name)
    elif source.suffix.casefold() == parquet.SUFFIX:
        columns = PassedOver(is_flat=True)
        chunks = parquet.rows_of(source, size=BATCH, passed_over=columns)
        read = partial(parquet.read, file=name)
        yield Rows(file=name, chunks=chunks, read=read, passed_over=columns)
    else:
        try:
            stream = source.open("rb")
        except OSError as error:
            raise not_opened(source, error) from error
        with stream:
            yield _lines(stream, name)


def _lines(stream: IO[bytes], name: str) -> Rows:
    return Rows(
        file=name,
        chunks=_in_chunks(json_lines.lines_of(stream, file=name)),
        read=partial(json_lines.read_lines, file=name),
    )


def _in_chunks(lines: Iterator[json_lines.Line]) -> Iterator[list[json_lines.Line]]:
    chunk: list[json_lines.Line] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line[1] or b"")
        if len(chunk) >= BATCH or size >= _MOST_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


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
        yield from _few(first, rows, work)
        return
    chunks = chain(first, [rest], rows.chunks)
    if jobs == 1:
        with held_back():
            screener = Screener(work, rows.read)
            yield from map(screener, chunks)
    else:
        yield from _by_processes(chunks, work, rows.read, jobs=jobs)


def _check_fields(chunks: Sequence[Chunk], rows: Rows) -> None:
    """Look at the first rows before any work is done with them."""
    for chunk in chunks:
        passed_over = PassedOver()
        deque(rows.read(chunk, passed_over=passed_over), maxlen=0)
        passed_over.check(rows.file)


def _few(chunks: Sequence[Chunk], rows: Rows, work: Work) -> Iterator[Screened]:
    passed_over = PassedOver()
    read = [
        each for chunk in chunks for each in rows.read(chunk, passed_over=passed_over)
    ]
    requests = [each for each in read if isinstance(each, ContactRequest)]
    skipped = tuple(each for each in read if isinstance(each, Skipped))
    screener = Screener(work, rows.read)
    lines = screener.lines(requests, same_notes=group_notes(requests).senders)
    yield Screened(lines, skipped, len(read), is_counted=True, passed_over=passed_over)


class Screener:
    """Makes lines of chunks; one a process."""

    def __init__(self, work: Work, read: Callable[..., Iterator[Any]]) -> None:
        """Get ready, which takes a second.

        Args:
            work: What to do with each row.
            read: Makes requests of a chunk.
        """
        self._read = read
        self._work = work
        self._screening = _screening(work)
        self._scores = Scores(self._screening, work.policy)

    def __call__(self, chunk: Chunk) -> Screened:
        """Return what becomes of the rows of a chunk."""
        passed_over = PassedOver()
        read = list(self._read(chunk, passed_over=passed_over))
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
    chunks: Iterable[Chunk], work: Work, read: Callable[..., Any], *, jobs: int
) -> Iterator[Screened]:
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_get_ready,
        initargs=(_portable(work), read),
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


def _get_ready(work: Work, read: Callable[..., Any]) -> None:
    """Prepare a process; whoever started it says when it ends, not Ctrl-C."""
    global _screener  # noqa: PLW0603 - one a process, made where it is used
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _screener = Screener(work, read)


def _end_with_parent() -> None:
    """End this process once nobody is left to take its answers, as after a kill."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _screen_there(chunk: Chunk) -> Screened:
    assert _screener is not None  # noqa: S101 - made when the process began
    return _screener(chunk)
