"""Draft rule ``empty_phrase``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def empty_phrase(facts: Facts) -> Iterator[Spot]:
    """This phrase says nothing.

    Why it matters:
        It takes the room of a reason, and is read as a sign of mass mail.

    How to mend it:
        Leave it out, or say which thing you could do together.

    Source:
        Phrases quoted in German articles on contact requests.
    """
    yield from facts.spots("boilerplate")
