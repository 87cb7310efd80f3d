"""Signal ``booking_link``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION, group=Group.LINKS, weight=1.7, since="0.1", wakes="link"
)
def booking_link(request: ContactRequest, context: Context) -> Hit | None:
    """The note links to a calendar where you may book time.

    Why it matters:
        A stranger who hands out a booking page with the first words hands it to many.

    Known errors:
        Busy friends, doctors and universities use booking pages as well; pages on a
        firm's own domain are missed.

    Source:
        The booking services' own pages, listed in ``links.toml``.
    """
    del request
    for link in context.note.links:
        if link.is_booking:
            return context.note.quote_host(link)
    return None
