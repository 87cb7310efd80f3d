"""Signal ``possible_double``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.UNVERIFIABLE, group=Group.TIES, weight=4.2, since="0.1", wakes="double"
)
def possible_double(request: ContactRequest, context: Context) -> Hit | None:
    """Somebody you know has this name, but another profile.

    Why it matters:
        Copies of a contact's profile are made to be trusted at once; ask the person
        you know by another way.

    Known errors:
        People share names, lose the key to their old account or change its address.

    Source:
        German articles on contact requests: profiles copied from people one knows.
    """
    del request
    if not context.doubles:
        return None
    return Hit(say("same name as somebody you know, but another profile"))
