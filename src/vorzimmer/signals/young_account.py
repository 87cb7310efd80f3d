"""Signal ``young_account``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal

_YOUNG_DAYS = 90
_VERY_YOUNG_DAYS = 30
_YOUNG = 0.6


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=2.3,
    since="0.1",
    reads="created_on",
)
def young_account(request: ContactRequest, context: Context) -> Hit | None:
    """The account was made shortly before the request.

    Why it matters:
        Invented profiles are removed sooner or later and made anew, so they are young.

    Known errors:
        Everybody starts once: graduates, people back from a long break. Older accounts
        are bought and stolen.

    Source:
        LinkedIn shows the month of joining under "About this profile"; the limits (30
        and 90 days) are estimates.
    """
    del context
    created_on, sent_at = request.sender.created_on, request.sent_at
    if created_on is None or sent_at is None:
        return None
    days = (sent_at.date() - created_on).days
    # Made after the request was sent: one of the two dates is wrong.
    if not 0 <= days < _YOUNG_DAYS:
        return None
    strength = 1.0 if days < _VERY_YOUNG_DAYS else _YOUNG
    return Hit(say("account made on {date}", date=created_on), strength)
