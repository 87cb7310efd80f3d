"""The stored form of single values: sentences, slots, answers, persons; no I/O."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from vorzimmer.model import Answer, Sentence, Slot

_LARGEST = 2**63 - 1


def storable(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return the value as every database can keep it.

    NUL and halves of surrogate pairs, which PostgreSQL or UTF-8 cannot hold, become
    U+FFFD; numbers beyond 64 bits become the largest that fit.
    """
    if type(value) is str:
        if "\0" in value:
            value = value.replace("\0", "\ufffd")
        if not value.isascii():
            return _without_lone_surrogates(value)
        return value
    if type(value) is int and not -_LARGEST <= value <= _LARGEST:
        return _LARGEST if value > 0 else -_LARGEST
    return value


def storables(values: Iterable[Any]) -> list[Any]:
    """Return the values as every database can keep them; quicker than one by one."""
    return [value if value is None else storable(value) for value in values]


def moment_in_words(moment: datetime | None) -> str | None:
    """Return an aware moment as SQLite keeps it: in UTC, without its zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        message = "a moment without a time zone cannot be stored"
        raise ValueError(message)
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(" ", "microseconds")[:-6]


def day_in_words(day: date | None) -> str | None:
    """Return a day as SQLite keeps it."""
    return None if day is None else day.isoformat()


def _without_lone_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def value_to_json(value: Answer) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON form of a slot or an answer; what JSON lacks is tagged."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": str(value)}
    return value


def value_from_json(value: Any) -> Answer:  # noqa: ANN401 - any JSON value
    """Return what ``value_to_json`` was given."""
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return] # a str, int, float or bool
    (tag, text), *_ = value.items()
    if tag == "datetime":
        return datetime.fromisoformat(text)
    if tag == "date":
        return date.fromisoformat(text)
    return float(text)


def slots_to_json(slots: Iterable[tuple[str, Slot]]) -> list[list[Any]]:
    """Return the JSON form of a sentence's slots: pairs, in their order."""
    return [[name, value_to_json(value)] for name, value in slots]


def sentence_from(template: str, slots: Iterable[Sequence[Any]]) -> Sentence:
    """Return the sentence of a template and the JSON form of its slots."""
    return Sentence(
        template, tuple((name, value_from_json(value)) for name, value in slots)
    )
