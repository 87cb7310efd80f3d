"""Draft rule ``nameless_salutation``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.gaps import gaps_in
from vorzimmer.drafts.naming import greets_firm
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def nameless_salutation(facts: Facts) -> Iterator[Spot]:
    """The greeting has no name.

    Why it matters:
        A greeting that fits anybody makes a letter a circular.

    How to mend it:
        Put the name after the greeting: it stands in the profile.

    Source:
        German articles on contact requests: address people by name.
    """
    yield from facts.spots("crowd_address")
    greeting = facts.salutation
    if greeting is None or greeting.is_filled_later or facts.has("crowd_address"):
        return
    if any(start <= greeting.span[1] for start, _ in gaps_in(facts)):
        return
    if not greeting.names or greets_firm(facts):
        yield Spot(greeting.span)
