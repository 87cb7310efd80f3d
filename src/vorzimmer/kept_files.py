"""Keeps what was made once, so that the next start need not make it again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO


def keep_file(file: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file as a whole or not at all; without a place for it, do without.

    Nothing stays behind of what broke off, as when the disk is full.

    Args:
        file: Its folder is made, for the owner alone, where it is missing.
        write: Writes into what it is given.
    """
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as written:
            unfinished = Path(written.name)
            try:
                write(written)
                written.close()
                unfinished.replace(file)
            except BaseException:
                written.close()
                unfinished.unlink(missing_ok=True)
                raise
