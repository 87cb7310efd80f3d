"""Signal ``headline_sells``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, headline_facts, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.SENDER,
    weight=1.9,
    since="0.1",
    reads="headline",
    wakes="headline:selling_headline",
)
def headline_sells(request: ContactRequest, context: Context) -> Hit | None:
    """The line under the sender's name sells something.

    Why it matters:
        "I help X get Y" is how sellers are taught to write their profile.

    Known errors:
        Honest advisers and agencies write like this as well; it says what the sender
        lives on, not what this request is for.

    Source:
        German articles on contact requests: coaching, lead generation.
    """
    facts = headline_facts(request, context)
    hit = facts.find("selling_headline") if facts else None
    # Where it stands in the headline says nothing about the note.
    return Hit.later(lambda: (hit.quote, None), hit.strength) if hit else None
