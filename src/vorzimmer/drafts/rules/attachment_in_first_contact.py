"""Draft rule ``attachment_in_first_contact``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def attachment_in_first_contact(facts: Facts) -> Iterator[Spot]:
    """A file comes with the first contact.

    Why it matters:
        Strangers' files are not opened, for good reason.

    How to mend it:
        Offer to send it when asked for.

    Source:
        Advice of security offices: no attachments of strangers.
    """
    if not facts.draft.recipient.is_acquainted:
        yield from facts.spots("attachment")
