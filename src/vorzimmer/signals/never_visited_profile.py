"""Signal ``never_visited_profile``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR,
    group=Group.BEHAVIOUR,
    weight=1.1,
    since="0.1",
    of="visited_profile",
)
def never_visited_profile(request: ContactRequest, context: Context) -> Hit | None:
    """The sender never looked at your profile.

    Why it matters:
        Who wants this one person looks at the page first; who collects clicks through a
        list.

    Known errors:
        Private browsing hides visits, and networks show only some of them; former
        colleagues need not look.

    Source:
        German articles on contact requests: the third of five signs of a collector.
    """
    del context
    if request.sender.visited_profile is not False:
        return None
    return Hit(say("never looked at your profile"))
