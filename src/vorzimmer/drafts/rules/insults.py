"""Draft rule ``insults``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.STOP, since="0.1")
def insults(facts: Facts) -> Iterator[Spot]:
    """This insults, threatens or embarrasses the reader.

    Why it matters:
        It harms people, and may have consequences for you.

    How to mend it:
        Sleep on it, and do not send it.

    Source:
        The same wordings by which screening protects recipients.
    """
    yield from facts.spots("insult", "threat", "harassment")
