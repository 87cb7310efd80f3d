"""Signal ``unfilled_placeholder``."""

from __future__ import annotations

import re

from vorzimmer.glances import GAP_SIGNS, MAY_HAVE_GAP, NOTHING_FOUND
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal, where_seen

_FIELD = (
    r"(?:first|last|full|given|family|sur|vor|nach|sender|contact|user)?[ _-]?name"
    r"|(?:your|his|her|contact|their|ihr|dein)[ _-]name|vor- und nachname|name hier"
    r"|insert[ _-]name(?: here)?|name einfügen|recipient|anrede|salutation|title"
    r"|(?:current[ _-]?)?company(?:[ _-]?name)?|firma|firmenname|unternehmen|position"
    r"|job[ _-]?title|branche|industry|city|stadt|ort|mutual[ _-]?connection"
)
_GAP = re.compile(
    r"\{\{? ?(?:" + _FIELD + r") ?(?:\| ?[^{}]{0,30})?\}\}?"
    r"|\[\[? ?(?:" + _FIELD + r") ?\]\]?"
    r"|<<? ?(?:" + _FIELD + r") ?>>?"
    r"|%%?(?:" + _FIELD + r")%%?"
    r"|\*\|(?:fname|lname|name)\|\*"
    r"|#name\?|#ref!|#n/a|#nv\b|#wert!"
)
# What a gap begins with; all of the signs but the stroke between two salutations.
_SIGN = re.compile(f"[{re.escape(GAP_SIGNS.replace('/', ''))}]")
# What a program writes where it found nothing.
_GREETINGS = ("hallo ", "hi ", "hey ", "dear ", "hello ", "liebe ", "lieber ")
_NOTHING = re.compile(rf"(?:{'|'.join(_GREETINGS)})(?:{'|'.join(NOTHING_FOUND)})\b")
_EITHER = re.compile(
    r"\bsehr geehrte[rs]?(?:/r|\(r\)|\*r|:r)? (?:frau ?/ ?herr|herr ?/ ?frau)n?\b"
    r"|\bliebe(?:/r|\(r\)|r/liebe|\*r|:r) (?:frau ?/ ?herr|herr ?/ ?frau|name)\b"
    r"|\bdear mr\.? ?/ ?m(?:r?s)\b|\bdear m(?:r?s)\.? ?/ ?mr\b"
)
_OFFICE_HABIT = 0.6


@signal(
    kind=Kind.STANDARD,
    group=Group.NOTE,
    weight=0.5,
    since="0.1",
    among=where_seen(MAY_HAVE_GAP),
)
def unfilled_placeholder(request: ContactRequest, context: Context) -> Hit | None:
    """A gap of the template was left unfilled.

    Why it matters:
        "Hello {first_name}" was written for a list of people by a program that had no
        name for this one.

    Known errors:
        Programmers quote such gaps when they write about templates. "Sehr geehrte/r
        Frau/Herr" is a careful habit of some offices and counts less.

    Source:
        The gaps of the usual mail-merge programs: braces, brackets, percent signs,
        asterisks; a spreadsheet's #NAME?.
    """
    del request
    normal = context.note.normal
    found = _NOTHING.match(normal) if normal.startswith(_GREETINGS) else None
    if not found:
        found = _gap_in(normal)
    if found:
        return context.note.quote(*found.span())
    found = _EITHER.search(normal) if _may_address_either(normal) else None
    return context.note.quote(*found.span(), _OFFICE_HABIT) if found else None


def _may_address_either(normal: str) -> bool:
    return "/" in normal and (
        "sehr geehrte" in normal or "liebe" in normal or "dear m" in normal
    )


def _gap_in(normal: str) -> re.Match[str] | None:
    """Return the first gap; to look only where a sign is takes a fifth of the time."""
    for sign in _SIGN.finditer(normal):
        if found := _GAP.match(normal, sign.start()):
            return found
    return None
