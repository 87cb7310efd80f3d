"""Signal ``met_at_appointment``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe, tie_strength


@signal(kind=Kind.KNOWN, group=Group.TIES, weight=5.0, since="0.1", wakes="tie:met")
def met_at_appointment(request: ContactRequest, context: Context) -> Hit | None:
    """You had an appointment with this person.

    Why it matters:
        An hour together, in a room or on a screen, is more than any line on a profile,
        and easily forgotten after two years.

    Known errors:
        A calendar knows who was asked, not who came; a seller's one appointment looks
        like a colleague's.

    Source:
        Calendars of the member. One appointment counts 0.7, three or more count 1,
        rounds of more than ten people 0.3.
    """
    del request
    tie = context.tie(TieKind.MET)
    return Hit(describe(tie), tie_strength(tie)) if tie else None
