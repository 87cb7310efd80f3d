"""What a member needs to be safe, as needs that go before every policy; pure."""

from __future__ import annotations

from dataclasses import replace

from vorzimmer.model import Action
from vorzimmer.policy import EVEN_ODDS, Conditions, Need, Policy, Range
from vorzimmer.settings import SafetySettings

NO_FACELESS_STRANGERS = "your safety: no strangers without a face and a shared contact"
NO_DANGER = "your safety: nothing dangerous comes in"
HOLD_NETWORKS = "your safety: requests from this network you look at yourself"
NAMES = (NO_FACELESS_STRANGERS, NO_DANGER, HOLD_NETWORKS)
"""The needs as they are shown with a proposal; English, translated at the edge."""

_COME_IN = frozenset({Action.ACCEPT})
_CONTACT = frozenset({Action.ACCEPT, Action.ASK, Action.ANSWER})
_KNOWN: Conditions = (("known", Range(at_least=EVEN_ODDS)),)
# What is not known does not hold, so a stranger of whom nothing is known stays outside.
_SHOWN: Conditions = (
    ("has_picture", True),
    ("mutual_contacts_count", Range(at_least=1)),
)


def needs_of(safety: SafetySettings) -> tuple[Need, ...]:
    """Return the needs that these settings name, those with most reach first."""
    needs: list[Need] = []
    if safety.networks:
        when: Conditions = (("network", safety.networks),)
        all_but_hold = frozenset(Action) - {Action.HOLD}
        needs.append(Need(HOLD_NETWORKS, refuses=all_but_hold, when=when))
    if safety.no_danger:
        when = (("danger", Range(at_least=EVEN_ODDS)),)
        needs.append(Need(NO_DANGER, refuses=_CONTACT, when=when))
    if safety.no_faceless_strangers:
        unless = (_KNOWN, _SHOWN)
        needs.append(Need(NO_FACELESS_STRANGERS, refuses=_COME_IN, unless=unless))
    return tuple(needs)


def made_safe(policy: Policy, safety: SafetySettings) -> Policy:
    """Return the policy with the member's needs before it."""
    needs = needs_of(safety)
    return policy if needs == policy.needs else replace(policy, needs=needs)
