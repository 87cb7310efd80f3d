"""Draft rule ``blank``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def blank(facts: Facts) -> Iterator[Spot]:
    """There is not a word yet.

    Why it matters:
        Without a word the recipient does not know why you ask.

    How to mend it:
        Write one sentence: who you are to this person, and why you ask.

    Source:
        German articles on contact requests: give a plausible reason.
    """
    if not facts.text.strip():
        yield Spot(None)
