"""Signal ``no_picture``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=1.4,
    since="0.1",
    of="has_picture",
)
def no_picture(request: ContactRequest, context: Context) -> Hit | None:
    """The profile shows no picture.

    Why it matters:
        "No face, no connection" is a rule many members keep: a face can be recognised,
        and searched for.

    Known errors:
        Careful people show their picture to contacts only, and some have reasons to
        hide it; a picture can be stolen or made up.

    Source:
        German articles on contact requests: "no face, no connection".
    """
    del context
    if request.sender.has_picture is not False:
        return None
    return Hit(say("no picture"))
