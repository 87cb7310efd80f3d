"""Draft rule ``sent_before``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.earlier import is_like, sketch_of
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def sent_before(facts: Facts) -> Iterator[Spot]:
    """You have sent this text, or one much like it, before.

    Why it matters:
        What is sent to many is a campaign, and recipients compare.

    How to mend it:
        Write this one anew, from what ties you to this person.

    Source:
        Near-duplicates by sketches, as campaigns are found among requests.
    """
    if not facts.draft.earlier:
        return
    own = sketch_of(facts.text)
    if any(is_like(own, each) for each in facts.draft.earlier):
        yield Spot(None)
