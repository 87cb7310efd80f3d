"""Signal ``same_school``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe


@signal(
    kind=Kind.KNOWN,
    group=Group.TIES,
    weight=0.9,
    since="0.1",
    wakes="tie:shared_school",
)
def same_school(request: ContactRequest, context: Context) -> Hit | None:
    """You both went to the same school.

    Why it matters:
        A school in common explains a request and helps the memory.

    Known errors:
        Universities have tens of thousands of students; the years and subjects are not
        known.

    Source:
        Education.csv of the LinkedIn archive against the sender's headline.
    """
    del request
    tie = context.tie(TieKind.SHARED_SCHOOL)
    return Hit(describe(tie)) if tie else None
