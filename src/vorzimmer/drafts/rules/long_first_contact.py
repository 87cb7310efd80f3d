"""Draft rule ``long_first_contact``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_MOST = 120


@rule(severity=Severity.HINT, since="0.1")
def long_first_contact(facts: Facts) -> Iterator[Spot]:
    """The text has {count} words; for a first contact that is much.

    Why it matters:
        Who does not know you decides in the first lines whether to read on.

    How to mend it:
        Say in two or three sentences who you are to this person and what you ask; the
        rest can wait for the answer.

    Source:
        German articles on contact requests: short; the limit is our own estimate.
    """
    count = len(facts.text.split())
    if count > _MOST and not facts.draft.recipient.is_acquainted:
        yield Spot(None, slots={"count": count})
