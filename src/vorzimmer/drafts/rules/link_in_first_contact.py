"""Draft rule ``link_in_first_contact``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def link_in_first_contact(facts: Facts) -> Iterator[Spot]:
    """A link stands in the first contact.

    Why it matters:
        Strangers' links are not opened, and screening counts them.

    How to mend it:
        Leave it out and offer to send it when asked for.

    Source:
        Advice of networks and security offices: no links of strangers.
    """
    if facts.draft.recipient.is_acquainted:
        return
    for link in facts.context.note.links:
        if not (link.is_mailto or link.is_booking):
            yield Spot(link.span, "")
