"""Shows on standard error how far a long reading is; nothing for a short one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from vorzimmer.cli.tables import harmless
from vorzimmer.compiled_phrases import (
    is_phrasebook_kept,
    kept_in,
    shipped_phrasebook,
)
from vorzimmer.sources import Progress, silent
from vorzimmer.translation import Translator

# What takes less needs no bar: it would only flicker.
PATIENCE_S = 1.0


def tell_set_up(_: Translator) -> None:
    """Say that the first start takes longer, where this is one, and do what takes long.

    Without it, nobody would be told anything for ten seconds and more.
    """
    if is_phrasebook_kept():
        return
    words = _("Vorzimmer is being set up on this machine. Once, that takes a while …")
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
    shipped_phrasebook()
    if not is_phrasebook_kept():
        words = _(
            "It could not be kept in {folder}, so the next start takes as long. Give"
            " yourself the right to write there, and make room.",
            folder=harmless(str(kept_in())),
        )
        sys.stderr.write(f"{words}\n")


@contextmanager
def shown_progress(_: Translator) -> Iterator[Callable[[Progress], None]]:
    """Give what an import tells its progress to; gone when the import ends.

    Where standard error is no terminal, nobody looks, and nothing is shown.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    task = bar.add_task(_("Screening …"), total=None)
    timer = Timer(PATIENCE_S, bar.start)
    timer.daemon = True

    def tell(progress: Progress) -> None:
        bar.update(task, description=_described(progress, _))

    timer.start()
    try:
        yield tell
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


def _described(progress: Progress, _: Translator) -> str:
    if progress.stage != "reading":
        return _("Storing …") if progress.stage == "storing" else _("Screening …")
    file = harmless(progress.file)
    return _("Reading {file} · {rows} rows", file=file, rows=progress.rows)
