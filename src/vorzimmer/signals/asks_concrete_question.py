"""Signal ``asks_concrete_question``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.PERSONAL,
    group=Group.NOTE,
    weight=2.0,
    since="0.1",
    wakes="concrete_question",
)
def asks_concrete_question(request: ContactRequest, context: Context) -> Hit | None:
    """The note asks something that only you can answer.

    Why it matters:
        A question about a thing the member made or knows is interest in the person; it
        can be answered with or without a connection.

    Known errors:
        Sales training teaches questions too; "how do you solve lead generation today?"
        may read as one.

    Source:
        German articles on contact requests: customise yours; weight estimated.
    """
    del request
    return context.note.find("concrete_question")
