"""Cells as Parquet has them become those of JSON."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from vorzimmer.importers import parquet
from vorzimmer.model import ContactRequest


def write_parquet(file: Path, table: dict[str, Any]) -> Path:
    pq.write_table(pa.table(table), file)
    return file


def test_days_of_parquet_are_days(tmp_path: Path) -> None:
    days = pa.array([0, 20_000], pa.date32())
    file = write_parquet(
        tmp_path / "a.parquet", {"id": ["a", "b"], "sender.created_on": days}
    )
    (chunk,) = parquet.rows_of(file, size=10)
    read = list(parquet.read(chunk, file="a"))
    assert [str(getattr(each, "sender").created_on) for each in read] == [  # noqa: B009 - Skipped has none
        "1970-01-01",
        "2024-10-04",
    ]


def test_cells_as_other_programs_write_them_are_read(tmp_path: Path) -> None:
    nanoseconds = pa.array([1_700_000_000_123_456_789, 0], pa.timestamp("ns", "UTC"))
    table = {
        "id": pa.array([Decimal(1), Decimal(2)], pa.decimal128(38, 0)),
        "sent_at": nanoseconds,
        "sender.created_on": pa.array([0, 86_400], pa.timestamp("s")),
        "sender.contacts_count": [7.0, float("nan")],
    }
    (chunk,) = parquet.rows_of(write_parquet(tmp_path / "a.parquet", table), size=10)
    one, two = parquet.read(chunk, file="a")
    assert isinstance(one, ContactRequest)
    assert isinstance(two, ContactRequest)
    assert (one.id, two.id) == ("1", "2")
    assert str(one.sent_at) == "2023-11-14 22:13:20.123456+00:00"
    assert str(two.sender.created_on) == "1970-01-02"
    assert (one.sender.contacts_count, two.sender.contacts_count) == (7, None)


def test_texts_without_their_type_and_whole_fractions_are_read(tmp_path: Path) -> None:
    table = {
        "id": [1.0, 2.5, float(1 << 53), 4.0],
        "note": pa.array(["schön".encode(), b"", b"", b"\xff"], pa.binary()),
        "sender": pa.array([{"name": b"Rex"}] * 4, pa.struct([("name", pa.binary())])),
    }
    (chunk,) = parquet.rows_of(write_parquet(tmp_path / "a.parquet", table), size=10)
    one, *others = parquet.read(chunk, file="a")
    assert isinstance(one, ContactRequest)
    assert (one.id, one.note, one.sender.name) == ("1", "schön", "Rex")
    assert [str(getattr(each, "reason")) for each in others] == [  # noqa: B009 - requests have none
        'The field "id" has to be a text or a whole number.',
        'The field "id" has to be a text or a whole number.',
        "A text is not in UTF-8, or a day or time is beyond all years.",
    ]


def test_an_id_may_be_a_uuid(tmp_path: Path) -> None:
    ids = pa.array([bytes(range(16))], pa.uuid())
    (chunk,) = parquet.rows_of(
        write_parquet(tmp_path / "a.parquet", {"id": ids}), size=1
    )
    (read,) = parquet.read(chunk, file="a")
    assert getattr(read, "id") == "00010203-0405-0607-0809-0a0b0c0d0e0f"  # noqa: B009 - Skipped has none
