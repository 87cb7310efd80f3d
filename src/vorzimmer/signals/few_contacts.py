"""Signal ``few_contacts``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal

_FEW = 250
_VERY_FEW = 150
_HALF = 0.5


@signal(
    kind=Kind.COLLECTOR,
    group=Group.SENDER,
    weight=-1.0,
    since="0.1",
    of="contacts_count",
)
def few_contacts(request: ContactRequest, context: Context) -> Hit | None:
    """The sender has few contacts.

    Why it matters:
        Whoever collects contacts has them; a small circle was chosen one by one.

    Known errors:
        A collector's new account starts small too, and so do accounts made for fraud:
        it speaks against collecting only.

    Source:
        The first sign of a collector, turned around; the limits are estimates.
    """
    del context
    count = request.sender.contacts_count
    if count is None or count >= _FEW:
        return None
    strength = 1.0 if count < _VERY_FEW else _HALF
    return Hit(say("only {count} contacts", count=count), strength)
