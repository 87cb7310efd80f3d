"""Signal ``not_known_elsewhere``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR,
    group=Group.SENDER,
    weight=1.2,
    since="0.1",
    of="is_known_elsewhere",
)
def not_known_elsewhere(request: ContactRequest, context: Context) -> Hit | None:
    """No trace of the sender was found outside the network.

    Why it matters:
        With a thousand contacts one leaves traces: a company's page, a club, a talk.
        Without any, the contacts are the whole of it.

    Known errors:
        Many people rightly keep their names off the web; craftsmen, nurses and teachers
        leave few traces.

    Source:
        German articles on contact requests: the first of five signs of a collector,
        many contacts without being known elsewhere.
    """
    del context
    if request.sender.is_known_elsewhere is not False:
        return None
    return Hit(say("no trace outside the network"))
