"""Signal ``other_job_elsewhere``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR,
    group=Group.SENDER,
    weight=1.6,
    since="0.1",
    of="has_other_job_elsewhere",
)
def other_job_elsewhere(request: ContactRequest, context: Context) -> Hit | None:
    """Outside the network the sender has another job than in the profile.

    Why it matters:
        A profile made up for asking differs from the life behind it.

    Known errors:
        Profiles grow old, and many people have two jobs.

    Source:
        German articles on contact requests: the second of five signs of a collector.
    """
    del context
    if not request.sender.has_other_job_elsewhere:
        return None
    return Hit(say("another job elsewhere than in the profile"))
