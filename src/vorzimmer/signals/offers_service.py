"""Signal ``offers_service``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=2.2,
    since="0.1",
    wakes="service_offer",
)
def offers_service(request: ContactRequest, context: Context) -> Hit | None:
    """The note offers a service or a product.

    Why it matters:
        A first contact that says what the sender does for companies is an offer, even
        when it calls itself an exchange.

    Known errors:
        Somebody who tells what their firm does, without wanting to sell, uses the same
        words; so does a supplier the member asked.

    Source:
        German articles on contact requests: offers with the ultimate solution.
        RFC 5039, section 2.3: bulk, unsolicited requests.
    """
    del request
    return context.note.find("service_offer")
