"""Signal ``asks_for_cv``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.RECRUITING, group=Group.NOTE, weight=3.0, since="0.1", wakes="cv_request"
)
def asks_for_cv(request: ContactRequest, context: Context) -> Hit | None:
    """The note asks for your CV.

    Why it matters:
        Nobody but a recruiter needs it, and it holds enough to steal a name.

    Known errors:
        Organisers of talks ask for a short CV, too. Applicants who send their own are
        not meant.

    Source:
        The BfV's warnings of 2017 and 2020: a CV is the first
        thing that scouts of foreign services ask for.
    """
    del request
    return context.note.find("cv_request")
