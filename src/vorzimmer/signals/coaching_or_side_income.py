"""Signal ``coaching_or_side_income``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=1.7,
    since="0.1",
    wakes="side_income",
)
def coaching_or_side_income(request: ContactRequest, context: Context) -> Hit | None:
    """The note offers coaching, side income or the way to riches.

    Why it matters:
        These offers live on strangers, and the networks are full of them.

    Known errors:
        A coach the member looks for, or an old trainer who writes, uses other words,
        but may call the trade by its name.

    Source:
        The German consumer associations warn of coaching
        contracts made this way.
    """
    del request
    return context.note.find("side_income")
