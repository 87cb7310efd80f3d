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
        Who has to decide several things decides none.

    How to mend it:
        Keep the one question that is easiest to answer.

    Source:
        German articles on contact requests: to the point; the limit is our own
        estimate.
    """
    asks = [each for each in facts.sentences if each.text.endswith("?")]
    asked = {each.span for each in asks}
    for spot in facts.spots("call_request", "other_channel"):
        around = (each.span for each in facts.sentences if _holds(each.span, spot.span))
        asked |= set(around)
    if len(asked) >= _MOST:
        yield Spot(sorted(asked)[_MOST - 1], slots={"count": len(asked)})


def _holds(sentence: tuple[int, int], span: tuple[int, int] | None) -> bool:
    return span is not None and sentence[0] <= span[0] < sentence[1]
