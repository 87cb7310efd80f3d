"""Signal ``note_reads_like_personal``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.PERSONAL, group=Group.NOTE, weight=5.8, since="0.1", takes=Kind.PERSONAL
)
def note_reads_like_personal(request: ContactRequest, context: Context) -> Hit | None:
    """How much the words of the note read like a personal message.

    Why it matters:
        A stranger who writes as people write to somebody they mean, with an occasion, a
        name, a question, mostly has a reason to write.

    Known errors:
        Good sellers write so, too, and are meant to be taken for it; a short note of a
        real friend may have too few words to show it.
        Nothing is said of notes that are surely neither German nor English.

    Source:
        Our own text model, trained on our own notes; how good it is, says its card
        (docs/reference/model-card.md). Weight: 0.97 of what the calibrated
        model says, which explained unseen scenarios best beside the phrases. Speaks
        against the kind where the words do.
    """
    del request
    return context.note.reads_like(Kind.PERSONAL)
