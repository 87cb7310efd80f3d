"""Signal ``wants_to_grow_network``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR, group=Group.NOTE, weight=2.8, since="0.1", wakes="grow_network"
)
def wants_to_grow_network(request: ContactRequest, context: Context) -> Hit | None:
    """The sender wants a larger network.

    Why it matters:
        Who asks in order to have more contacts will take anybody; the member is a
        number among them.

    Known errors:
        People new to a town or a job say the same and mean it kindly, mostly together
        with a reason.

    Source:
        German articles on contact requests: collectors collect; weight estimated.
    """
    del request
    return context.note.find("grow_network")
