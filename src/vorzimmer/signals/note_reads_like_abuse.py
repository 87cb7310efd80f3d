"""Signal ``note_reads_like_abuse``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.ABUSE, group=Group.NOTE, weight=5.8, since="0.1", takes=Kind.ABUSE)
def note_reads_like_abuse(request: ContactRequest, context: Context) -> Hit | None:
    """How much the words of the note read like an insult or a threat.

    Why it matters:
        Contempt has more words than any list; the model also hears those that are
        harmless alone.

    Known errors:
        Banter between friends, a sharp complaint about a thing, and a report of abuse
        that somebody suffered may be taken for it.
        Nothing is said of notes that are surely neither German nor English.

    Source:
        Our own text model, trained on our own notes; how good it is, says its card
        (docs/reference/model-card.md). Weight: 0.97 of what the calibrated
        model says, which explained unseen scenarios best beside the phrases. Speaks
        against the kind where the words do.
    """
    del request
    return context.note.reads_like(Kind.ABUSE)
