"""Chance with a fixed seed, dates that count back, and the archive's date forms."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

LAST_DAY = date(2026, 11, 15)
SEED = 20261115
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def dice(*key: str) -> random.Random:
    """Return a source of chance of its own for each key.

    A new entry in the data so leaves the chance of all others as it was.
    """
    return random.Random(f"{SEED} {' '.join(key)}")  # noqa: S311 - nothing secret


def moment(until: date, days: int, *key: str) -> datetime:
    """Return a time of a waking hour, ``days`` before ``until``."""
    chance = dice("moment", *key)
    hour = chance.choice([6, 7, 8, 8, 9, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20])
    at = time(hour, chance.randrange(60), chance.randrange(60), tzinfo=UTC)
    return datetime.combine(until - timedelta(days=days), at)


def years_before(until: date, years: float) -> date:
    """Return the day that lies so many years before ``until``."""
    return until - timedelta(days=round(years * 365.25))


def us_time(at: datetime) -> str:
    """Return the form of invitations and address books: ``9/20/26, 4:10 PM``."""
    half = "AM" if at.hour < 12 else "PM"
    clock = f"{(at.hour - 1) % 12 + 1}:{at.minute:02} {half}"
    return f"{at.month}/{at.day}/{at.year % 100:02}, {clock}"


def day_form(day: date) -> str:
    """Return the form of connections: ``05 Mar 2024``."""
    return f"{day.day:02} {month_form(day.year, day.month)}"


def month_form(year: int, month: int) -> str:
    """Return the form of positions: ``Mar 2024``."""
    names = [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ]
    return f"{names[month - 1]} {year}"


def utc_form(at: datetime) -> str:
    """Return the form of messages: ``2026-08-01 02:00:00 UTC``."""
    return at.strftime("%Y-%m-%d %H:%M:%S UTC")


def slash_form(at: datetime) -> str:
    """Return the form of endorsements: ``2024/02/01 15:02:55 UTC``."""
    return at.strftime("%Y/%m/%d %H:%M:%S UTC")
