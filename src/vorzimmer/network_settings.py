"""The networks' own settings that change what reaches a member; pure.

Which there are, what each choice costs and how to get there stands in
``network_settings.toml``, where its sources stand too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from vorzimmer.contact_card import Door

LOOK_AGAIN_AFTER_DAYS = 365
"""Networks rename and add settings; a year is how long a tick holds."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen, for whom it is, and what it costs.

    Attributes:
        doors: Policies that open so wide are served by it; none: nobody is.
    """

    title: Mapping[str, str]
    cost: Mapping[str, str]
    doors: frozenset[Door]


@dataclass(frozen=True, slots=True)
class NetworkSetting:
    """One setting of a network.

    Attributes:
        network: ``"linkedin"`` or ``"xing"``.
        name: Stable; what was ticked is kept under it.
        path: What to click, one after the other, by language.
    """

    network: str
    name: str
    title: Mapping[str, str]
    why: Mapping[str, str]
    path: Mapping[str, tuple[str, ...]]
    choices: tuple[Choice, ...]

    def choice_for(self, door: Door) -> Choice:
        """Return the choice that serves a policy which opens so wide."""
        return next(each for each in self.choices if door in each.doors)


@cache
def network_settings() -> tuple[NetworkSetting, ...]:
    """Return all settings, network by network, the one with most effect first."""
    text = files("vorzimmer").joinpath("network_settings.toml").read_text("utf-8")
    return tuple(
        NetworkSetting(
            network=entry["network"],
            name=entry["name"],
            title=entry["title"],
            why=entry["why"],
            path={language: tuple(way) for language, way in entry["path"].items()},
            choices=tuple(
                Choice(
                    title=each["title"],
                    cost=each["cost"],
                    doors=frozenset(Door(door) for door in each["doors"]),
                )
                for each in entry["choice"]
            ),
        )
        for entry in tomllib.loads(text)["setting"]
    )


def is_due(ticked_on: date | None, today: date) -> bool:
    """Return whether a setting should be looked at: never seen, or a year ago.

    Args:
        ticked_on: When the member last saw to it; ``None`` is never.
        today: The day of the question.
    """
    return ticked_on is None or (today - ticked_on).days >= LOOK_AGAIN_AFTER_DAYS
