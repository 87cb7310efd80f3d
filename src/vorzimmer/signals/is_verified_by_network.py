"""Signal ``is_verified_by_network``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=-2.5,
    since="0.1",
    of="is_verified",
)
def is_verified_by_network(request: ContactRequest, context: Context) -> Hit | None:
    """The network vouches for who the sender is.

    Why it matters:
        A checked identity or workplace is the best answer to the question who that is.

    Known errors:
        It says who somebody is, not what they want; accounts get stolen, too.

    Source:
        LinkedIn help, Verifications on your profile.
    """
    del context
    if not request.sender.is_verified:
        return None
    return Hit(say("checked by the network"))
