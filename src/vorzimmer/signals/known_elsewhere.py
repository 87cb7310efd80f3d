"""Signal ``known_elsewhere``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR,
    group=Group.SENDER,
    weight=-0.9,
    since="0.1",
    of="is_known_elsewhere",
)
def known_elsewhere(request: ContactRequest, context: Context) -> Hit | None:
    """The sender is known outside the network.

    Why it matters:
        Somebody with a place in the world has other reasons to ask than one more
        number.

    Known errors:
        Well-known people have staff who collect contacts for them.

    Source:
        The first sign of a collector (see ``not_known_elsewhere``), turned around.
    """
    del context
    if not request.sender.is_known_elsewhere:
        return None
    return Hit(say("known outside the network"))
