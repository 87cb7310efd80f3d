"""Signal ``link_with_token``."""

from __future__ import annotations

import re

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

_WHO = re.compile(r"[?&#/][\w.+-]{0,60}=?[\w.+-]{1,80}(?:@|%40)[\w-]+\.", re.IGNORECASE)
_KEY = re.compile(
    r"[?&#](?:\w{0,20}token|auth\w{0,10}|session\w{0,10}|sid|sig|otp|login|key)"
    r"=[\w.~%+/=-]{16}",
    re.IGNORECASE,
)


@signal(kind=Kind.DANGER, group=Group.LINKS, weight=0.7, since="0.1", wakes="link")
def link_with_token(request: ContactRequest, context: Context) -> Hit | None:
    """A link carries a key, or an e-mail address.

    Why it matters:
        It tells who opened it, and may log somebody in: a page with your address filled
        in looks like yours.

    Known errors:
        Newsletters, invitations to a meeting and shared documents have such links, too:
        it weighs little alone.

    Source:
        RFC 9700, section 4.3 (tokens in addresses); BSI on phishing pages that know the
        reader's address.
    """
    del request
    for link in context.note.links:
        if not link.is_mailto and (_WHO.search(link.text) or _KEY.search(link.text)):
            return context.note.quote_host(link)
    return None
