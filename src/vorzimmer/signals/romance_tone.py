"""Signal ``romance_tone``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.DANGER, group=Group.NOTE, weight=2.2, since="0.1", wakes="romance")
def romance_tone(request: ContactRequest, context: Context) -> Hit | None:
    """The note speaks of love, loneliness or your looks.

    Why it matters:
        On a network for work, affection from a stranger is the opening of romance
        fraud.

    Known errors:
        Warm people exist, and customs of address differ by country: it weighs little
        alone.

    Source:
        FTC, What to know about romance scams.
    """
    del request
    return context.note.find("romance")
