"""Draft rule ``wants_bigger_network``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def wants_bigger_network(facts: Facts) -> Iterator[Spot]:
    """Your wish for a larger network is no reason for the recipient.

    Why it matters:
        It says what you get out of it, not what the other person does.

    How to mend it:
        Say what is in it for both, or do not ask.

    Source:
        German articles on contact requests: collectors.
    """
    yield from facts.spots("grow_network")
