"""Discounts in a draft; their wordings stand beside those of closing doors; pure."""

from __future__ import annotations

import re

from vorzimmer.drafts.rule import Facts, Spot

_DISCOUNT = re.compile(
    r"rabatt|nachlass|discount|vergünstigung|gutschein|code|preis|tarif|kondition"
    r"|price|pricing|rate\b|fee\b|(?:%|percent) off",
    re.IGNORECASE,
)


def names_discount(facts: Facts, spot: Spot) -> bool:
    """Return whether the words at a place speak of a price, and not of haste."""
    start, end = spot.span or (0, 0)
    return _DISCOUNT.search(facts.text, start, end) is not None
