"""Signal ``blank_note``."""

from __future__ import annotations

from vorzimmer.model import Channel, ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.STANDARD, group=Group.NOTE, weight=0.6, since="0.1", wakes="blank")
def blank_note(request: ContactRequest, context: Context) -> Hit | None:
    """The request came without a word.

    Why it matters:
        A sender who says nothing leaves all the work to the member.

    Known errors:
        LinkedIn gives free accounts a handful of notes a month, XING gives them
        none: a blank request is not the same as a default text, and weighs little.

    Source:
        LinkedIn help a550555 (five notes a month); XING since spring 2016.
    """
    del context
    is_blank = request.note is not None and not request.note.strip()
    if not is_blank or request.channel is not Channel.INVITATION_NOTE:
        return None
    if request.network == "xing":
        return None
    return Hit(say("no note"))
