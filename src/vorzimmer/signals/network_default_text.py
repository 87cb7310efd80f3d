"""Signal ``network_default_text``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

# Around the text, a greeting and a signature of so many characters add nothing.
_GREETING = 50
# With words of the sender's own, the default text is but a part of the note.
_MORE = 0.4


@signal(
    kind=Kind.STANDARD,
    group=Group.NOTE,
    weight=3.5,
    since="0.1",
    wakes="network_default_text",
)
def network_default_text(request: ContactRequest, context: Context) -> Hit | None:
    """The note is the network's own default text.

    Why it matters:
        The sender left in place what the network filled in: no word of it was written
        for the member.

    Known errors:
        On small screens LinkedIn has sent the text without showing it. Languages other
        than English and German are known from few sources and count less. When more
        follows, the note counts for what it adds.

    Source:
        The collection of default texts in phrasebook/network_default_text.toml, each
        with where it was seen.
    """
    del request
    hit = context.note.find("network_default_text")
    if hit is None:
        return None
    rest = len(context.note.normal) - len(str(hit.quote))
    return hit if rest <= _GREETING else hit.weaker(_MORE)
