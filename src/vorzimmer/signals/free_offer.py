"""Signal ``free_offer``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=3.1,
    since="0.1",
    wakes="free_offer",
)
def free_offer(request: ContactRequest, context: Context) -> Hit | None:
    """The note gives something away to get into talk.

    Why it matters:
        A webinar, an e-book, an audit for nothing collect addresses of people to sell
        to.

    Known errors:
        Universities, associations and public bodies invite to free courses too. A
        thank-you for the member's own webinar is not meant.

    Source:
        German articles on contact requests: webinars, coaching, lead generation.
    """
    del request
    return context.note.find("free_offer")
