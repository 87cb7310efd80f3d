"""Keeps what was read of a mailbox, so that an interrupted reading goes on after it.

One file beside the database, readable by its owner only, gone when the reading is
complete. It holds what the importer yielded, in portions; each names the checksum of
all before it, so that a portion that was being written when the machine stopped, or
that another program wrote in between, ends it. Made for one file as it is, one choice
of trusted servers and one version of Vorzimmer; with another, reading begins anew.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

from vorzimmer.errors import SourceError, StoreError, VorzimmerError
from vorzimmer.items import Cursor, FileRead, Item, MailNotice, SentMail
from vorzimmer.model import Sentence, Skipped, say
from vorzimmer.settings import Settings, default_database

KINDS = frozenset({"mail_files", "sent_mail"})
"""Sources that take long to read. The rows of the others are read again in seconds, and
keeping them here would cost every reading more than it saves the rare broken one
(docs/experiments.md), so these are stored all at once or not at all."""

KEPT_S = 30 * 86_400.0  # nobody goes on with what was left so long ago
MAX_BYTES = 256 << 20  # of one file; after that, no more is kept
_PORTION_BYTES = 64 << 20
_FRAME = struct.Struct(">I16s")
# Of a larger file, name, size, date, beginning and end tell it from others.
_HASHED_BYTES = 64 << 20
_PIECE = 1 << 20
_MOST_FILES = 1_000_000
_NAME = "-reading-"

_TYPES: dict[str, Any] = {
    each.__name__: each for each in (SentMail, MailNotice, FileRead)
}
_DECODERS = {name: msgspec.msgpack.Decoder(each) for name, each in _TYPES.items()}
_ROW = msgspec.msgpack.Decoder(tuple[str, int, str, list[tuple[str, str | int]]])


class _Portion(msgspec.Struct, array_like=True):
    """Some items, and where to read on after them."""

    cursor: str
    items: list[tuple[str, msgspec.Raw]]


_PORTIONS = msgspec.msgpack.Decoder(_Portion)
_ENCODER = msgspec.msgpack.Encoder()


class Unfinished:
    """What was read of one source so far; use it as a context.

    Attributes:
        cursor: Where to read on; ``""`` is from the start.
        rows: How many items were read before.
    """

    def __init__(self, file: Path | None) -> None:
        """Name the file, whose name says what it is for; ``None`` keeps nothing."""
        self.cursor = ""
        self.rows = 0
        self._file = file
        self._is_full = file is None
        self._stream: IO[bytes] | None = None
        self._portions: list[bytes] = []
        self._chain = b""
        self._size = 0

    def __enter__(self) -> Self:
        """Take up what is there."""
        for body in self._found(self._file) if self._file else ():
            portion = _unpacked(body)
            self.cursor, self.rows = portion.cursor, self.rows + len(portion.items)
            self._portions.append(body)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget it where reading is through, or another try would end the same."""
        if self._stream:
            self._stream.close()
            self._stream = None
        is_to_be_told = isinstance(error, VorzimmerError)
        is_passing = isinstance(error, StoreError) or (
            isinstance(error, SourceError) and isinstance(error.__cause__, OSError)
        )
        if self._file and (error is None or (is_to_be_told and not is_passing)):
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def watched(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield what was read before, then what comes, which is kept.

        Args:
            items: As the importer yields them from ``cursor`` on, with a ``Cursor``
                wherever reading may go on another time.
        """
        for body in self._portions:
            yield from map(_item, _unpacked(body).items)
        self._portions = []
        waiting: list[Item] = []
        for item in items:
            if isinstance(item, Cursor):
                self._keep(waiting, item.value)
                waiting = []
            else:
                waiting.append(item)
                yield item

    def _keep(self, items: Sequence[Item], cursor: str) -> None:
        """Write one more portion; where that is not possible, keep nothing more."""
        if self._file is None or self._is_full:
            return
        try:
            if self._stream is None:
                self._stream = self._opened(self._file)
            packed = _ENCODER.encode((cursor, [_packed(each) for each in items]))
            body = zlib.compress(packed, 1)
            self._chain = _chained(self._chain, body)
            data = _FRAME.pack(len(body), self._chain) + body
            self._size += len(data)
            if len(packed) <= _PORTION_BYTES and self._size <= MAX_BYTES:
                self._stream.write(data)
                self._stream.flush()
                return
        except (OSError, UnicodeEncodeError, OverflowError):
            pass  # reading goes on without; it cannot be taken up after this point
        self._is_full = True

    def _opened(self, file: Path) -> IO[bytes]:
        # Never through a link that somebody laid there.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        stream = os.fdopen(os.open(file, flags, 0o600), "ab")
        stream.truncate(self._size)
        return stream

    def _found(self, file: Path) -> Iterator[bytes]:
        """Yield the portions in the file, as far as it is whole."""
        if file.is_symlink():
            return
        with suppress(OSError), file.open("rb") as stream:
            while len(head := stream.read(_FRAME.size)) == _FRAME.size:
                length, chain = _FRAME.unpack(head)
                body = stream.read(min(length, MAX_BYTES))
                if _chained(self._chain, body) != chain:
                    return
                self._chain, self._size = chain, self._size + len(head) + len(body)
                yield body


def _chained(before: bytes, body: bytes) -> bytes:
    return blake2b(before + body, digest_size=16).digest()


def _unpacked(body: bytes) -> _Portion:
    data = zlib.decompressobj().decompress(body, _PORTION_BYTES + 1)
    return _PORTIONS.decode(data)


def _packed(item: Item) -> tuple[str, Any]:
    if not isinstance(item, Skipped):
        return type(item).__name__, item
    reason = item.reason
    if any(type(value) not in {str, int} for _, value in reason.slots):
        raise OverflowError
    return "Skipped", (item.file, item.line, reason.template, reason.slots)


def _item(kept: tuple[str, msgspec.Raw]) -> Item:
    name, data = kept
    if name != "Skipped":
        item: Item = _DECODERS[name].decode(data)
        return item
    file, line, template, slots = _ROW.decode(data)
    return Skipped(file, line, Sentence(template, tuple(slots)))


def went_on(rows: int) -> Sentence:
    """Return how to say that a reading went on after so many rows."""
    return say(
        "Went on at row {row:,}: what comes before was read before the interruption.",
        row=rows + 1,
    )


def place_beside(settings: Settings) -> Path | None:
    """Return the file beside which lies what is unfinished: the database's own.

    For one on a server it is where a file would lie; ``None`` for one in memory.
    """
    path = settings.database.removeprefix("sqlite:///")
    if path in {"", "sqlite://", ":memory:"}:
        return None
    return default_database() if "://" in path else Path(path)


def unfinished_of(
    source: Path,
    *,
    beside: Path | None,
    kinds: Sequence[str],
    told: Collection[str],
    now: datetime,
) -> Unfinished:
    """Return what was read of a source so far; for most, nothing is ever kept.

    Args:
        source: The file or folder.
        beside: The database; ``None`` keeps nothing.
        kinds: The names of the importers that read it.
        told: What else decides what they yield: the settings.
        now: The moment; what was left long before it goes.
    """
    if beside is None or KINDS.isdisjoint(kinds):
        return Unfinished(None)
    mark = blake2b(digest_size=12)
    for word in (version("vorzimmer"), *kinds, *sorted(told)):
        mark.update(word.encode("utf-8", "surrogatepass") + b"\0")
    try:
        _add_source(mark, source)
    except OSError:
        return Unfinished(None)  # the importer says what is wrong with it
    _remove_old(beside, now.timestamp() - KEPT_S)
    name = f"{beside.name}{_NAME}{mark.hexdigest()}"
    return Unfinished(beside.with_name(name))


def forget_unfinished(beside: Path | None) -> None:
    """Remove all that was kept of unfinished readings beside a database."""
    for each in _files(beside) if beside else ():
        each.unlink(missing_ok=True)


def _files(beside: Path) -> list[Path]:
    begin = f"{beside.name}{_NAME}"
    with suppress(OSError):
        return [each for each in beside.parent.iterdir() if each.name.startswith(begin)]
    return []


def _remove_old(beside: Path, before: float) -> None:
    for each in _files(beside):
        with suppress(OSError):
            if each.stat().st_mtime < before:
                each.unlink(missing_ok=True)


def _add_source(mark: Any, source: Path) -> None:  # noqa: ANN401 - of hashlib
    """Let a hash tell this file or folder, as it is now, from all others."""
    found = source.stat()
    mark.update(source.name.encode("utf-8", "surrogateescape") + b"\0")
    if stat.S_ISREG(found.st_mode):
        _add_file(mark, source, found)
        return
    if not stat.S_ISDIR(found.st_mode):
        raise OSError
    waiting, seen = [source], 0
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            inside = sorted(entries, key=lambda each: each.name)
        seen += len(inside)
        if seen > _MOST_FILES:
            raise OSError
        for each in inside:
            about = each.stat(follow_symlinks=False)
            row = f"{each.path}\0{about.st_size}\0{about.st_mtime_ns}\0"
            mark.update(row.encode("utf-8", "surrogateescape"))
            if each.is_dir(follow_symlinks=False):
                waiting.append(Path(each.path))


def _add_file(mark: Any, file: Path, found: os.stat_result) -> None:  # noqa: ANN401 - of hashlib
    with file.open("rb") as stream:
        mark.update(f"{found.st_size}\0".encode())
        if found.st_size <= _HASHED_BYTES:
            while piece := stream.read(_PIECE):
                mark.update(piece)
            return
        mark.update(f"{found.st_mtime_ns}\0".encode() + stream.read(_PIECE))
        stream.seek(-_PIECE, os.SEEK_END)
        mark.update(stream.read(_PIECE))
