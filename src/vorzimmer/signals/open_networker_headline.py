"""Signal ``open_networker_headline``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vorzimmer.lines import rows_with
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

_LONGEST = 1_000
_OPEN = re.compile(
    r"(?:^|[|,;/•·★☆►(\[] ?|[-~] )(?P<lion>L\.I\.O\.N\.?|LION)"
    r"(?= ?(?:[|,;/•·★☆►)\]]| [-~]|$))"
    # No search where none of these letters begins a word.
    r"|(?i:\b(?=[oltian])(?:open networker\b|offener? netzwerker(?:in)?\b|top ?linked\b"
    r"|linkedin lion\b|(?:i )?accept all (?:invit\w{1,9}|requests|connections)"
    r"|never idk\b|no idks?\b|all (?:invites|invitations|requests) accepted"
    r"|nehme alle (?:kontakt)?anfragen an\b|open to connect with everyone\b))"
)

# Each of them has one of these; most headlines have none.
_WORDS = "lion l.i.o nked rker ccept idk nfragen open"
_SIGNS = tuple(_WORDS.split())


def _among(requests: Sequence[ContactRequest], _: Sequence[Context]) -> list[int]:
    return rows_with([each.sender.headline or "" for each in requests], _SIGNS)


@signal(
    kind=Kind.COLLECTOR,
    group=Group.SENDER,
    weight=2.4,
    since="0.1",
    reads="headline",
    among=_among,
)
def open_networker_headline(request: ContactRequest, context: Context) -> Hit | None:
    """The headline tells that the sender connects with anybody.

    Why it matters:
        "LION" (LinkedIn open networker) and its like are an offer to collectors by
        collectors.

    Known errors:
        LION is a company and a brand as well; it counts only where it stands alone
        between separators.

    Source:
        The usual words of open-networker groups.
    """
    del context
    headline = request.sender.headline
    if not headline:
        return None
    headline = headline[:_LONGEST]
    found = _OPEN.search(headline) if _has_sign(headline.casefold()) else None
    return Hit(found["lion"] or found.group()) if found else None


def _has_sign(folded: str) -> bool:
    for sign in _SIGNS:  # noqa: SIM110 - any() takes three times as long
        if sign in folded:
            return True
    return False
