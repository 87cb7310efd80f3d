"""Takes in what LinkedIn's portability interface tells, and says how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from vorzimmer.importers import portability
from vorzimmer.intake import Intake, gather
from vorzimmer.items import Cursor, Item
from vorzimmer.portability.client import Client
from vorzimmer.portability.tokens import find_token
from vorzimmer.settings import Settings
from vorzimmer.sources import Progress
from vorzimmer.unfinished import place_beside

LABEL = "LinkedIn"
"""What the source is called in the list of imports."""

PREFERENCE = "portability"
"""Under which name the store keeps how far the interface was read."""


def take_in_portability(  # noqa: PLR0913 - what has to be known of a reading
    cursor: str,
    *,
    now: datetime,
    since: datetime | None,
    is_again: bool,
    spool: Path | None,
    progress: Callable[[Progress], None],
) -> tuple[Intake, str]:
    """Return what LinkedIn tells, and the cursor for the next time.

    Args:
        cursor: Of the last time; ``""`` is that there was none.
        now: The moment of reading.
        since: Ask the change log from here on; ``None`` is where it ended.
        is_again: Whether to read everything, whatever was read before.
        spool: Where to keep the pages of an unfinished reading; ``None`` is nowhere.
        progress: Told before each page.

    Raises:
        SourceError: There is no token, or LinkedIn does not answer.
    """
    watch = _Watch(progress)
    wish = portability.Wish(
        now=_milliseconds(now),
        cursor=cursor,
        since=_milliseconds(since) if since else None,
        is_again=is_again,
        spool=spool,
        told=watch.turns_to,
    )
    with Client(find_token(os.environ)) as client:
        intake = gather(watch.counted(portability.read(client, wish)))
    return intake, watch.cursor


class _Watch:
    """Counts what passes, tells of it, and keeps the cursor."""

    def __init__(self, progress: Callable[[Progress], None]) -> None:
        self._progress = progress
        self._rows = 0
        self.cursor = ""

    def turns_to(self, domain: str) -> None:
        self._progress(Progress(domain, self._rows, "reading"))

    def counted(self, items: Iterator[Item | Cursor]) -> Iterator[Item]:
        for item in items:
            if isinstance(item, Cursor):
                self.cursor = item.value
            else:
                self._rows += 1
                yield item


def spool_beside(settings: Settings) -> Path | None:
    """Return where the pages of an unfinished reading lie: beside the database."""
    place = place_beside(settings)
    return place and place.with_name(f"{place.name}-portability")


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
