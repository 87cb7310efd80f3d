"""Signal ``threat``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.ABUSE, group=Group.NOTE, weight=7.8, since="0.1", wakes="threat")
def threat(request: ContactRequest, context: Context) -> Hit | None:
    """The note threatens you.

    Why it matters:
        A threat is for the police, not for the inbox; it must not get lost among
        requests.

    Known errors:
        Jokes among friends and lines from films hit; veiled threats are missed.

    Source:
        Sections 240 and 241 of the German criminal code (coercion, threat).
    """
    del request
    return context.note.find("threat")
