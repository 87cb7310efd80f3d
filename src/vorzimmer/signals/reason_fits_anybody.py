"""Signal ``reason_fits_anybody``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.STANDARD, group=Group.NOTE, weight=1.9, since="0.1", wakes="vague_reason"
)
def reason_fits_anybody(request: ContactRequest, context: Context) -> Hit | None:
    """The reason given would fit anybody.

    Why it matters:
        "Your profile is interesting" can be sent to every profile; a reason names what
        is interesting.

    Known errors:
        Shy people begin like this and come to the point later; a concrete reason in the
        same note speaks for itself.

    Source:
        German articles on contact requests: such a reason is none.
    """
    del request
    return context.note.find("vague_reason")
