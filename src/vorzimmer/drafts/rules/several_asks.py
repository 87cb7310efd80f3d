"""Draft rule ``several_asks``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_MOST = 3  # asks in one text, from which on it is too many


@rule(severity=Severity.MEND, since="0.1")
def several_asks(facts: Facts) -> Iterator[Spot]:
    """The text asks for {count} things at once.

    Why it matters:
        Whoever has to decide several things decides none.

    How to mend it:
        Keep the one question that is easiest to answer.

    Source:
        German articles on contact requests: to the point; the limit is our own
        estimate.
    """
    asked = {each.span for each in facts.sentences if each.text.endswith("?")}
    for spot in facts.spots("call_request", "other_channel"):
        around = facts.sentence_at(spot)
        asked |= {around.span} if around else set()
    if len(asked) >= _MOST:
        yield Spot(sorted(asked)[_MOST - 1], slots={"count": len(asked)})
