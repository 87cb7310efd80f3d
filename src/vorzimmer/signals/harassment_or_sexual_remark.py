"""Signal ``harassment_or_sexual_remark``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.ABUSE, group=Group.NOTE, weight=2.7, since="0.1", wakes="harassment")
def harassment_or_sexual_remark(
    request: ContactRequest, context: Context
) -> Hit | None:
    """The note makes sexual remarks or unwanted advances.

    Why it matters:
        Remarks on the body have no place in a request for contact.

    Known errors:
        A quoted remark, for example by somebody who reports harassment, hits; veiled
        advances are missed.

    Source:
        The general act on equal treatment (Germany, AGG), section 3(4).
    """
    del request
    return context.note.find("harassment")
