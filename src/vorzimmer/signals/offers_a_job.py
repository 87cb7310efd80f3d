"""Signal ``offers_a_job``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.RECRUITING, group=Group.NOTE, weight=3.2, since="0.1", wakes="job_offer"
)
def offers_a_job(request: ContactRequest, context: Context) -> Hit | None:
    """The note offers a job.

    Why it matters:
        Whoever fills jobs writes to many; for some members it is the very message they
        wait for, so it is a kind of its own.

    Known errors:
        A job seeker who says what they look for is not meant. Bait for job fraud reads
        the same and is told apart by its other signs.

    Source:
        German articles on contact requests: irrelevant job offers.
    """
    del request
    return context.note.find("job_offer")
