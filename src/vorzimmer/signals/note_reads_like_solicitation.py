"""Signal ``note_reads_like_solicitation``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.SOLICITATION,
    group=Group.NOTE,
    weight=5.8,
    since="0.1",
    takes=Kind.SOLICITATION,
)
def note_reads_like_solicitation(
    request: ContactRequest, context: Context
) -> Hit | None:
    """How much the words of the note read like advertising.

    Why it matters:
        Offers are reworded for each campaign and each trade; what they have in common
        is spread over many small words.

    Known errors:
        An enthusiastic friend, a supplier in a running project and an answer to the
        member's own enquiry may read alike.
        Nothing is said of notes that are surely neither German nor English.

    Source:
        Our own text model, trained on our own notes; how good it is, says its card
        (docs/reference/model-card.md). Weight: 0.97 of what the calibrated
        model says, which explained unseen scenarios best beside the phrases. Speaks
        against the kind where the words do.
    """
    del request
    return context.note.reads_like(Kind.SOLICITATION)
