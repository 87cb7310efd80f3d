"""Signal ``visited_your_profile``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR,
    group=Group.BEHAVIOUR,
    weight=-0.8,
    since="0.1",
    of="visited_profile",
)
def visited_your_profile(request: ContactRequest, context: Context) -> Hit | None:
    """The sender looked at your profile before asking.

    Why it matters:
        A look at the page is the least that interest in a person leaves behind.

    Known errors:
        Programs visit profiles by the hundred in order to be seen.

    Source:
        The third sign of a collector (see ``never_visited_profile``), turned around.
    """
    del context
    if not request.sender.visited_profile:
        return None
    return Hit(say("looked at your profile"))
