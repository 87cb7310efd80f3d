"""Signal ``lures_to_click``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.DANGER, group=Group.NOTE, weight=5.4, since="0.1", wakes="link")
def lures_to_click(request: ContactRequest, context: Context) -> Hit | None:
    """The note makes you curious or afraid so that you open a link.

    Why it matters:
        "Is that you in this video?" is how stolen accounts spread from contact to
        contact.

    Known errors:
        Friends do ask whether the member is in a picture, so it counts only together
        with a link.

    Source:
        BSI and FTC, advice against phishing and on hacked accounts.
    """
    del request
    return context.note.find("click_bait") if context.note.links else None
