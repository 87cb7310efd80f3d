"""Unpacks rows while they are read, and no more of them than is to be expected.

Formats, told by their first bytes: gzip (RFC 1952), Zstandard (RFC 8878; needs the
extra ``parquet``, since pyarrow brings it).
"""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path, PurePath
from typing import IO, Any

from vorzimmer.archive import MAX_RATIO, MIN_BOMB_BYTES, not_opened
from vorzimmer.errors import SourceError
from vorzimmer.model import say

PACKED_SUFFIXES = frozenset({".gz", ".zst"})
_GZIP, _ZSTANDARD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"


def suffix_of(source: PurePath) -> str:
    """Return how a name ends, in small letters, once the file is unpacked."""
    suffix = source.suffix.casefold()
    if suffix in PACKED_SUFFIXES:
        return PurePath(source.stem).suffix.casefold()
    return suffix


def unpacked(stream: IO[bytes], file: str) -> IO[bytes]:
    """Return what is in a stream, unpacked if it is packed.

    Args:
        stream: Open; it stays so.
        file: What to call it.

    Raises:
        SourceError: There is no pyarrow to unpack it; and while it is read, the system
            ends it, it is damaged, or grows to more than ``MAX_RATIO`` times its size.
    """
    counted = _Counted(stream, file)
    opened = io.BufferedReader(counted)
    beginning = opened.peek(len(_ZSTANDARD))
    if not beginning and PurePath(file).suffix.casefold() in PACKED_SUFFIXES:
        raise _damaged(file)
    if beginning.startswith(_GZIP):
        return io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=opened), counted, file))
    if beginning.startswith(_ZSTANDARD):
        return io.BufferedReader(_Bounded(_zstandard(opened, file), counted, file))
    return opened


def _zstandard(opened: IO[bytes], file: str) -> Any:  # noqa: ANN401 - pyarrow's own
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional extra
    except ImportError:
        problem = say("To unpack Zstandard, the package pyarrow is needed.")
        mend = say("Or unpack it first: zstd -dc FILE | vorzimmer screen -")
        raise SourceError(file, problem, mend) from None
    return pa.CompressedInputStream(pa.PythonFile(opened, mode="r"), "zstd")


def _damaged(file: str) -> SourceError:
    problem = say("The packed file is damaged, or not all of it is there.")
    return SourceError(file, problem, say("Fetch or pack it once more."))


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it; whoever opened it closes it."""

    def __init__(self, stream: IO[bytes], file: str) -> None:
        self.count = 0
        self._file = file
        # What has come so far, as from a pipe, is enough.
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - whatever can be filled
        try:
            data: bytes = self._read(len(buffer))
        except OSError as error:  # else it would count as one of writing
            raise not_opened(Path(self._file), error) from error
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Bounded(io.RawIOBase):
    """What is unpacked, as long as it is not damaged and does not grow too much."""

    def __init__(self, unpacking: Any, packed: _Counted, file: str) -> None:  # noqa: ANN401 - of two packages
        self._unpacking = unpacking
        self._packed = packed
        self._file = file
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - whatever can be filled
        try:
            data: bytes = self._unpacking.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise _damaged(self._file) from error
        buffer[: len(data)] = data
        self._count += len(data)
        if self._count > max(MIN_BOMB_BYTES, MAX_RATIO * self._packed.count):
            problem = say(
                "Unpacked, this is more than {most} times as large, which no rows are"
                " that people wrote.",
                most=MAX_RATIO,
            )
            mend = say("If it is right so, unpack it first, and give what comes out.")
            raise SourceError(self._file, problem, mend)
        return len(data)
