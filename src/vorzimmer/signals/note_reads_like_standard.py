"""Signal ``note_reads_like_standard``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.STANDARD, group=Group.NOTE, weight=5.8, since="0.1", takes=Kind.STANDARD
)
def note_reads_like_standard(request: ContactRequest, context: Context) -> Hit | None:
    """How much the words of the note read like a default text.

    Why it matters:
        Default texts and their many reworded cousins say nothing about why somebody
        asks; no list of wordings holds them all.

    Known errors:
        Somebody with a good reason may have pressed the button that writes for him.
        Nothing is said of notes that are surely neither German nor English.

    Source:
        Our own text model, trained on our own notes; how good it is, says its card
        (docs/reference/model-card.md). Weight: 0.97 of what the calibrated
        model says, which explained unseen scenarios best beside the phrases. Speaks
        against the kind where the words do.
    """
    del request
    return context.note.reads_like(Kind.STANDARD)
