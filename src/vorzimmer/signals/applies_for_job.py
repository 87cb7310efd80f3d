"""Signal ``applies_for_job``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=-2.0,
    since="0.1",
    wakes="applies_for_job",
)
def applies_for_job(request: ContactRequest, context: Context) -> Hit | None:
    """The writer looks for work, with an application, a CV or an open post in view.

    Why it matters:
        Applicants praise themselves, count what they achieved and ask for a call, as
        sellers do; but they want a post, and sell nothing to a firm.

    Known errors:
        Agencies and freelancers at times word an offer as an application. Where results
        are promised as well, it says nothing.

    Source:
        Of our own notes with such words, 306 were of people who look for work and 8
        sold something; counted with ``tools/signal_figures.py``. Weight: the logarithm
        of how much rarer the words are in advertising, a little less.
    """
    del request
    if context.note.find("promised_results"):
        return None
    return context.note.find("applies_for_job")
