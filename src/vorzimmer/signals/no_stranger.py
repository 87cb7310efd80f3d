"""Signal ``no_stranger``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe, tie_strength

_REALLY_KNOWN = 0.6


@signal(kind=Kind.DANGER, group=Group.TIES, weight=-3.5, since="0.1", wakes="tie")
def no_stranger(request: ContactRequest, context: Context) -> Hit | None:
    """You know this person.

    Why it matters:
        Friends write about money, send links and are in a hurry, too. Words that would
        be a warning from a stranger are mostly harmless from them.

    Known errors:
        Accounts of friends are taken over. So this outweighs words, but not words and a
        dangerous link together.

    Source:
        The same ties as for *known*, from 0.6 on (``ties.tie_strength``). The weight is
        set so that the note alone cannot make a known person look dangerous.
    """
    del request
    if not context.ties:
        return None
    tie = context.ties[0]
    return Hit(describe(tie)) if tie_strength(tie) >= _REALLY_KNOWN else None
