"""Signal ``asks_other_channel``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER,
    group=Group.NOTE,
    weight=2.6,
    since="0.1",
    wakes="other_channel link",
)
def asks_other_channel(request: ContactRequest, context: Context) -> Hit | None:
    """The note wants to go on outside the network.

    Why it matters:
        In a chat or by private mail nobody moderates and nothing can be reported; most
        fraud moves there with its first sentences.

    Known errors:
        Friends and colleagues prefer WhatsApp, too, and many people outside Europe do
        business there: it needs company by other signs.

    Source:
        FTC, What to know about romance scams.
    """
    del request
    hit = context.note.find("other_channel")
    if hit:
        return hit
    for link in context.note.links:
        if link.is_messenger:
            return context.note.quote_host(link)
    return None
