"""Draft rule ``false_familiarity``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_REPLY = re.compile(r"\s*(?:re|aw|wg|fwd?)\s*:", re.IGNORECASE)


@rule(severity=Severity.MEND, since="0.1")
def false_familiarity(facts: Facts) -> Iterator[Spot]:
    """This sounds as if you had spoken before.

    Why it matters:
        If you have not, it is a false thread, and the recipient will not trust the
        rest.

    How to mend it:
        If you have, say where and when; if not, leave it out.

    Source:
        Own collection: false threads of cold letters.
    """
    if facts.draft.recipient.is_acquainted:
        return
    if not facts.has("concrete_reason"):
        yield from facts.spots("as_discussed")
    # A reason of one's own makes the subject no answer to anything.
    if _REPLY.match(facts.draft.subject):
        yield Spot(None)
