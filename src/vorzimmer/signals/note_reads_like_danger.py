"""Signal ``note_reads_like_danger``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.DANGER, group=Group.NOTE, weight=5.8, since="0.1", takes=Kind.DANGER)
def note_reads_like_danger(request: ContactRequest, context: Context) -> Hit | None:
    """How much the words of the note read like an attempt at fraud.

    Why it matters:
        Fraud changes its story faster than any list of wordings; pressure, secrecy,
        money and accounts keep their tone.

    Known errors:
        An honest security notice, a real invoice and a friend in real need read the
        same: words cannot tell them apart, so look for other signs.
        Nothing is said of notes that are surely neither German nor English.

    Source:
        Our own text model, trained on our own notes; how good it is, says its card
        (docs/reference/model-card.md). Weight: 0.97 of what the calibrated
        model says, which explained unseen scenarios best beside the phrases. Speaks
        against the kind where the words do.
    """
    del request
    return context.note.reads_like(Kind.DANGER)
