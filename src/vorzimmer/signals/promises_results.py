"""Signal ``promises_results``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=3.8,
    since="0.1",
    wakes="promised_results",
)
def promises_results(request: ContactRequest, context: Context) -> Hit | None:
    """The note promises large results for your business.

    Why it matters:
        Nobody can know a stranger's turnover well enough to double it; the promise is
        part of a text for many.

    Known errors:
        A colleague who reports his own figures rarely puts them as a promise, but may;
        articles about sales quote such lines.

    Source:
        Germany's law against unfair competition, section 7, treats such first letters
        as advertising.
    """
    del request
    return context.note.find("promised_results")
