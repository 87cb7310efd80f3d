"""Signal ``claims_past_together``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.PERSONAL, group=Group.NOTE, weight=2.0, since="0.1", wakes="past_together"
)
def claims_past_together(request: ContactRequest, context: Context) -> Hit | None:
    """The note speaks of a time when you worked or studied together.

    Why it matters:
        Former colleagues who changed name or address are the people whom nobody wants
        to miss, and the member's own data may not know them.

    Known errors:
        Words prove nothing: doubles claim a shared past as well. The claim counts for a
        personal note only, never for a known sender.

    Source:
        German articles on contact requests: "if I never worked with you, don't ask".
    """
    del request
    return context.note.find("past_together")
