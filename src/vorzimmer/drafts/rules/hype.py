"""Draft rule ``hype``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def hype(facts: Facts) -> Iterator[Spot]:
    """This word is advertising.

    Why it matters:
        It praises and cannot be checked; who reads it expects to be sold something.

    How to mend it:
        Say what it does, with a number or an example, or leave it out.

    Source:
        Own collection after German articles on contact requests and style guides.
    """
    yield from facts.spots("hype")
