"""Signal ``very_many_contacts``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal

# Strength from so many contacts on.
_STEPS = ((10_000, 1.0), (5_000, 0.85), (2_000, 0.6), (999, 0.45), (500, 0.2))
# Where networks stop to count.
_SHOWN_AT_MOST = (500, 999)


@signal(
    kind=Kind.COLLECTOR,
    group=Group.SENDER,
    weight=2.4,
    since="0.1",
    of="contacts_count",
)
def very_many_contacts(request: ContactRequest, context: Context) -> Hit | None:
    """The sender has very many contacts.

    Why it matters:
        Nobody knows ten thousand people. Numbers like that come from asking everybody
        and accepting everybody.

    Known errors:
        People who recruit, teach or report meet thousands; long careers add up. "500+"
        is reached by every second busy member and weighs little.

    Source:
        German articles on contact requests (999+, 500+). LinkedIn shows no more than
        500+; a member may have 30,000 at most. The steps are estimates.
    """
    del context
    count = request.sender.contacts_count
    if count is None:
        return None
    strength = next((each for least, each in _STEPS if count >= least), None)
    if strength is None:
        return None
    if count in _SHOWN_AT_MOST:
        return Hit(say("{count} contacts or more", count=count), strength)
    return Hit(say("{count} contacts", count=count), strength)
