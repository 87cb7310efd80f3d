"""Draft rule ``discount_at_once``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.prices import names_discount
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def discount_at_once(facts: Facts) -> Iterator[Spot]:
    """A price or discount stands in the first contact.

    Why it matters:
        It matters only to those who want the thing; to all others it is a flyer.

    How to mend it:
        Leave it out until somebody asks what it costs.

    Source:
        Own collection of advertising to strangers.
    """
    for spot in facts.spots("time_pressure"):
        if names_discount(facts, spot):
            yield spot
