"""Signal ``addresses_everybody``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.PERSONAL,
    group=Group.NOTE,
    weight=-1.5,
    since="0.1",
    wakes="crowd_address",
)
def addresses_everybody(request: ContactRequest, context: Context) -> Hit | None:
    """The salutation is for anybody, not for you.

    Why it matters:
        Who knows the recipient's name from the very page on which they click and still
        writes "Dear Sir or Madam" writes to many.

    Known errors:
        Some non-native and some older writers think it polite.

    Source:
        German articles on contact requests: address people by name.
    """
    del request
    return context.note.find("crowd_address")
