"""Signal ``profile_visit_as_reason``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.STANDARD,
    group=Group.NOTE,
    weight=2.2,
    since="0.1",
    wakes="visit_as_reason",
)
def profile_visit_as_reason(request: ContactRequest, context: Context) -> Hit | None:
    """The reason given is that you visited the profile.

    Why it matters:
        Looking at a page is no wish to talk; notes like this are sent by programs to
        every visitor.

    Known errors:
        Recruiters and applicants who do know each other thank for a visit too.

    Source:
        German articles on contact requests ("you visited my profile" is no plausible
        reason); schlosser.info on canned XING notes.
    """
    del request
    return context.note.find("visit_as_reason")
