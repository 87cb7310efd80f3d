"""Clauses of a policy as forms, and what comes back from them; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from vorzimmer.errors import VorzimmerError
from vorzimmer.languages import LANGUAGES
from vorzimmer.model import Action, Channel, TieKind, say
from vorzimmer.policy import (
    CONDITIONS,
    COUNTS,
    KINDS,
    Clause,
    Condition,
    Conditions,
    Range,
)

Shape = Literal["share", "count", "words", "network", "yesno"]
Fields = Mapping[str, Sequence[str]]

WORDS: dict[str, tuple[str, ...]] = {
    "tie": tuple(each.value for each in TieKind),
    "note": ("blank", "present", "unknown"),
    "channel": tuple(each.value for each in Channel),
    "language": LANGUAGES,
}
"""The words that some conditions choose from."""

MOST_CONDITIONS = 30
_LONGEST_NUMBER = 12

NO_SHARE = say("Please write a probability from 0 to 100.")
NO_COUNT = say("Please write a whole number, for example 500.")
NO_BOUND = say("Please fill in “at least” or “below”, or remove the condition.")
NO_WORD = say("Please choose at least one, or remove the condition.")
NO_CONDITION = say("A clause needs a condition: choose one, or remove the clause.")
NO_ACTION = say("Please choose what to do.")


class ClauseError(VorzimmerError):
    """A clause that cannot be understood."""


def shape_of(name: str) -> Shape:
    """Return how a condition is asked for."""
    if name in KINDS:
        return "share"
    if name in COUNTS or name == "reasons_against":
        return "count"
    if name in WORDS:
        return "words"
    return "network" if name == "network" else "yesno"


def percent_of(bound: float | None) -> str:
    """Return a probability as a form has it: ``0.7`` is ``"70"``."""
    return "" if bound is None else f"{100 * bound:.12g}"


def count_of(bound: float | None) -> str:
    """Return a bound of a count as a form has it."""
    return "" if bound is None else f"{bound:.12g}"


def clause_of(form: Fields, *, default_name: str = "") -> Clause:
    """Return the clause that a form describes.

    Its fields are ``name``, ``then``, ``new`` (a condition to add, ``""`` is none) and
    for the conditions from 0 on ``c0`` (which), ``c0_off`` (not any more) and, by
    shape, ``c0_at_least``, ``c0_below`` or ``c0_value``.

    Raises:
        ClauseError: Something in it cannot be understood.
    """
    try:
        action = Action(_one(form, "then"))
    except ValueError as error:
        raise ClauseError(NO_ACTION) from error
    found = dict(_conditions(form))
    added = _one(form, "new")
    if added in CONDITIONS:
        found.setdefault(added, default_of(added))
    if not found:
        raise ClauseError(NO_CONDITION)
    name = " ".join(_one(form, "name").split()) or default_name
    return Clause(name, action, tuple(found.items()))


def default_of(name: str) -> Condition:
    """Return what a new condition begins with."""
    starts: dict[str, Condition] = {
        "share": Range(at_least=0.6),
        "yesno": True,
        "network": ("linkedin",),
    }
    if name == "reasons_against":
        return Range(at_least=1)
    if name in COUNTS:
        return Range(at_least=500 if name == "contacts_count" else 1)
    return WORDS[name][:1] if name in WORDS else starts[shape_of(name)]


def _conditions(form: Fields) -> Conditions:
    found: list[tuple[str, Condition]] = []
    for number in range(MOST_CONDITIONS):
        name = _one(form, f"c{number}")
        if name in CONDITIONS and not _one(form, f"c{number}_off"):
            found.append((name, _condition(form, name, f"c{number}_")))
    return tuple(found)


def _condition(form: Fields, name: str, prefix: str) -> Condition:
    shape = shape_of(name)
    if shape in {"share", "count"}:
        bounds = [
            _bound(_one(form, f"{prefix}{each}"), is_share=shape == "share")
            for each in ("at_least", "below")
        ]
        if bounds == [None, None]:
            raise ClauseError(NO_BOUND)
        return Range(*bounds)
    if shape == "yesno":
        return _one(form, f"{prefix}value") == "yes"
    words = form.get(f"{prefix}value", ())
    if shape == "network":
        words = _one(form, f"{prefix}value").casefold().replace(",", " ").split()
    if not words:
        raise ClauseError(NO_WORD)
    return tuple(dict.fromkeys(words))


def _bound(text: str, *, is_share: bool) -> float | None:
    text = text.strip().replace(",", ".").removesuffix("%").strip()
    if not text:
        return None
    problem = NO_SHARE if is_share else NO_COUNT
    digits = text.replace(".", "", 1)
    if len(text) > _LONGEST_NUMBER or not (digits.isascii() and digits.isdecimal()):
        raise ClauseError(problem)
    value = float(text)
    if is_share:
        if value > 100:
            raise ClauseError(problem)
        return round(value / 100, 8)
    if not value.is_integer():
        raise ClauseError(problem)
    return int(value)


def _one(form: Fields, name: str) -> str:
    values = form.get(name, ())
    return values[-1] if values else ""
