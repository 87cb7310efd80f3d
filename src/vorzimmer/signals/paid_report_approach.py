"""Signal ``paid_report_approach``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER, group=Group.NOTE, weight=0.6, since="0.1", wakes="paid_report"
)
def paid_report_approach(request: ContactRequest, context: Context) -> Hit | None:
    """The note pays for a report or for inside knowledge.

    Why it matters:
        Foreign services recruit this way: a flattering consultant, a paid trial report,
        a journey, then questions about internal matters.

    Known errors:
        Expert networks and market researchers pay for interviews lawfully; what their
        offers lack is the wish for discretion and inside knowledge.

    Source:
        BfV, warnings of 2017 and 2020; NPSA (United Kingdom), Think Before You Link,
        2022.
    """
    del request
    return context.note.find("paid_report")
