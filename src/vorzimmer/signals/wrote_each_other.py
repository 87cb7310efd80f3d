"""Signal ``wrote_each_other``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe, tie_strength


@signal(kind=Kind.KNOWN, group=Group.TIES, weight=5.0, since="0.1", wakes="tie:wrote")
def wrote_each_other(request: ContactRequest, context: Context) -> Hit | None:
    """You have written to this person.

    Why it matters:
        Anybody can write to the member; only a message that the member wrote shows that
        the interest is shared. Five are a conversation.

    Known errors:
        Some people answer every stranger, if only to decline: one message weighs
        little.

    Source:
        messages.csv of the LinkedIn archive; one message counts 0.3, five or more count
        1.
    """
    del request
    tie = context.tie(TieKind.WROTE)
    return Hit(describe(tie), tie_strength(tie)) if tie else None
