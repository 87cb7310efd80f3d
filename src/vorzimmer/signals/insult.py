"""Signal ``insult``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.ABUSE, group=Group.NOTE, weight=3.9, since="0.1", wakes="insult")
def insult(request: ContactRequest, context: Context) -> Hit | None:
    """The note insults you.

    Why it matters:
        Nobody has to read on.

    Known errors:
        It reads words, not minds: a quoted insult ("he said you idiot"), one about a
        third person and friends who tease each other hit as well. Negated ones ("I am
        no idiot") do not. Harder words than the listed ones are missed.

    Source:
        Mild words from any dictionary, none about origin, belief, sex or health.
    """
    del request
    return context.note.find("insult")
