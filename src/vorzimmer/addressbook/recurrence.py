"""How often, and when last, a repeated appointment took place; pure, and bounded.

Only the forms that calendars offer to people are counted: every so many days, weeks,
months or years, on days of the week or of the month, so many times or until a day. Of
any other rule only the first day is certain, and only that one counts.

Source:
    RFC 5545 §3.3.10.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

MOST_TIMES = 500
"""Times that are counted: ten years of every week."""

# Days, weeks or months that are looked at, whatever an interval makes of them.
_MOST_STEPS = 2_000
_LONGEST_RULE = 500
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_KNOWN = {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "WKST",
}
_WEEKDAYS = {
    name: at for at, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
}
_WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


@dataclass(frozen=True, slots=True)
class _Rule:
    frequency: str
    interval: int
    count: int
    until: date
    weekdays: tuple[tuple[int, int], ...]  # which in the month (0: each), and weekday
    month_days: tuple[int, ...]
    months: tuple[int, ...]


def day_of(value: str) -> date | None:
    """Return the day of a date or a moment in iCalendar's form."""
    found = _DAY.match(value.strip())
    if found:
        with suppress(ValueError):
            return date(int(found[1]), int(found[2]), int(found[3]))
    return None


def took_place(
    first: date, rule: str, *, until: date, besides: Collection[date] = ()
) -> tuple[int, date]:
    """Return how often an appointment took place, at least once, and when last.

    Args:
        first: Its first day, not after ``until``.
        rule: The value of ``RRULE``; ``""`` is an appointment that is not repeated.
        until: The last day that counts.
        besides: Days on which it was called off.
    """
    read = _rule(rule, until) if rule else None
    count, last = 0, first
    days = _days(first, read) if read else iter((first,))
    for number, day in enumerate(days):
        if day > (read.until if read else until) or (read and number >= read.count):
            break
        if day not in besides:
            count, last = count + 1, day
        if count >= MOST_TIMES:
            break
    return max(count, 1), last


def _rule(text: str, until: date) -> _Rule | None:
    words = {
        name.strip().upper(): value.strip().upper()
        for name, _, value in (
            each.partition("=") for each in text[:_LONGEST_RULE].split(";") if each
        )
    }
    if words.get("FREQ") not in _FREQUENCIES or not _KNOWN.issuperset(words):
        return None
    try:
        weekdays = tuple(map(_weekday, filter(None, words.get("BYDAY", "").split(","))))
        return _Rule(
            frequency=words["FREQ"],
            interval=max(int(words.get("INTERVAL", "1")), 1),
            count=int(words.get("COUNT", str(_MOST_STEPS))),
            until=min(until, day_of(words.get("UNTIL", "")) or until),
            weekdays=weekdays,
            month_days=_numbers(words.get("BYMONTHDAY", "")),
            months=_numbers(words.get("BYMONTH", "")),
        )
    except ValueError:
        return None


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(each) for each in words.split(",") if each)


def _weekday(word: str) -> tuple[int, int]:
    found = _WEEKDAY.fullmatch(word)
    if not found:
        raise ValueError(word)
    return int(found[1] or 0), _WEEKDAYS[found[2]]


def _days(first: date, rule: _Rule) -> Iterator[date]:
    """Yield the days of a rule in their order, from the first one on."""
    periods = {"DAILY": _each_day, "WEEKLY": _each_week}
    with suppress(OverflowError, ValueError):  # beyond the year 9999
        for step in range(_MOST_STEPS):
            found = periods.get(rule.frequency, _each_month)(first, rule, step)
            yield from (day for day in found if day >= first)


def _each_day(first: date, rule: _Rule, step: int) -> list[date]:
    day = first + timedelta(days=step * rule.interval)
    weekdays = {weekday for _, weekday in rule.weekdays}
    fits = not weekdays or day.weekday() in weekdays
    return [day] if fits and (not rule.months or day.month in rule.months) else []


def _each_week(first: date, rule: _Rule, step: int) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    monday += timedelta(weeks=step * rule.interval)
    weekdays = {weekday for _, weekday in rule.weekdays} or {first.weekday()}
    return [monday + timedelta(days=weekday) for weekday in sorted(weekdays)]


def _each_month(first: date, rule: _Rule, step: int) -> list[date]:
    if rule.frequency == "YEARLY":
        year = first.year + step * rule.interval
        months: Collection[int] = sorted(rule.months) or (first.month,)
    else:
        ahead = first.month - 1 + step * rule.interval
        year, months = first.year + ahead // 12, (ahead % 12 + 1,)
    return [
        day
        for month in months
        if rule.frequency == "YEARLY" or not rule.months or month in rule.months
        for day in _in_month(date(year, month, 1), first, rule)
    ]


def _in_month(begin: date, first: date, rule: _Rule) -> list[date]:
    end = (begin.replace(day=28) + timedelta(days=4)).replace(day=1)
    length = (end - begin).days
    if rule.weekdays:
        days = [begin + timedelta(days=at) for at in range(length)]
        numbers = [day.day for day in days if _is_named(day, length, rule.weekdays)]
    else:
        wanted = rule.month_days or (first.day,)
        numbers = [each if each > 0 else length + 1 + each for each in wanted]
    return [
        begin.replace(day=number)
        for number in sorted(set(numbers))
        if 1 <= number <= length
    ]


def _is_named(day: date, length: int, weekdays: Collection[tuple[int, int]]) -> bool:
    from_start = (day.day - 1) // 7 + 1
    from_end = -((length - day.day) // 7 + 1)
    return any(
        day.weekday() == weekday and which in {0, from_start, from_end}
        for which, weekday in weekdays
    )
