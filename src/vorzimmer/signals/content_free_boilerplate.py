"""Signal ``content_free_boilerplate``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.STANDARD, group=Group.NOTE, weight=1.9, since="0.1", wakes="boilerplate"
)
def content_free_boilerplate(request: ContactRequest, context: Context) -> Hit | None:
    """The note holds sentences that say nothing.

    Why it matters:
        "Contacts only hurt those who have none" says nothing about the sender and
        nothing about the member; it is there to fill the field.

    Known errors:
        Nervous or non-native writers reach for set phrases in front of a good reason.

    Source:
        German articles on contact requests, which quote such sentences.
    """
    del request
    return context.note.find("boilerplate")
