"""Opens a ZIP archive or folder from outside, and reads its files within limits.

Nothing is written to disk. Names inside an archive are compared, never used as a path:
``../`` or a drive letter in one leads nowhere.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from vorzimmer.errors import SourceError
from vorzimmer.model import say

# Nobody's own archive comes near these; they keep a hostile one from filling the
# memory or holding the machine. Exports with 100,000 messages have about 50 MB.
MAX_ARCHIVE_BYTES = 4 << 30  # the largest file that a plain (not ZIP64) archive can be
MAX_FILES = 20_000  # exports hold some 60 files, and one per article written
MAX_FILE_BYTES = 1 << 30  # about two million messages
MAX_TOTAL_BYTES = 2 << 30
MAX_RATIO = 200  # text packs 3 to 30 to 1; a bomb of one letter packs 1,000 to 1
MIN_BOMB_BYTES = 16 << 20  # below, even the worst ratio does no harm
MAX_DIRECTORY_BYTES = 16 << 20  # twice what MAX_FILES names of 300 letters take
MAX_DEPTH = 3  # a folder around everything, its sub-folders, one more to be kind
CHUNK_BYTES = 1 << 16
HEAD_BYTES = 4096

_DOWNLOAD_AGAIN = say("Download it again, and give the file as it is.")
_EMPTY = say("The file is empty (0 bytes).")
_UNPACK = say("Unpack it, and give the folder.")
_GIVE_ZIP = say("Give the ZIP file from LinkedIn, or the folder unpacked from it.")
_NAME_IT = say("If these are requests as JSON lines, let its name end in .jsonl.")
_WRITE_IT = say(
    "Write it into a file, and give that; “vorzimmer screen -” reads standard input."
)
# What zipfile is known to raise on damaged or made-up archives.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """One file of an archive.

    Attributes:
        name: The last part of its path.
        depth: How many folders it lies in, from 0.
        place: Where its bytes are: a file, or an entry of an opened ZIP archive.
    """

    name: str
    depth: int
    place: Path | tuple[zipfile.ZipFile, zipfile.ZipInfo]


class Archive:
    """An opened archive; hands out the bytes of its files, within the limits.

    Attributes:
        source: What was opened.
        files: All its files, in their order in the archive.
        links: Names of links in a folder; they are not followed.
    """

    def __init__(
        self,
        source: Path,
        files: tuple[ArchiveFile, ...],
        *,
        links: tuple[str, ...] = (),
    ) -> None:
        self.source = source
        self.files = files
        self.links = links
        self._total = 0

    def chunks(self, file: ArchiveFile) -> Iterator[bytes]:
        """Yield the bytes of a file piece by piece.

        Raises:
            SourceError: The file is locked, damaged, or larger than allowed,
                whatever the archive claims about its size.
        """
        size = 0
        ceiling = self._ceiling(file)
        try:
            with self._open(file) as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    size += len(chunk)
                    self._total += len(chunk)
                    if size > ceiling or self._total > MAX_TOTAL_BYTES:
                        raise self._too_large(file.name)
                    yield chunk
        except (*_DAMAGED, OSError) as error:
            if isinstance(file.place, Path) and isinstance(error, OSError):
                raise not_opened(file.place, error) from error
            raise SourceError(
                self.source,
                say(
                    "{name} in it is damaged and cannot be read to its end.",
                    name=file.name,
                ),
                _DOWNLOAD_AGAIN,
            ) from error

    def head(self, file: ArchiveFile, size: int = HEAD_BYTES) -> bytes:
        """Return the first bytes of a file; none where it cannot be read."""
        try:
            with self._open(file) as stream:
                return stream.read(size)
        except (*_DAMAGED, OSError, SourceError):
            return b""

    def _open(self, file: ArchiveFile) -> IO[bytes]:
        if isinstance(file.place, Path):
            return file.place.open("rb")
        packed, info = file.place
        if info.flag_bits & 0x1:
            raise SourceError(
                self.source,
                say("{name} in it is locked with a password.", name=file.name),
                say("Unpack it with the password, and give the folder."),
            )
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise SourceError(
                self.source,
                say(
                    "{name} in it is packed in a way that LinkedIn does not use.",
                    name=file.name,
                ),
                _UNPACK,
            )
        return packed.open(info)

    def _ceiling(self, file: ArchiveFile) -> int:
        """Return how many bytes the file may have, in truth and by its claim."""
        if isinstance(file.place, Path):
            return MAX_FILE_BYTES
        _, info = file.place
        if info.file_size > MAX_FILE_BYTES:
            raise self._too_large(file.name)
        by_ratio = max(MIN_BOMB_BYTES, info.compress_size * MAX_RATIO)
        return min(MAX_FILE_BYTES, by_ratio)

    def _too_large(self, name: str) -> SourceError:
        return SourceError(
            self.source,
            say(
                "{name} in it unpacks to far more than such a file ever holds, so it"
                " was not read on.",
                name=name,
            ),
            _DOWNLOAD_AGAIN,
        )


class _ShortReads(io.BufferedReader):
    """A file that refuses to be read in one go: the list of files has a limit."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most ``MAX_DIRECTORY_BYTES``; more is refused."""
        if size is not None and size > MAX_DIRECTORY_BYTES:
            msg = "too long a list of files"
            raise zipfile.BadZipFile(msg)
        return super().read(MAX_DIRECTORY_BYTES if size is None or size < 0 else size)


@contextmanager
def opened(source: Path, *, is_plain: bool = False) -> Iterator[Archive]:
    """Open a ZIP archive, a folder, or a single CSV file.

    Args:
        source: Where it lies.
        is_plain: Whether a file that is no ZIP archive is taken as it is.

    Raises:
        SourceError: It is not there, is nothing of the three, is damaged or too big.
    """
    found = _stat(source)
    if stat.S_ISDIR(found.st_mode):
        yield _folder(source)
    elif not stat.S_ISREG(found.st_mode):
        raise SourceError(
            source, say("This is neither a file nor a folder."), _WRITE_IT
        )
    elif source.suffix.lower() == ".csv" or (is_plain and not is_zip(source)):
        if found.st_size == 0:
            raise SourceError(source, _EMPTY, _DOWNLOAD_AGAIN)
        yield Archive(source, (ArchiveFile(source.name, 0, source),))
    else:
        with (
            _stream(source, size=found.st_size) as stream,
            _unpacked(source, stream) as packed,
        ):
            yield Archive(source, _files(source, packed))


def is_zip(source: Path) -> bool:
    """Return whether a file begins like a ZIP archive.

    Raises:
        SourceError: It cannot be read.
    """
    return head_of(source)[:2] == b"PK"


def head_of(source: Path) -> bytes:
    """Return the first bytes of a file: enough to recognise it.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        with source.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except (OSError, ValueError) as error:
        raise not_opened(source, error) from error


def _stat(source: Path) -> os.stat_result:
    try:
        return source.stat()
    except (OSError, ValueError) as error:
        raise not_opened(source, error) from error


def not_opened(source: Path, error: Exception) -> SourceError:
    """Return why a file or folder cannot be opened, as the system says it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceError(
            source,
            say("There is no such file or folder."),
            say("Check how it is written."),
        )
    if isinstance(error, IsADirectoryError):
        return SourceError(source, say("This is a folder."), say("Name a file in it."))
    why = error.strerror if isinstance(error, OSError) and error.strerror else error
    return SourceError(
        source,
        say("It cannot be opened; the system says: {why}.", why=str(why)),
        say("Check that you may read it."),
    )


def _stream(source: Path, *, size: int) -> _ShortReads:
    if size == 0:
        raise SourceError(source, _EMPTY, _DOWNLOAD_AGAIN)
    if size > MAX_ARCHIVE_BYTES:
        raise SourceError(
            source,
            say("The file is larger than {most} GB.", most=MAX_ARCHIVE_BYTES >> 30),
            _UNPACK,
        )
    try:
        return _ShortReads(io.FileIO(source))
    except OSError as error:
        raise not_opened(source, error) from error


def _unpacked(source: Path, stream: _ShortReads) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (*_DAMAGED, OSError) as error:
        stream.seek(0)
        beginning = stream.peek()
        if beginning.startswith(b"PK"):
            raise SourceError(
                source,
                say(
                    "The ZIP archive is cut off or damaged, perhaps because the"
                    " download broke off."
                ),
                _DOWNLOAD_AGAIN,
            ) from error
        problem = say("This is not a ZIP archive.")
        is_json = beginning.lstrip().startswith((b"{", b"["))
        raise SourceError(
            source, problem, _NAME_IT if is_json else _GIVE_ZIP
        ) from error


def _files(source: Path, packed: zipfile.ZipFile) -> tuple[ArchiveFile, ...]:
    infos = packed.infolist()
    if len(infos) > MAX_FILES:
        raise _too_many(source)
    if not infos:
        raise SourceError(source, say("The ZIP archive is empty."), _DOWNLOAD_AGAIN)
    files = []
    for info in infos:
        *folders, name = re.split(r"[/\\]", info.filename)
        if name:
            depth = sum(folder not in {"", "."} for folder in folders)
            files.append(ArchiveFile(name, depth, (packed, info)))
    return tuple(files)


def _folder(source: Path) -> Archive:
    files: list[ArchiveFile] = []
    links: list[str] = []
    waiting = [(source, 0)]
    while waiting:
        folder, depth = waiting.pop()
        for entry in _listed(folder, source=source):
            if entry.is_symlink():
                links.append(entry.name)
            elif entry.is_file():
                files.append(ArchiveFile(entry.name, depth, Path(entry.path)))
            elif entry.is_dir() and depth < MAX_DEPTH:
                waiting.append((Path(entry.path), depth + 1))
            if len(files) + len(links) + len(waiting) > MAX_FILES:
                raise _too_many(source)
    return Archive(source, tuple(files), links=tuple(links))


def _listed(folder: Path, *, source: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            found = list(islice(entries, MAX_FILES + 1))
    except OSError as error:
        raise not_opened(folder, error) from error
    if len(found) > MAX_FILES:
        raise _too_many(source)
    return sorted(found, key=lambda entry: entry.name)


def _too_many(source: Path) -> SourceError:
    return SourceError(
        source,
        say(
            "It holds more than {most:,} files, which no LinkedIn archive does.",
            most=MAX_FILES,
        ),
        _GIVE_ZIP,
    )
