"""Official places to turn to when a thread looks dangerous, with their sources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

When = Literal["knowledge", "money", "hacked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """One place to turn to.

    Attributes:
        name: What it is called, in its own language.
        when: For which sorts of approach it is there.
        country: ISO 3166-1 alpha-2 code.
        reach: Address or number; shown as text.
        source: Where that stands.
    """

    name: str
    when: tuple[str, ...]
    country: str
    reach: str
    source: str


@cache
def contact_points() -> tuple[ContactPoint, ...]:
    """Return all places that we know of."""
    text = (files("vorzimmer") / "contact_points.toml").read_text("utf-8")
    return tuple(
        ContactPoint(**{**place, "when": tuple(place["when"])})
        for place in tomllib.loads(text)["place"]
    )


def points_for(when: When) -> tuple[ContactPoint, ...]:
    """Return the places for one sort of approach."""
    return tuple(each for each in contact_points() if when in each.when)
