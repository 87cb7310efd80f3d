"""Signal ``mailed_before``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe, tie_strength


@signal(kind=Kind.KNOWN, group=Group.TIES, weight=5.0, since="0.1", wakes="tie:mailed")
def mailed_before(request: ContactRequest, context: Context) -> Hit | None:
    """You have written mails to this person.

    Why it matters:
        What the member wrote, unlike what came in, shows an interest of the member's.
        Mail is where people know each other who never met on a network.

    Known errors:
        One mail may be a complaint or an order; so one weighs little.

    Source:
        The heads of the member's own sent mails; one counts 0.3, five or more count 1,
        those to more than ten people nothing.
    """
    del request
    tie = context.tie(TieKind.MAILED)
    return Hit(describe(tie), tie_strength(tie)) if tie else None
