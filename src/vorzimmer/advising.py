"""What the desk advises beside the requests: the networks' settings, the own card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from vorzimmer.contact_card import ContactCard, Door, contact_card, door_of
from vorzimmer.days import local_day
from vorzimmer.errors import UnknownNameError
from vorzimmer.network_settings import (
    Choice,
    NetworkSetting,
    is_due,
    network_settings,
)
from vorzimmer.policy import Policy
from vorzimmer.store import Store
from vorzimmer.toml_places import nearest

_PREFIX = "network-setting:"


@dataclass(frozen=True, slots=True)
class Advice:
    """A setting of a network, with what fits the member's policy.

    Attributes:
        choice: The one that serves the policy in use.
        ticked_on: When the member last saw to it; ``None`` is never.
        is_due: Whether to look at it: never seen to, or a year ago.
    """

    setting: NetworkSetting
    choice: Choice
    ticked_on: date | None
    is_due: bool


class AdvisingDesk:
    """The part of the desk that advises."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        policy: Callable[[], Policy],
        reads: Callable[[], frozenset[str]],
    ) -> None:
        """Take the parts; ``Desk`` makes them."""
        self._store = store
        self._now = now
        self._policy = policy
        self._reads = reads

    def door(self) -> Door:
        """Return how wide the policy in use opens to strangers."""
        return door_of(self._policy())

    def advice(self) -> tuple[Advice, ...]:
        """Return all settings of the networks, with what fits the policy in use."""
        door, today = self.door(), local_day(self._now())
        with self._store.reading() as store:
            days = {
                each.name: store.preference(_PREFIX + each.name)
                for each in network_settings()
            }
        ticked = {
            name: date.fromisoformat(day) if day else None for name, day in days.items()
        }
        return tuple(
            Advice(
                setting=each,
                choice=each.choice_for(door),
                ticked_on=ticked[each.name],
                is_due=is_due(ticked[each.name], today),
            )
            for each in network_settings()
        )

    def due_again(self) -> int:
        """Return how many settings the member saw to, and a year has passed since."""
        return sum(each.is_due and bool(each.ticked_on) for each in self.advice())

    def tick(self, name: str, *, is_done: bool) -> None:
        """Record that the member saw to a setting today, or take that back.

        Raises:
            UnknownNameError: There is no such setting.
        """
        names = [each.name for each in network_settings()]
        if name not in names:
            raise UnknownNameError(name, nearest(name, names), what="setting")
        day = local_day(self._now()).isoformat() if is_done else None
        with self._store.transaction() as store:
            store.put_preference(_PREFIX + name, day)

    def card(self) -> ContactCard:
        """Return the card that tells senders what the policy in use does."""
        return contact_card(self._policy(), languages=tuple(sorted(self._reads())))
