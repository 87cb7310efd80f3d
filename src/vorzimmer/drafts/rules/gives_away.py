"""Draft rule ``gives_away``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def gives_away(facts: Facts) -> Iterator[Spot]:
    """Something is given away that was not asked for.

    Why it matters:
        Free things among strangers are read as bait.

    How to mend it:
        Leave it out of the first contact.

    Source:
        Own collection of advertising to strangers.
    """
    yield from facts.spots("free_offer")
