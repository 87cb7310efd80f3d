"""Signal ``advance_fee``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER, group=Group.NOTE, weight=3.6, since="0.1", wakes="advance_fee"
)
def advance_fee(request: ContactRequest, context: Context) -> Hit | None:
    """The note speaks of a large sum, or of a fee to be paid first.

    Why it matters:
        An inheritance, a transfer or a prize for a stranger is the oldest fraud by
        letter; the fee is its aim.

    Known errors:
        Lawyers for estates and people in payments use single words of it; wordings with
        a sum or a fee for the reader are listed.

    Source:
        Europol and police advice on advance-fee fraud.
    """
    del request
    return context.note.find("advance_fee")
