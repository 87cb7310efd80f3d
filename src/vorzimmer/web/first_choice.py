"""The first choice of a policy, offered until somebody chose one or decided anything.

Until then a policy holds that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vorzimmer.cards import Session
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.policy import Policy
from vorzimmer.web.policy_pages import in_order


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the policies to choose from.

    Attributes:
        proposed: How often it would propose what for the requests that wait; nothing
            where that is not counted.
    """

    name: str
    policy: Policy
    proposed: Mapping[Action, int]


def is_due(desk: Desk, session: Session) -> bool:
    """Return whether a policy is to be offered before the session begins."""
    return bool(
        session.open_count and not session.decided_count and not desk.rules.is_chosen()
    )


def choices(desk: Desk) -> tuple[Choice, ...]:
    """Return the policies that can be chosen, from strict to open."""
    good = in_order(desk.policies().good)
    proposed = desk.rehearsal.proposed(good)
    return tuple(
        Choice(name, policy, proposed.get(name, {})) for name, policy in good.items()
    )
