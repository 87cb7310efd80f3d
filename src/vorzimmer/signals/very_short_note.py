"""Signal ``very_short_note``."""

from __future__ import annotations

from vorzimmer.model import Channel, ContactRequest, Hit, Kind
from vorzimmer.signal import SHORT_NOTE, Context, Group, signal
from vorzimmer.text import words

_FIRST_IDEOGRAPH = "\u2e7f"
# Words that greet, part and ask for contact, and say no more.
_EMPTY_WORDS = """
    hallo hi hey moin servus hello dear liebe lieber sehr geehrte geehrter guten tag
    morgen abend frau herr fr hr mr mrs ms dr prof good morning afternoon evening
    lg vg mfg bg gruss grüsse gruesse grusse viele liebe beste schöne schoene herzliche
    freundliche freundlichen mit thanks thank you thx danke vielen dank bitte please
    regards best kind cheers greetings ciao bonjour hola salut connect kontakt vernetzen
    let's lets us let s anfrage kontaktanfrage test ok yes ja aus von from der die das
    nice to zu
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


@signal(kind=Kind.STANDARD, group=Group.NOTE, weight=0.8, since="0.1", wakes="short")
def very_short_note(request: ContactRequest, context: Context) -> Hit | None:
    """The note is a greeting without a message.

    Why it matters:
        "Hello" leaves it to the member to find out what is wanted.

    Known errors:
        Old friends are short, too, and some phones send too early: the signal is weak.

    Source:
        German articles on contact requests: say why you ask. Weight estimated, a little
        above that of a blank note.
    """
    if request.channel not in (Channel.INVITATION_NOTE, None):
        return None
    normal = context.note.normal
    if not normal or len(normal) > SHORT_NOTE or context.note.links:
        return None
    member = context.member
    own = set(words(f"{member.first_name} {member.last_name}"))
    said = [word for word in words(normal) if word not in _EMPTY | own]
    # Scripts without blanks say a whole sentence in one "word".
    if sum(len(word) if word > _FIRST_IDEOGRAPH else 1 for word in said) > 1:
        return None
    return context.note.quote(0, len(normal))
