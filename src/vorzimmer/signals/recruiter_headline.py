"""Signal ``recruiter_headline``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, headline_facts, signal


@signal(
    kind=Kind.RECRUITING,
    group=Group.SENDER,
    weight=4.6,
    since="0.1",
    reads="headline",
    wakes="headline:recruiter_headline",
)
def recruiter_headline(request: ContactRequest, context: Context) -> Hit | None:
    """The line under the sender's name says that they fill jobs.

    Why it matters:
        A recruiter's request is about a job, with or without words; who looks for one
        welcomes it, others do not.

    Known errors:
        "Recruitment" is a word of clinical trials, too; people in charge of staff who
        do not recruit are missed. A recruiter is no danger.

    Source:
        The trade's own job titles.
    """
    facts = headline_facts(request, context)
    hit = facts.find("recruiter_headline") if facts else None
    # Where it stands in the headline says nothing about the note.
    return Hit.later(lambda: (hit.quote, None), hit.strength) if hit else None
