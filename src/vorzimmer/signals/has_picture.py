"""Signal ``has_picture``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=-0.6,
    since="0.1",
    of="has_picture",
)
def has_picture(request: ContactRequest, context: Context) -> Hit | None:
    """The profile shows a picture.

    Why it matters:
        A face can be recognised, and searched for.

    Known errors:
        Pictures are stolen or made by machines; it speaks only weakly against doubt.

    Source:
        "No face, no connection" (see ``no_picture``), turned around.
    """
    del context
    if not request.sender.has_picture:
        return None
    return Hit(say("the profile shows a picture"))
