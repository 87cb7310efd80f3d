"""Draft rule ``default_text``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def default_text(facts: Facts) -> Iterator[Spot]:
    """This is the text that the network fills in.

    Why it matters:
        It says nothing that the request does not say already, and recipients know it by
        heart.

    How to mend it:
        Delete it and write in one sentence why you want to be in contact with this
        person.

    Source:
        German articles on contact requests: no default text.
    """
    yield from facts.spots("network_default_text")
