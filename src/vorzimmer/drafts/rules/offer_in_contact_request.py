"""Draft rule ``offer_in_contact_request``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.model import Channel


@rule(severity=Severity.MEND, since="0.1")
def offer_in_contact_request(facts: Facts) -> Iterator[Spot]:
    """Something is offered in the contact request itself.

    Why it matters:
        Asking for contact and selling in one breath makes the contact a means to an
        end.

    How to mend it:
        Ask for contact only with a reason that has nothing to do with the offer, or
        write to a company's official address.

    Source:
        German articles on contact requests: offers with the ultimate solution.
    """
    if facts.draft.channel is Channel.INVITATION_NOTE:
        yield from facts.spots("service_offer", "paid_report")
