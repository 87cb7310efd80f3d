"""On which day a moment is: by the clock of this machine, as pages show it."""

from __future__ import annotations

from datetime import date, datetime


def local_day(moment: datetime) -> date:
    """Return the day of a moment where the member is, which need not be UTC's.

    Args:
        moment: Aware.
    """
    return moment.astimezone().date()
