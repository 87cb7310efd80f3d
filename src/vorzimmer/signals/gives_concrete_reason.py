"""Signal ``gives_concrete_reason``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.PERSONAL,
    group=Group.NOTE,
    weight=2.2,
    since="0.1",
    wakes="concrete_reason",
)
def gives_concrete_reason(request: ContactRequest, context: Context) -> Hit | None:
    """The note gives a reason that concerns just the two of you.

    Why it matters:
        A meeting, a talk, an article or a matter both know of costs a minute to name
        and cannot be sent to a thousand people unchanged.

    Known errors:
        It is a claim: sellers write "after your talk" too, mostly without its subject.
        A concrete reason says that the note is personal, not that the sender is
        welcome.

    Source:
        German articles on contact requests: customise your request.
    """
    del request
    return context.note.find("concrete_reason")
