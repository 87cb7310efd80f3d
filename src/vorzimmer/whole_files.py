"""Writes what the member wrote so that it is never there by half."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from vorzimmer.errors import WritingError


def write_whole(
    file: Path, text: str, *, check: Callable[[Path], object] | None = None
) -> None:
    """Write a file so that it is there as a whole, or as it was before.

    Args:
        file: Where it is a link, what that leads to; its folder is made.
        text: What to write.
        check: Asked about the finished file before it takes its place; raises where
            it must not.

    Raises:
        WritingError: It cannot be written.
    """
    made: Path | None = None
    try:
        # A link stays one: many keep their settings in a folder of their own.
        file = file.resolve()
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=file.parent, prefix=".", delete=False
        ) as stream:
            made = Path(stream.name)
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if check:
            check(made)
        if file.exists():
            made.chmod(file.stat().st_mode & 0o777)
        made.replace(file)
        made = None
    except OSError as error:
        raise WritingError(error) from error
    finally:
        if made is not None:
            with suppress(OSError):
                made.unlink()
