"""Draft rule ``superlative``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def superlative(facts: Facts) -> Iterator[Spot]:
    """Nobody can check this claim to be the best.

    Why it matters:
        Everybody claims it, so it is worth nothing to the reader.

    How to mend it:
        Say what you have done for whom, if the recipient asked.

    Source:
        Own collection; § 5 UWG on claims to stand alone.
    """
    yield from facts.spots("superlative")
