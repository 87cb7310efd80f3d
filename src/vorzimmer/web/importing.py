"""One import at a time, beside the pages, and how far it is."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import Lock, Thread
from typing import Protocol

from vorzimmer.desk import Desk, ImportReport, Progress
from vorzimmer.errors import VorzimmerError, WritingError

log = logging.getLogger(__name__)

_UPLOAD = "vorzimmer-upload-"
_LEFT_S = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportState:
    """What is known of the import that runs, or ran last.

    Attributes:
        name: The file's name.
        progress: How far it is.
        report: What it brought, once it is through.
        problem: Why it failed, if it did.
        is_broken: Whether it ended by a mistake of ours, without a sentence.
        is_without_news: Whether it ended, and nothing new was there.
        is_remote: Whether it is a mailbox or an interface, and no file handed over.
    """

    name: str
    progress: Progress
    is_remote: bool = False
    report: ImportReport | None = None
    problem: VorzimmerError | None = None
    is_broken: bool = False
    is_without_news: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it is still under way."""
        is_over = self.is_broken or self.is_without_news
        return self.report is None and self.problem is None and not is_over


class Reading(Protocol):
    """Reads and keeps something, and tells how far it is."""

    def __call__(self, *, progress: Callable[[Progress], None]) -> ImportReport | None:
        """Return what came, ``None`` where nothing new did."""


class Imports:
    """Runs imports for the pages; the last state is there to be looked at."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that imports."""
        self._desk = desk
        self._lock = Lock()
        self._state: ImportState | None = None
        self._thread: Thread | None = None
        self._then: Callable[[], None] = lambda: None

    @property
    def state(self) -> ImportState | None:
        """What is known of the last import; ``None`` before the first."""
        return self._state

    def start(self, source: Path, *, name: str, then: Callable[[], None]) -> bool:
        """Start an import and return at once.

        Args:
            source: What to read.
            name: What the member calls it.
            then: Called at the end, whatever that was; it removes ``source``.

        Returns:
            Whether it was started: not while another one runs.
        """

        def reading(*, progress: Callable[[Progress], None]) -> ImportReport:
            return self._desk.import_from(source, label=name, progress=progress)

        return self.start_reading(reading, name=name, then=then, is_remote=False)

    def start_reading(
        self,
        reading: Reading,
        *,
        name: str,
        then: Callable[[], None] = lambda: None,
        is_remote: bool = True,
    ) -> bool:
        """Start to read whatever it is, and return at once.

        Args:
            reading: Reads and keeps; it returns ``None`` where nothing new came.
            name: What the member calls it.
            then: Called at the end, whatever that was.
            is_remote: Whether it is a mailbox or an interface, and no file.

        Returns:
            Whether it was started: not while another one runs.
        """
        with self._lock:
            if self._state is not None and self._state.is_running:
                return False
            state = ImportState(
                name=name, progress=Progress("", 0, "reading"), is_remote=is_remote
            )
            self._state, self._then = state, then
            # A daemon: closing the desk does not wait, and the store takes all of an
            # import or nothing.
            self._thread = Thread(
                target=self._run, args=(reading, state, then), daemon=True
            )
            self._thread.start()
        return True

    def wait(self, seconds: float) -> None:
        """Wait for the import under way, if there is one."""
        if self._thread is not None:
            self._thread.join(seconds)

    def end(self, seconds: float) -> None:
        """Wait for the import under way; then take away what was handed over for it.

        What is read of it by then is kept or not, as of any reading that breaks off.
        """
        self.wait(seconds)
        if self._state is not None and self._state.is_running:
            self._then()

    def forget(self) -> None:
        """Forget the last import, unless it still runs."""
        with self._lock:
            if self._state is not None and not self._state.is_running:
                self._state = None

    def _run(
        self, reading: Reading, state: ImportState, then: Callable[[], None]
    ) -> None:
        end = replace(state, is_broken=True)

        def tell(progress: Progress) -> None:
            self._state = replace(state, progress=progress)

        try:
            report = reading(progress=tell)
            end = replace(state, report=report, is_without_news=report is None)
            rows = sum(report.counts.values()) if report else 0
            tell(Progress("", rows, "screening"))
            self._prepare()
        except VorzimmerError as problem:
            end = replace(state, problem=problem)
        finally:
            then()
            self._state = end

    def _prepare(self) -> None:
        """Screen what is new now, so that the session opens at once."""
        try:
            self._desk.session()
        except VorzimmerError:
            # The import is through; the session's own page tells what hinders it.
            log.info("The session cannot be prepared yet.")


def private_folder() -> Path:
    """Make a new folder that only its owner may enter, for one upload or download.

    Raises:
        WritingError: There is no room for it.
    """
    try:
        return Path(mkdtemp(prefix=_UPLOAD))
    except OSError as error:
        raise WritingError(error) from error


def remove_leftovers() -> None:
    """Remove what passed through desks that ended without a word: a power cut, a kill.

    Only what is older than any import takes, and belongs to this user.
    """
    before = time.time() - _LEFT_S
    for folder in Path(gettempdir()).glob(f"{_UPLOAD}*"):
        with suppress(OSError):
            found = folder.lstat()
            is_ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
            if is_ours and stat.S_ISDIR(found.st_mode) and found.st_mtime < before:
                remove_folder(folder)


def remove_folder(folder: Path) -> None:
    """Remove such a folder; one that is gone already is fine."""
    shutil.rmtree(folder, ignore_errors=True)
