"""Draft rule ``discount_at_once``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_DISCOUNT = re.compile(
    r"rabatt|nachlass|discount|vergünstigung|gutschein|code|preis|tarif|kondition"
    r"|price|pricing|rate\b|fee\b|(?:%|percent) off",
    re.IGNORECASE,
)


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


def names_discount(facts: Facts, spot: Spot) -> bool:
    """Return whether the words at a place speak of a price, and not of haste."""
    start, end = spot.span or (0, 0)
    return _DISCOUNT.search(facts.text, start, end) is not None
