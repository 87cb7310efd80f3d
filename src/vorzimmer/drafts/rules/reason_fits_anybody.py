"""Draft rule ``reason_fits_anybody``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def reason_fits_anybody(facts: Facts) -> Iterator[Spot]:
    """This reason fits anybody.

    Why it matters:
        The recipient sees at once that it could stand in any other letter, too.

    How to mend it:
        Name the one thing in this profile, this talk, this post that made you write.

    Source:
        German articles on contact requests: synergies and interesting profiles.
    """
    if not facts.has_reason:
        yield from facts.spots("vague_reason")
