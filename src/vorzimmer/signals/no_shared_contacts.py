"""Signal ``no_shared_contacts``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=0.6,
    since="0.1",
    of="mutual_contacts_count",
)
def no_shared_contacts(request: ContactRequest, context: Context) -> Hit | None:
    """You have no contact in common.

    Why it matters:
        Nobody the member trusts can be asked about the sender.

    Known errors:
        Most honest strangers, newcomers and people from other fields share no contact
        either: it weighs little.

    Source:
        German articles on contact requests: nobody in common, not even the same
        industry.
    """
    del context
    if request.sender.mutual_contacts_count != 0:
        return None
    return Hit(say("no contacts in common"))
