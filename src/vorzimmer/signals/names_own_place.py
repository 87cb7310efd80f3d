"""Signal ``names_own_place``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.PERSONAL, group=Group.NOTE, weight=0.8, since="0.1", wakes="mention")
def names_own_place(request: ContactRequest, context: Context) -> Hit | None:
    """The note names a place where you worked or learned.

    Why it matters:
        A company or school of the member's own life shows that the profile was read,
        and often what the request is about.

    Known errors:
        Programs that write in bulk fill in the company just as they fill in the name.

    Source:
        German articles on contact requests: name what you share.
    """
    del request
    for mention in context.mentions:
        if not mention.is_person:
            return context.note.quote(*mention.span)
    return None
