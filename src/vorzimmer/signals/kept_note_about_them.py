"""Signal ``kept_note_about_them``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe


@signal(kind=Kind.KNOWN, group=Group.TIES, weight=3.6, since="0.1", wakes="tie:noted")
def kept_note_about_them(request: ContactRequest, context: Context) -> Hit | None:
    """You keep a note about this person.

    Why it matters:
        Nobody writes a note on somebody who does not matter.

    Known errors:
        The note may be a warning; Vorzimmer knows that there is one, not what it says.

    Source:
        Notes on contacts in the networks' exports.
    """
    del request
    tie = context.tie(TieKind.NOTED)
    return Hit(describe(tie)) if tie else None
