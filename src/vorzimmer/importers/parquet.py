"""Contact requests from a Parquet file, in the same fields as JSON lines.

One request a row. What is known of the sender stands in a column ``sender`` of
structures, or in plain columns ``sender.name``, ``sender.headline`` and so on. Days and
times may be texts or Parquet's own. Read row group by row group, so that a file of any
size needs little memory; needs the extra ``parquet`` (pyarrow).

It is for screening large numbers on the command line, and nothing of it is kept on the
desk; so it declares no source that could be read again or forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from vorzimmer.archive import not_opened
from vorzimmer.errors import SourceError
from vorzimmer.model import ContactRequest, Skipped, say
from vorzimmer.passed_over import OF_SENDER, OURS, PassedOver
from vorzimmer.request_fields import RowError, request_from

if TYPE_CHECKING:
    import pyarrow.parquet

_BEYOND = say("A text is not in UTF-8, or a day or time is beyond all years.")
# Beyond, a fraction stands for several whole numbers.
_MOST_EXACT = 1 << 53
# A row number with its fields; ``None`` has a cell that Python cannot hold.
Row = tuple[int, Mapping[str, Any] | None]


def rows_of(
    source: Path, *, size: int, passed_over: PassedOver | None = None
) -> Iterator[list[Row]]:
    """Yield the rows of a file in batches of a size.

    Args:
        source: The file.
        size: How many rows a batch has.
        passed_over: Takes the columns that are not ours.

    Raises:
        SourceError: It cannot be opened, is no Parquet file, is damaged, has no column
            of ours, or pyarrow is missing.
    """
    try:
        import pyarrow.parquet  # noqa: PLC0415 - an optional extra
    except ImportError:
        problem = say("To read Parquet, the package pyarrow is needed.")
        mend = say('Install it with: pip install "vorzimmer[parquet]".')
        raise SourceError(source, problem, mend) from None
    try:
        source.open("rb").close()
    except OSError as error:
        raise not_opened(source, error) from error
    number = 1
    try:
        with pyarrow.parquet.ParquetFile(source) as file:
            if passed_over is not None:
                names = _names(file.schema_arrow)
                passed_over.add(names, line=1, rows=file.metadata.num_rows)
                passed_over.check(source.name)
            for batch in file.iter_batches(batch_size=size, columns=_wanted(file)):
                yield list(enumerate(_cells(batch), start=number))
                number += batch.num_rows
    except (OSError, pyarrow.ArrowException) as error:
        problem = say("The Parquet file cannot be read: {why}.", why=_short(error))
        mend = say("Write it anew, or give the requests as JSON lines.")
        raise SourceError(source, problem, mend) from error


def read(
    rows: Sequence[Row],
    *,
    file: str,
    passed_over: PassedOver | None = None,  # noqa: ARG001 - ``rows_of`` told it all
) -> Iterator[ContactRequest | Skipped]:
    """Yield the request of each row; a row that cannot be read is ``Skipped``.

    Args:
        rows: As ``rows_of`` yields them.
        file: What to call the file in a ``Skipped``.
        passed_over: As with JSON lines; here, columns are the same in all rows.
    """
    for number, row in rows:
        if row is None:
            yield Skipped(file, number, _BEYOND)
            continue
        try:
            yield request_from(_plain(row))
        except RowError as error:
            yield Skipped(file, number, error.reason)


def _names(schema: pyarrow.Schema) -> Iterator[str]:
    """Yield the names of all columns, of the sender's structure as ``sender.name``."""
    import pyarrow as pa  # noqa: PLC0415 - an optional extra

    for column in schema:
        yield column.name
        if column.name == "sender" and pa.types.is_struct(column.type):
            yield from (f"{OF_SENDER}{each.name}" for each in column.type)


def _wanted(file: pyarrow.parquet.ParquetFile) -> list[str]:
    """Return the columns that are ours; others may be large."""
    return [name for name in file.schema_arrow.names if name in OURS]


def _cells(batch: pyarrow.RecordBatch) -> list[dict[str, Any] | None]:
    """Return the rows of a batch; one that Python cannot hold costs only itself."""
    import pyarrow as pa  # noqa: PLC0415 - an optional extra

    # Python knows no nanoseconds, and nobody needs them here.
    for place, column in enumerate(batch.schema):
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            rounded = pa.timestamp("us", tz=column.type.tz)
            times = batch.column(place).cast(rounded, safe=False)
            batch = batch.set_column(place, column.with_type(rounded), times)
    try:
        rows: list[dict[str, Any] | None] = batch.to_pylist()
    except (ValueError, OverflowError):
        if batch.num_rows == 1:
            return [None]
        half = batch.num_rows // 2
        return _cells(batch.slice(0, half)) + _cells(batch.slice(half))
    return rows


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row in the form of JSON: sender as one object, days as texts."""
    plain = {key: _text(value) for key, value in row.items()}
    sender = plain.get("sender") or {}
    if isinstance(sender, Mapping):
        flat = {
            key.removeprefix(OF_SENDER): value
            for key, value in plain.items()
            if key.startswith(OF_SENDER)
        }
        given = {key: _text(value) for key, value in sender.items()}
        plain["sender"] = given | flat
    return plain


def _text(value: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    """Return a cell in the form of JSON; not-a-number is not known.

    Raises:
        RowError: It is a text, but not in UTF-8.
    """
    if isinstance(value, bytes):  # how Impala and others write a text
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise RowError(_BEYOND) from None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):  # pandas, where some of a column are not known
        is_whole = value.is_integer() and abs(value) < _MOST_EXACT
        return int(value) if is_whole else None if isnan(value) else value
    return value


def _short(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")[:200]
