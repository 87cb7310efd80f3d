"""Signal ``matched_seek_offer_word``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR, group=Group.NOTE, weight=3.2, since="0.1", wakes="seek_offer"
)
def matched_seek_offer_word(request: ContactRequest, context: Context) -> Hit | None:
    """The sender asks because a word under "I seek" or "I offer" matched.

    Why it matters:
        Search lists of matching words are the collectors' source of addresses: the word
        was found, the person was not looked at.

    Known errors:
        Those fields exist to be answered: a sender whose offer is what the member seeks
        may be just right.

    Source:
        German articles on contact requests: the fifth of five signs of a collector.
    """
    del request
    return context.note.find("seek_offer")
