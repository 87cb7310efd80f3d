"""Signal ``worked_at_same_place``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe


@signal(
    kind=Kind.KNOWN,
    group=Group.TIES,
    weight=1.2,
    since="0.1",
    wakes="tie:shared_employer",
)
def worked_at_same_place(request: ContactRequest, context: Context) -> Hit | None:
    """You both have worked at the same place.

    Why it matters:
        Colleagues from the same house are the commonest answer to "from where do I know
        you?".

    Known errors:
        Large employers have more people than one can know, and the sender's years there
        are not known: it may have been another decade.

    Source:
        Positions.csv of the LinkedIn archive against the sender's company and headline.
    """
    del request
    tie = context.tie(TieKind.SHARED_EMPLOYER)
    return Hit(describe(tie)) if tie else None
