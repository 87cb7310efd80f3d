"""Signal ``shortened_link``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.DANGER, group=Group.LINKS, weight=1.5, since="0.1", wakes="link")
def shortened_link(request: ContactRequest, context: Context) -> Hit | None:
    """A shortened link hides where it leads.

    Why it matters:
        The member cannot judge a place that is not named.

    Known errors:
        Newsletters, print and the networks themselves (lnkd.in) shorten every link:
        it weighs little alone.

    Source:
        The shortening services' own pages, listed in ``links.toml``.
    """
    del request
    for link in context.note.links:
        if link.is_shortened:
            return context.note.quote_host(link)
    return None
