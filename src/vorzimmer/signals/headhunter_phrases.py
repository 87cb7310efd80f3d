"""Signal ``headhunter_phrases``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.RECRUITING, group=Group.NOTE, weight=2.8, since="0.1", wakes="headhunting"
)
def headhunter_phrases(request: ContactRequest, context: Context) -> Hit | None:
    """The note speaks the language of people who fill jobs.

    Why it matters:
        Mandates, candidates and clients without a name are the trade's own words.

    Known errors:
        Lawyers have clients with mandates as well; only wordings that look for people
        are listed.

    Source:
        Own collection of the trade's wording.
    """
    del request
    return context.note.find("headhunting")
