"""Keeps the pages of an unfinished reading, so that the next one goes on after them.

One file beside the database, readable by its owner only, gone when the reading is
complete. Pages of different days or members are never mixed.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from vorzimmer.errors import WritingError
from vorzimmer.portability.pages import Page

KEPT_S = 86_400.0  # older pages are as good as none: the data have changed
MAX_SPOOL_BYTES = 256 << 20
_FORM = 1
_MAX_LINE = 64 << 20


class Spool:
    """The pages so far; use it as a context, and call ``clear`` at the end."""

    def __init__(self, file: Path | None) -> None:
        """Name the file; ``None`` keeps nothing."""
        self._file = file
        self._stream: IO[bytes] | None = None
        self._pages: dict[str, list[Page]] = {}
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream:
            self._stream.close()
            self._stream = None

    def begin(self, *, owner: str, now: float) -> None:
        """Take up what is there of this owner, or begin anew.

        Args:
            owner: The member, as LinkedIn calls them.
            now: Seconds since 1970.

        Raises:
            WritingError: The file cannot be written.
        """
        if self._file is None:
            return
        self._pages = self._found(owner, now)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if not self._pages:
                self._file.unlink(missing_ok=True)
                self._size = 0
            # Never through a link that somebody laid there.
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            flags |= getattr(os, "O_NOFOLLOW", 0)
            self._stream = os.fdopen(os.open(self._file, flags, 0o600), "ab")
            # A line that was being written when the machine stopped is no line.
            self._stream.truncate(self._size)
        except OSError as error:
            raise WritingError(error) from error
        if not self._pages:
            self._write({"form": _FORM, "owner": owner, "begun": now})

    def pages(self, domain: str) -> Iterator[Page]:
        """Yield the pages of a domain that were kept, in their order."""
        yield from self._pages.get(domain, ())

    def keep(self, domain: str, page: Page) -> None:
        """Keep one more page; its words for people are not kept.

        Raises:
            WritingError: The file cannot be written.
        """
        if self._size > MAX_SPOOL_BYTES:
            return
        words = {"start": page.start, "rows": page.rows, "next": page.next_start}
        self._write({"domain": domain, **words})

    def clear(self) -> None:
        """Forget all of it: the reading is complete."""
        if self._file is None:
            return
        if self._stream:
            self._stream.close()
            self._stream = None
        with suppress(OSError):  # it is old by tomorrow, and begun anew then
            self._file.unlink(missing_ok=True)

    def _write(self, line: dict[str, Any]) -> None:
        if self._stream is None:
            return
        data = json.dumps(line).encode() + b"\n"
        self._size += len(data)
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError as error:
            raise WritingError(error) from error

    def _found(self, owner: str, now: float) -> dict[str, list[Page]]:
        """Return the pages in the file, as far as it is whole; none if not ours."""
        found: defaultdict[str, list[Page]] = defaultdict(list)
        self._size = 0
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            for number, (line, size) in enumerate(self._lines()):
                if not number and not _is_ours(line, owner, now):
                    return {}
                if number:
                    found[line["domain"]].append(_page(line))
                self._size += size
        return dict(found)

    def _lines(self) -> Iterator[tuple[dict[str, Any], int]]:
        if self._file is None or self._file.is_symlink():
            return
        with self._file.open("rb") as stream:
            while (line := stream.readline(_MAX_LINE)).endswith(b"\n"):
                yield json.loads(line), len(line)


def _is_ours(line: dict[str, Any], owner: str, now: float) -> bool:
    is_young = 0 <= now - float(line["begun"]) <= KEPT_S
    return is_young and (line["form"], line["owner"]) == (_FORM, owner)


def _page(line: dict[str, Any]) -> Page:
    following = line["next"]
    return Page(
        start=int(line["start"]),
        rows=list(line["rows"]),
        next_start=None if following is None else int(following),
    )
