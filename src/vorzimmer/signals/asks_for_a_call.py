"""Signal ``asks_for_a_call``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=1.2,
    since="0.1",
    wakes="call_request",
)
def asks_for_a_call(request: ContactRequest, context: Context) -> Hit | None:
    """The note asks for minutes in your calendar.

    Why it matters:
        The call is what a sales campaign is paid by; the request for it often follows
        the first sentence.

    Known errors:
        Colleagues, students and journalists ask for a call as well: it weighs little
        alone. A friend who proposes a real coffee is not meant.

    Source:
        German articles on contact requests, which call it the "digital coffee tour".
    """
    del request
    return context.note.find("call_request")
