"""Signal ``names_common_contact``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.text import normalise

_INTRODUCED = 1.0
_ONLY_NAMED = 0.6


@signal(kind=Kind.PERSONAL, group=Group.NOTE, weight=3.0, since="0.1", wakes="mention")
def names_common_contact(request: ContactRequest, context: Context) -> Hit | None:
    """The note names somebody whom you know.

    Why it matters:
        An introduction by a common contact is the oldest way to meet, and the sender
        can be asked about it: one question to that contact settles the matter.

    Known errors:
        Names of contacts can be read on the network; a seller may drop one. Without
        words of introduction the name weighs less.

    Source:
        German articles on contact requests: ask for an introduction.
    """
    own = normalise(request.sender.name or "")
    for mention in context.mentions:
        # Who signs the note is no common contact.
        if mention.is_person and normalise(mention.name) != own:
            is_introduced = context.note.find("introduction") is not None
            return context.note.quote(
                *mention.span, _INTRODUCED if is_introduced else _ONLY_NAMED
            )
    return None
