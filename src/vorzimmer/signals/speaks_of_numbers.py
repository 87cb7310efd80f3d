"""Signal ``speaks_of_numbers``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR,
    group=Group.NOTE,
    weight=3.0,
    since="0.1",
    wakes="contact_numbers",
)
def speaks_of_numbers(request: ContactRequest, context: Context) -> Hit | None:
    """The sender puts forward how many contacts he or she has.

    Why it matters:
        A number of contacts is offered as a merit by those who collect them.

    Known errors:
        Reach is the trade of journalists and organisers; they may give a number for a
        reason.

    Source:
        German articles on contact requests: collectors count; weight estimated.
    """
    del request
    return context.note.find("contact_numbers")
