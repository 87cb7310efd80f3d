"""Signal ``shown_link_differs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vorzimmer.links import Link, find_links
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

# How a page, a mail in plain text and Markdown put the place beside what they show.
_PLACE_FIRST = re.compile(r"[\"']?[^<>]{0,100}>\s*")
_HREF = re.compile(r"href\s?=\s?[\"']?$", re.IGNORECASE)
_SHOWN_FIRST = re.compile(r"\]\(|\s<")
_LONGEST_HREF = 8
_MARKDOWN = "]("
# Mail programs and networks lead every link over a place of theirs.
_REWRITES = frozenset({"lnkd.in", "linkedin.com", "xing.com", "urldefense.com"})
_REWRITES_BY_HOST = "safelinks.protection.outlook.com"


@signal(kind=Kind.DANGER, group=Group.LINKS, weight=4.8, since="0.1", wakes="link")
def shown_link_differs(request: ContactRequest, context: Context) -> Hit | None:
    """A link shows one address and leads to another.

    Why it matters:
        Who reads the one trusts it, and lands on the other.

    Known errors:
        Newsletters count clicks over a place of their own; the best known rewriting
        services and the networks' own are left out.

    Source:
        Consumer advice of BSI and FTC on phishing: compare what is shown with where it
        leads.
    """
    del request
    note = context.note
    for shown, place, start in _pairs(note.text, note.links):
        if shown.domain == place.domain or not (shown.domain and place.domain):
            continue
        if place.domain in _REWRITES or place.host.endswith(_REWRITES_BY_HOST):
            continue
        begin, end = (start + at for at in place.authority_span)
        return Hit(note.text[begin:end], 1.0, (begin, end))
    return None


def _pairs(text: str, links: tuple[Link, ...]) -> Iterator[tuple[Link, Link, int]]:
    """Yield what is shown, where it leads, and where the span of that begins."""
    for link in links:
        # An address with a scheme reaches to the next blank, so it may hold both.
        first, sign, second = link.text.partition(_MARKDOWN)
        if sign:
            offset = link.span[0] + len(first) + len(sign)
            for shown in find_links(first)[:1]:
                for place in find_links(second)[:1]:
                    yield shown, place, offset
    for one, other in pairwise(links):
        between = text[one.span[1] : other.span[0]]
        before = text[max(0, one.span[0] - _LONGEST_HREF) : one.span[0]]
        if _HREF.search(before) and _PLACE_FIRST.fullmatch(between):
            yield other, one, 0
        elif _SHOWN_FIRST.fullmatch(between):
            yield one, other, 0
