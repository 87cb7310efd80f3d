"""Draft rule ``promises_results``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def promises_results(facts: Facts) -> Iterator[Spot]:
    """Results are promised to somebody whose situation you do not know.

    Why it matters:
        It is the most frequent mark of advertising among strangers.

    How to mend it:
        Leave the promise out; ask first whether there is anything to solve.

    Source:
        Own collection of advertising to strangers.
    """
    yield from facts.spots("promised_results")
