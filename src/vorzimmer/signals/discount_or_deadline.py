"""Signal ``discount_or_deadline``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=2.0,
    since="0.1",
    wakes="time_pressure",
)
def discount_or_deadline(request: ContactRequest, context: Context) -> Hit | None:
    """The note hurries you with a discount or a closing door.

    Why it matters:
        Scarcity is a technique of selling; a person who wants to know somebody has
        time.

    Known errors:
        Organisers of meetings have real deadlines and early prices; a date alone is not
        meant.

    Source:
        Scarcity as a principle of persuasion: Cialdini, Influence (1984).
    """
    del request
    return context.note.find("time_pressure")
