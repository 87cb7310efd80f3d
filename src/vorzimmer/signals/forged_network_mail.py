"""Signal ``forged_network_mail``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal

# Alone, a missing proof says little: many mailbox providers write none.
_UNPROVEN = 0.2


@signal(
    kind=Kind.DANGER,
    group=Group.LINKS,
    weight=6.4,
    since="0.1",
    of="is_origin_proven leads_to",
)
def forged_network_mail(request: ContactRequest, context: Context) -> Hit | None:
    """A mail says that it is the network's, and nobody vouches for that.

    Why it matters:
        A copied invitation whose button leads elsewhere is a common way to get a
        password. The network signs its mails, and mailbox providers check it; with the
        origin proven, this signal is silent.

    Known errors:
        Some mailbox providers write no result of their check, and forwarding breaks the
        signature. So a missing proof alone counts little; together with a link away
        from the network it counts in full, which may be wrong where a message with
        an honest link was forwarded.

    Source:
        RFC 8601 (Authentication-Results); RFC 7489 (DMARC); APWG, phishing trends
        reports.
    """
    del context
    if request.is_origin_proven is not False:
        return None
    if request.leads_to:
        quote = say(
            "nobody vouches that the network sent this mail, and it leads to {host}",
            host=request.leads_to,
        )
        return Hit(quote)
    return Hit(say("nobody vouches that the network sent this mail"), _UNPROVEN)
