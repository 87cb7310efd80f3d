"""Signal ``thin_profile``."""

from __future__ import annotations

from collections.abc import Sequence

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


def _among(requests: Sequence[ContactRequest], _: Sequence[Context]) -> list[int]:
    headlines = [each.sender.headline for each in requests]
    return [
        row
        for row, line in enumerate(headlines)
        if line is not None and not line[:1].isalnum()
    ]


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=1.3,
    since="0.1",
    reads="headline",
    among=_among,
)
def thin_profile(request: ContactRequest, context: Context) -> Hit | None:
    """The line under the sender's name is empty.

    Why it matters:
        Who says nothing about their work gives nothing to check.

    Known errors:
        People between two jobs and people who rarely visit the network leave it empty;
        LinkedIn fills in dashes ("--") for them.

    Source:
        German articles on contact requests: profiles that say next to nothing.
    """
    del context
    headline = request.sender.headline
    # Most headlines begin with a word, and nothing else has to be looked at.
    if headline is None or headline[:1].isalnum():
        return None
    if any(sign.isalnum() for sign in headline):
        return None
    return Hit(say("nothing under the name"))
