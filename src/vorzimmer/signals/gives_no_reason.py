"""Signal ``gives_no_reason``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.text import words

# Around the wish, a greeting and a signature of so many characters hold no reason.
_GREETING = 60
_REASON_WORDS = """
    weil da denn wegen zwecks damit um für bezüglich betreffs thema themen seit ab nach
    because since as after before about regarding for re topic when from so
"""
_REASONS = frozenset(_REASON_WORDS.split())


@signal(
    kind=Kind.STANDARD,
    group=Group.NOTE,
    weight=1.9,
    since="0.1",
    wakes="wish_to_connect",
)
def gives_no_reason(request: ContactRequest, context: Context) -> Hit | None:
    """The note asks for contact and says no word about why.

    Why it matters:
        A wish to be connected is what the request says already; the member still has to
        find out what for.

    Known errors:
        Friends and colleagues need no reason, and some reasons are given without the
        words by which they are told here.

    Source:
        German articles on contact requests: give a plausible reason; lengths
        estimated.
    """
    del request
    note = context.note
    if context.mentions or note.links:
        return None
    hit = note.find("wish_to_connect")
    if hit is None or note.find("network_default_text") is not None:
        return None
    # Most notes have such a word, most of these between blanks; to look up the quote
    # takes longer.
    if not _REASONS.isdisjoint(note.normal.split()):
        return None
    if not _REASONS.isdisjoint(words(note.normal)):
        return None
    return hit if len(note.normal) - len(str(hit.quote)) <= _GREETING else None
