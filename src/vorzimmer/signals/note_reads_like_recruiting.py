"""Signal ``note_reads_like_recruiting``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.RECRUITING,
    group=Group.NOTE,
    weight=5.8,
    since="0.1",
    takes=Kind.RECRUITING,
)
def note_reads_like_recruiting(request: ContactRequest, context: Context) -> Hit | None:
    """How much the words of the note read like recruiting.

    Why it matters:
        Job offers name trades, hours, places and pay in endless combinations that no
        list of wordings holds.

    Known errors:
        People who look for work themselves, and colleagues who talk about a new job,
        use the same words.
        Nothing is said of notes that are surely neither German nor English.

    Source:
        Our own text model, trained on our own notes; how good it is, says its card
        (docs/reference/model-card.md). Weight: 0.97 of what the calibrated
        model says, which explained unseen scenarios best beside the phrases. Speaks
        against the kind where the words do.
    """
    del request
    return context.note.reads_like(Kind.RECRUITING)
