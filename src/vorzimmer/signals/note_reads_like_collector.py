"""Signal ``note_reads_like_collector``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.COLLECTOR,
    group=Group.NOTE,
    weight=5.8,
    since="0.1",
    takes=Kind.COLLECTOR,
)
def note_reads_like_collector(request: ContactRequest, context: Context) -> Hit | None:
    """How much the words of the note read like the note of a contact collector.

    Why it matters:
        Who collects contacts says so in ever new words: growth, reach, many of a
        trade, everybody welcome.

    Known errors:
        Organisers of a reunion or a real professional group round up people, too.
        Nothing is said of notes that are surely neither German nor English.

    Source:
        Our own text model, trained on our own notes; how good it is, says its card
        (docs/reference/model-card.md). Weight: 0.97 of what the calibrated
        model says, which explained unseen scenarios best beside the phrases. Speaks
        against the kind where the words do.
    """
    del request
    return context.note.reads_like(Kind.COLLECTOR)
