"""Packed rows are unpacked while they are read; bombs and damage are told."""

from __future__ import annotations

import gzip
import io
from pathlib import PurePath

import pyarrow as pa
import pytest

from vorzimmer import packed
from vorzimmer.errors import SourceError
from vorzimmer.packed import suffix_of, unpacked

RAW = b"".join(b'{"id": %d}\n' % number for number in range(5_000))


def zstandard(raw: bytes) -> bytes:
    done: bytes = pa.compress(raw, codec="zstd", asbytes=True)
    return done


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard])
def test_what_comes_out_is_what_went_in(pack: object) -> None:
    assert callable(pack)
    assert unpacked(io.BytesIO(pack(RAW)), "a").read() == RAW


@pytest.mark.parametrize("pack", [gzip.compress, zstandard])
@pytest.mark.parametrize("harm", ["cut", "changed"])
def test_damage_is_told_in_a_sentence(pack: object, harm: str) -> None:
    assert callable(pack)
    done = bytearray(pack(RAW))
    if harm == "cut":
        del done[len(done) // 2 :]
    else:
        done[20:60] = bytes(range(40))
    with pytest.raises(SourceError, match="damaged, or not all of it is there"):
        unpacked(io.BytesIO(done), "a").read()


@pytest.mark.parametrize("pack", [gzip.compress, zstandard])
def test_what_grows_too_much_is_not_read_to_its_end(
    pack: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(pack)
    monkeypatch.setattr(packed, "MIN_BOMB_BYTES", 1 << 18)
    opened = unpacked(io.BytesIO(pack(bytes(1 << 20))), "a")
    with pytest.raises(SourceError, match="more than 200 times as large"):
        opened.read()


def test_reading_leaves_the_stream_open() -> None:
    stream = io.BytesIO(RAW)
    assert unpacked(stream, "a").readline() == b'{"id": 0}\n'
    assert not stream.closed


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.jsonl", ".jsonl"),
        ("a.JSONL.GZ", ".jsonl"),
        ("a.json.zst", ".json"),
        ("a.gz", ""),
        ("a.parquet", ".parquet"),
    ],
)
def test_a_packed_file_counts_as_what_is_in_it(name: str, suffix: str) -> None:
    assert suffix_of(PurePath(name)) == suffix
