"""Draft rule ``call_at_once``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def call_at_once(facts: Facts) -> Iterator[Spot]:
    """A call or meeting is asked for at once.

    Why it matters:
        Time is the most that one can ask a stranger for; ask for little first.

    How to mend it:
        Ask one question that can be answered in writing.

    Source:
        Own collection: the digital coffee.
    """
    if facts.draft.recipient.is_acquainted:
        return
    told: set[tuple[int, int]] = set()
    for spot in facts.spots("call_request", "asks_for_minutes"):
        around = facts.sentence_at(spot)
        if around is None or around.span not in told:
            told |= {around.span} if around else set()
            yield spot
