"""Signal ``same_note_from_others``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal

# One other sender may be chance or a second profile of the same person.
_FEW = 2
_MANY = 6


@signal(
    kind=Kind.COLLECTOR,
    group=Group.BEHAVIOUR,
    weight=3.2,
    since="0.1",
    wakes="same_note",
)
def same_note_from_others(request: ContactRequest, context: Context) -> Hit | None:
    """The same note, or nearly so, has come from several other people.

    Why it matters:
        Campaigns reuse one text over many accounts, with names and a few words
        changed; people who want this one member rarely share their wording with two
        strangers. What counts as nearly the same: docs/howto/find-campaigns.md.

    Known errors:
        Course organisers and student clubs hand out sample notes. The networks' own
        default texts are the same by nature and do not count.

    Source:
        German articles on contact requests: those of collectors resemble each other.
        RFC 5039, section 2.3 (bulk unsolicited requests).
    """
    del request
    count = context.same_note_count
    if count is None or count < _FEW or not context.note.normal:
        return None
    if context.note.find("network_default_text") is not None:
        return None
    return Hit(
        say("{count} other people sent this note or one much like it", count=count),
        min(1.0, count / _MANY),
    )
