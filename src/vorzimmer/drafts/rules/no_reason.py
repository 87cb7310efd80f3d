"""Draft rule ``no_reason``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.about_reader import speaks_of_reader
from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.naming import names_profile
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def no_reason(facts: Facts) -> Iterator[Spot]:
    """Nothing says why it is this person whom you write to.

    Why it matters:
        Without a reason the recipient has to guess what you want, and most do not.

    How to mend it:
        Name what ties you to this person: a meeting, a text of theirs, a question that
        only they can answer. If there is nothing, it is better not to write yet.

    Source:
        German articles on contact requests: give a plausible reason.
    """
    vague = facts.has("vague_reason", "visit_as_reason", "grow_network", "boilerplate")
    if facts.is_foreign or vague or facts.has_reason:
        return
    if facts.draft.recipient.is_acquainted:  # who knows you needs none to read on
        return
    if facts.has("network_default_text"):
        return
    if facts.applies_for_job:  # the work that is looked for is the reason
        return
    if facts.text.strip() and not (names_profile(facts) or speaks_of_reader(facts)):
        yield Spot(None)
