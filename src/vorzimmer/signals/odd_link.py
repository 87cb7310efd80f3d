"""Signal ``odd_link``."""

from __future__ import annotations

from vorzimmer.links import Link
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

_PUNYCODE = 0.4


@signal(kind=Kind.DANGER, group=Group.LINKS, weight=4.2, since="0.1", wakes="link")
def odd_link(request: ContactRequest, context: Context) -> Hit | None:
    """A link is written in a way that hides its place.

    Why it matters:
        A name before an @ is taken for the host, numbers say nothing about the owner,
        and punycode is a name in other signs.

    Known errors:
        Firms with an umlaut in their name have honest punycode addresses, so it counts
        less; technicians exchange addresses of numbers, mostly without a scheme, which
        are not looked at. Numbers that no browser takes for an address do not count.

    Source:
        RFC 3986, sections 3.2.1 (user information) and 7.6 (semantic attacks);
        RFC 3492 (punycode); WHATWG URL standard, 3.5 (host parsing).
    """
    del request
    odd = [(_oddity(link), link) for link in context.note.links]
    strength, link = max(odd, key=lambda each: each[0], default=(0.0, None))
    if link is None or not strength:
        return None
    return context.note.quote_host(link, strength)


def _oddity(link: Link) -> float:
    if link.has_credentials or link.is_address_number:
        return 1.0
    return _PUNYCODE if link.is_punycode else 0.0
