"""Writes answers: JSON lines, or a Parquet file; whole, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vorzimmer.errors import SourceError
from vorzimmer.model import Kind, say

SUFFIX = ".parquet"
Write = Callable[[Sequence[str]], None]


@contextmanager
def open_answers(file: Path) -> Iterator[Write]:
    """Give what writes lines of JSON; the file appears when all are written.

    Args:
        file: Ends in ``.parquet`` to be one: a column for each score, and the line
            itself where it holds more. Anything else gets the lines as they are.

    A pipe or a device is no place for a new file: it gets the answers as they come.

    Raises:
        SourceError: pyarrow is missing, or the file cannot be made there.
    """
    opened = _parquet if file.suffix.casefold() == SUFFIX else _lines
    try:
        is_device = file.exists() and not (file.is_file() or file.is_dir())
    except OSError as error:
        raise _not_written(file, error) from error
    if is_device:
        with opened(file) as write:
            yield write
        return
    real = file.resolve()  # behind a link
    unfinished = real.with_name(f"{real.name}.unfinished")
    _make(unfinished, file)
    try:
        with opened(unfinished) as write:
            yield write
        unfinished.replace(real)
    finally:
        unfinished.unlink(missing_ok=True)


def _make(unfinished: Path, file: Path) -> None:
    """Make sure, before any work is done, that the file can be written."""
    if not file.parent.is_dir():
        problem = say("There is no such folder.")
        raise SourceError(file.parent, problem, say("Check the name."))
    if file.is_dir():
        problem = say("This is a folder.")
        raise SourceError(file, problem, say("Name a file in it."))
    try:
        unfinished.touch()
    except OSError as error:
        raise _not_written(file, error) from error


def _not_written(file: Path, error: OSError) -> SourceError:
    why = error.strerror or str(error)
    problem = say("It cannot be written; the system says: {why}.", why=why)
    return SourceError(file, problem, say("Choose another place."))


@contextmanager
def _lines(file: Path) -> Iterator[Write]:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream.writelines


@contextmanager
def _parquet(file: Path) -> Iterator[Write]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - the same
    except ImportError:
        problem = say("To write Parquet, the package pyarrow is needed.")
        mend = say('Install it with: pip install "vorzimmer[parquet]".')
        raise SourceError(file, problem, mend) from None
    schema = pa.schema(
        [("id", pa.string()), ("action", pa.string()), ("clause", pa.string())]
        + [(f"score_{kind.value}", pa.float64()) for kind in Kind]
        + [("score_solicitation_or_danger", pa.float64())]
        + [("answer", pa.string())]
    )

    def write(lines: Sequence[str]) -> None:
        table = pa.Table.from_pylist([_row(line) for line in lines], schema=schema)
        writer.write_table(table)

    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        yield write


def _row(line: str) -> dict[str, Any]:
    read = json.loads(line)
    is_whole = "kinds" in read
    scores = {
        kind.value: read["kinds"][kind]["score"] if is_whole else read["scores"][kind]
        for kind in Kind
    }
    return {
        **{name: read[name] for name in ("id", "action", "clause")},
        **{f"score_{kind}": score for kind, score in scores.items()},
        "score_solicitation_or_danger": read["solicitation_or_danger"],
        "answer": line.rstrip("\n") if is_whole else None,
    }
