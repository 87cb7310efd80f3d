"""Counts and days that a network shows on a line of their own; pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from vorzimmer.names import plain_name
from vorzimmer.pasted.words import LONGEST, TIME, may_be_name

_MOST = 10_000_000
_NUMBER = r"(?P<n>\d{1,3}(?:[.,’'\u202f ]\d{3})+|\d{1,7})"
_OVER = "(?:über |mehr als |over |more than )?"
_CONTACTS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        (
            rf"(?:(?:hat|has) )?{_OVER}{_NUMBER}\s?\+? (?:connections?|contacts?"
            r"|kontakte?)(?: on linkedin| auf linkedin| bei xing)?"
        ),
        rf"(?:connections?|contacts?|kontakte?):? \(?{_OVER}{_NUMBER}\s?\+?\)?",
    )
)
FOLLOWERS = re.compile(r"[\d.,]+[km]?\+? follower:?(?:s|innen)?", re.IGNORECASE)
_KIND = (
    "(?:(?:mutual|shared|common|gemeinsame[nrs]?) "
    "(?:connections?|contacts?|kontakte?n?|bekannten?))"
)
_TAIL = rf"(?: ?{_KIND})?(?: (?:in common|gemeinsam))?"
_MANY = r"(?P<n>\d{1,5})"
_PEOPLE = r"(?P<names>[^\d|:!?]{2,150}?)"
_SHARED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        (
            r"(?:you (?:both )?know|(?:sie|ihr) (?:beide )?kenn(?:en|t)(?: beide)?) "
            rf"{_PEOPLE}(?: (?:and|und) {_MANY} (?:others?|weitere))?\.?"
        ),
        (
            r"(?:(?:sie|du|ihr) (?:haben|hast|habt) |you(?: both)? have )?"
            rf"{_MANY}\+? {_KIND}\.?"
        ),
        rf"(?P<one>an?|one|eine?[nrs]?) {_KIND}",
        rf"{_KIND}:? \(?{_MANY}\)?",
        rf"{_MANY} (?:contacts|connections|kontakte) (?:in common|gemeinsam)",
        rf"(?P<none>no|keine[nrs]?|noch keine) {_KIND}",
        (
            rf"{_PEOPLE},? ?(?:and|und|&|\+) {_MANY} "
            rf"(?:(?:other|weitere[nr]?|andere[nr]?) {_KIND}|others?(?: {_KIND})?"
            rf"|(?:weitere|andere)[nr]?(?: personen)?{_TAIL}|more{_TAIL})"
        ),
        rf"{_PEOPLE} (?:is|are|ist|sind) (?:an? |ein |beide )?{_KIND}\.?",
        (
            rf"{_KIND}: {_PEOPLE}"
            rf"(?:,? (?:and|und) {_MANY} (?:others?|weitere|more)[^\d]{{0,25}})?"
        ),
        rf"via {_PEOPLE} (?:and|und) {_MANY} (?:others?|weitere|more)",
    )
)
SHARED_HEAD = re.compile(rf"{_KIND}:?", re.IGNORECASE)
_BETWEEN = re.compile(r",? (?:and|und|&) |, ")

_UNITS = (
    ("min", "minutes?|mins?|minuten?|m(?=$)"),
    ("hour", "hours?|hrs?|h|stunden?|std\\.?"),
    ("day", "days?|d|tag(?:e|en)?|t(?=$)"),
    ("week", "weeks?|w|wks?|wochen?|wo?\\.?"),
    ("month", "months?|mos?|monat(?:e|en)?|mon\\.?"),
    ("year", "years?|yrs?|y|jahre?n?|j(?=$)"),
)
_DAYS = {"min": 0, "hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_UNIT = "|".join(f"(?P<{name}>{form})" for name, form in _UNITS)
_BEFORE_DAY = (
    r"(?:(?:sent|received|invited|gesendet|erhalten|empfangen|eingegangen|am|vom|on"
    r"|kontaktanfrage|contact request)[: ]+(?:am |on |vom )?)?"
)
_RELATIVE = re.compile(
    rf"{_BEFORE_DAY}(?:vor )?(?:(?P<n>\d{{1,3}})|(?P<one>an?|one|einer?|einem)) ?"
    rf"(?:{_UNIT})(?: ago| her)?(?: [•·].{{0,20}})?",
    re.IGNORECASE,
)
_NEAR = {
    "today": 0, "heute": 0, "just now": 0, "gerade eben": 0, "now": 0, "jetzt": 0,
    "soeben": 0, "yesterday": 1, "gestern": 1, "vorgestern": 2, "last week": 7,
    "letzte woche": 7,
}  # fmt: skip
_YEARS = range(2003, 2100)  # before the first, there were no such networks
_WEEKDAYS = {
    word: number
    for number, names in enumerate(
        ("monday montag mon mo", "tuesday dienstag tue di", "wednesday mittwoch wed mi",
         "thursday donnerstag thu do", "friday freitag fri fr",
         "saturday samstag sonnabend sat sa", "sunday sonntag sun so")
    )
    for word in names.split()
}  # fmt: skip
_MONTHS = {
    word: number
    for number, names in enumerate(
        ("january januar jänner jan", "february februar feb", "march märz mar mrz mär",
         "april apr", "may mai", "june juni jun", "july juli jul", "august aug",
         "september sep sept", "october oktober oct okt", "november nov",
         "december dezember dec dez"),
        start=1,
    )
    for word in names.split()
}  # fmt: skip
_CLOCK = rf"(?:,? (?:um |at )?{TIME}(?: uhr)?(?: ?(?:utc|gmt|[+-]\d{{4}}|mez|cet))*)?"
_WEEKDAY = r"(?:(?:[a-zäöü]{2,10}),? (?:den )?|[a-z]{2,3}\., )?"
_MONTH = r"(?P<month>[a-zäöü]{3,9})"
_ABSOLUTE = tuple(
    re.compile(rf"{_BEFORE_DAY}{form}{_CLOCK}", re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}}|\d{{2}})?",
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})\.? {_MONTH}\.?,?(?: (?P<y>\d{{4}}))?",
        rf"{_WEEKDAY}{_MONTH}\.? (?P<d>\d\d?)(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?",
        r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})",
    )
)
CLOCK_ALONE = re.compile(rf"{TIME}(?: uhr)?", re.IGNORECASE)


def contacts_count(text: str) -> int | None:
    """Return how many contacts a line shows; capped ones give the cap."""
    if len(text) > LONGEST:
        return None
    for form in _CONTACTS:
        found = form.fullmatch(text)
        if found:
            return _number(found["n"])
    return None


def _number(text: str) -> int | None:
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits and int(digits) < _MOST else None


def shared_contacts(text: str) -> tuple[int, tuple[str, ...]] | None:
    """Return how many shared contacts a line shows, and the names in it.

    "Ida Holm and 3 other mutual connections" are four.
    """
    if len(text) > LONGEST:
        return None
    for form in _SHARED:
        found = form.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        names = names_in(parts.get("names") or "")
        if parts.get("names") and not names:
            continue
        if parts.get("none"):
            return 0, ()
        more = int(parts.get("n") or 0)
        return (1, ()) if parts.get("one") else (len(names) + more, names)
    return None


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of a list of people; none if one of them can be no name."""
    names = tuple(part.strip(" ,") for part in _BETWEEN.split(text) if part.strip(" ,"))
    is_list = all(may_be_name(name) and plain_name(name) for name in names)
    return names if is_list else ()


def day_of(text: str, today: date | None) -> tuple[date, float] | None:
    """Return the day that a line names, and how surely that is the day.

    Args:
        text: A whole line.
        today: Counts back from here; ``None`` leaves out what needs it.
    """
    text = text.strip(" •·,|")
    if not 2 <= len(text) <= 60:
        return None
    found = _absolute(text, today) or (_relative(text, today) if today else None)
    return found if found and found[0].year in _YEARS else None


def looks_like_day(text: str) -> bool:
    """Return whether a line is a day or a time of day, and nothing else."""
    return bool(CLOCK_ALONE.fullmatch(text) or day_of(text, date(2020, 7, 15)))


def _relative(text: str, today: date) -> tuple[date, float] | None:
    low = text.casefold()
    low = re.sub(rf",? (?:um |at )?{TIME}(?: uhr)?$", "", low)
    if low in _NEAR:
        days = _NEAR[low]
        return today - timedelta(days), 0.95 if days < 7 else 0.6
    if low.rstrip(".") in _WEEKDAYS and len(low) > 3:
        back = (today.weekday() - _WEEKDAYS[low.rstrip(".")]) % 7 or 7
        return today - timedelta(back), 0.8
    found = _RELATIVE.fullmatch(text)
    if not found:
        return None
    unit = next(name for name, _ in _UNITS if found[name])
    days = _DAYS[unit] * int(found["n"] or 1)
    if days >= today.toordinal():
        return None
    sure = {"week": 0.75, "month": 0.6, "year": 0.5}.get(unit, 0.95)
    return today - timedelta(days), sure


def _absolute(text: str, today: date | None) -> tuple[date, float] | None:
    for form in _ABSOLUTE:
        found = form.fullmatch(text)
        if not found:
            continue
        parts = found.groupdict()
        named = (parts.get("month") or "").casefold()
        month = _MONTHS.get(named) if named else int(parts["m"])
        year = _year(parts["y"])
        if month is None or (year is None and today is None):
            continue
        day = _day(year or (today.year if today else 0), month, int(parts["d"]))
        if day and year is None and today and day > today:
            day = _day(today.year - 1, month, int(parts["d"]))
        if day:
            return day, 0.97 if year else 0.85
    return None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
