"""Signal ``asks_about_pain``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=1.9,
    since="0.1",
    wakes="pain_question",
)
def asks_about_pain(request: ContactRequest, context: Context) -> Hit | None:
    """The note asks for a problem that could be sold a cure.

    Why it matters:
        Asking how the company does something today, or who decides it, is how sales
        calls are taught to begin.

    Known errors:
        Applicants look for the person in charge as well, researchers ask how companies
        work: it weighs little alone.

    Source:
        Rackham, SPIN Selling (1988): problem questions.
    """
    del request
    return context.note.find("pain_question")
