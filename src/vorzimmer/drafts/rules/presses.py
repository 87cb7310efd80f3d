"""Draft rule ``presses``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.prices import names_discount
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def presses(facts: Facts) -> Iterator[Spot]:
    """This presses the reader.

    Why it matters:
        Nobody owes a stranger an answer; haste makes people suspicious.

    How to mend it:
        Leave it out, and say that no answer is an answer, too.

    Source:
        Own collection of advertising to strangers.
    """
    for spot in facts.spots("pressing", "time_pressure"):
        if not names_discount(facts, spot):
            yield spot
