"""Parts of the pages that are made: tables, shares with their intervals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vorzimmer.quality import Share

NOTHING = "–"
_MARKS = re.compile(r"([\\`*_{}\[\]<>|])")


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; what stands in it must not break it (see ``plain``)."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def number(value: float | None, digits: int = 3) -> str:
    """Return a number with so many digits after the point."""
    return NOTHING if value is None else f"{value:.{digits}f}"


def percent(value: float | None) -> str:
    """Return a share as per cent, e.g. ``12.3 %``."""
    return NOTHING if value is None else f"{value * 100:.1f} %"


def share(value: Share) -> str:
    """Return a share with the interval that holds it in 95 of 100 cases."""
    if not value.count:
        return NOTHING
    low, high = value.interval
    return f"{percent(value.value)} [{low * 100:.1f}–{high * 100:.1f}]"


def plain(text: str, *, most: int) -> str:
    """Return the beginning of a text on one line, with no marks that mean something."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return _MARKS.sub(r"\\\1", line)
