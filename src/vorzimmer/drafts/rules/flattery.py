"""Draft rule ``flattery``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def flattery(facts: Facts) -> Iterator[Spot]:
    """This praise fits any profile.

    Why it matters:
        Praise without a thing that is praised is read as a formula.

    How to mend it:
        Name what exactly you liked, or leave it out.

    Source:
        Own collection: openings that sales trainings teach.
    """
    yield from facts.spots("flattery")
