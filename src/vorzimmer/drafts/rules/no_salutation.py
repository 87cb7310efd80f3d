"""Draft rule ``no_salutation``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

# Shorter texts are judged as a whole.
_FEWEST_WORDS = 6


@rule(severity=Severity.HINT, since="0.1")
def no_salutation(facts: Facts) -> Iterator[Spot]:
    """The text greets nobody.

    Why it matters:
        A greeting with the name shows that it is meant for this person, and is polite.

    How to mend it:
        Begin with a greeting and the last name, or the first name where that is usual
        between you.

    Source:
        German articles on contact requests: address people by name.
    """
    if facts.is_foreign or facts.salutation or facts.has("crowd_address"):
        return
    if len(facts.text.split()) >= _FEWEST_WORDS:
        yield Spot(None)
