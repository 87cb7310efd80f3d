"""Signal ``digits_in_address``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

# LinkedIn itself ends an address with a hyphen and a number in hexadecimal signs
# (name-0a1b2c3d): that is normal. Digits that hang on letters are not.
_NORMAL = re.compile(r".*-[0-9a-f]{6,10}")
_SLUG = re.compile(r"(?:[a-z]{2,60}[-_.])*[a-z]{2,60}_?\d{5,20}")
_LOCAL_PART = re.compile(r"[a-z][a-z._+-]{0,60}\d{5,20}[a-z]{0,3}")


def _among(requests: Sequence[ContactRequest], _: Sequence[Context]) -> list[int]:
    return [
        row
        for row, each in enumerate(requests)
        if (each.sender.profile_url or "").rstrip("/")[-5:].isdigit()
        or each.sender.email
    ]


@signal(
    kind=Kind.UNVERIFIABLE, group=Group.SENDER, weight=1.0, since="0.1", among=_among
)
def digits_in_address(request: ContactRequest, context: Context) -> Hit | None:
    """The sender's address ends in a long number.

    Why it matters:
        Accounts made in bulk get a name and a running number.

    Known errors:
        Frequent names are taken, so honest people add a number as well, mostly a year;
        five digits and more count. Addresses of digits alone are customary in China
        and do not count.

    Source:
        LinkedIn's own form of profile addresses, as seen in exports.
    """
    del context
    address = (request.sender.profile_url or "").rstrip("/")
    # Most addresses end otherwise, and nothing else has to be looked at.
    if address[-5:].isdigit():
        slug = address.rpartition("/")[2][:200]
        if _is_numbered(slug.casefold()):
            return Hit(slug)
    email = request.sender.email
    local_part = email.partition("@")[0] if email else ""
    if local_part and _LOCAL_PART.fullmatch(local_part[:200].casefold()):
        return Hit(local_part)
    return None


def _is_numbered(slug: str) -> bool:
    return bool(_SLUG.fullmatch(slug)) and not _NORMAL.fullmatch(slug)
