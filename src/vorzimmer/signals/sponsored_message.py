"""Signal ``sponsored_message``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.BEHAVIOUR,
    weight=4.0,
    since="0.1",
    of="is_sponsored",
)
def sponsored_message(request: ContactRequest, context: Context) -> Hit | None:
    """The network was paid to deliver this message.

    Why it matters:
        Sponsored messages are advertising by their nature, whoever signs them.

    Known errors:
        Universities and public bodies advertise, too, and a member may want it.

    Source:
        LinkedIn's archive marks them by the mark-up of their text
        (``spinmail-quill-editor``).
    """
    del context
    if not request.is_sponsored:
        return None
    return Hit(say("delivered as paid advertising"))
