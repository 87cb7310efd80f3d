"""Signal ``many_shared_contacts``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal

_FEW = 3
_MANY = 15


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=-1.5,
    since="0.1",
    of="mutual_contacts_count",
)
def many_shared_contacts(request: ContactRequest, context: Context) -> Hit | None:
    """You have several contacts in common.

    Why it matters:
        Each of them can be asked, and each has let the sender in before.

    Known errors:
        A collector or an invented profile that some contacts accepted unseen comes
        with shared contacts, too; that is how it spreads.

    Source:
        German articles on contact requests: nobody in common is a reason to doubt;
        turned around. The limits (3 and 15) are estimates.
    """
    del context
    count = request.sender.mutual_contacts_count
    if count is None or count < _FEW:
        return None
    return Hit(say("{count} contacts in common", count=count), min(count / _MANY, 1.0))
