"""Signal ``look_alike_link``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(kind=Kind.DANGER, group=Group.LINKS, weight=6.4, since="0.1", wakes="link")
def look_alike_link(request: ContactRequest, context: Context) -> Hit | None:
    """A link imitates the address of a well-known firm.

    Why it matters:
        Nobody registers "linkedin-security" or "paypaI" with a capital i by chance;
        the page behind it asks for the password.

    Known errors:
        Trainers and fans use a brand in their own address; only together with a word
        that lures ("login", "security") does it count. Brands that are not listed in
        ``links.toml`` are missed.

    Source:
        Unicode Technical Standard 39, section 4 (confusable detection); APWG, phishing
        trends reports.
    """
    del request
    for link in context.note.links:
        if link.is_look_alike_of:
            return context.note.quote_host(link)
    return None
