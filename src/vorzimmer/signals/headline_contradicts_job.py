"""Signal ``headline_contradicts_job``."""

from __future__ import annotations

import re

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.names import company_key
from vorzimmer.signal import Context, Group, signal

_FIRM = re.compile(r"(?:(?<!\w)(?:bei|at|chez|bij)\s+|@\s?)([^|,;·•()/–—@]{2,80})")

_BEFORE_A_FIRM = re.compile("bei |at |chez |bij |@")


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=0.7,
    since="0.1",
    reads="headline company",
)
def headline_contradicts_job(request: ContactRequest, context: Context) -> Hit | None:
    """The line under the name and the job beside it name different employers.

    Why it matters:
        A profile put together from others' parts contradicts itself, and neither
        employer can be asked with confidence.

    Known errors:
        People with two jobs, or between two, and firms with several names: it weighs
        little.

    Source:
        German articles on contact requests: profiles that contradict themselves.
    """
    del context
    headline, company = request.sender.headline, request.sender.company
    # Looked at for every request, so what is usual is told apart first.
    if not headline or not company or company in headline:
        return None
    if not _BEFORE_A_FIRM.search(headline):
        return None
    key = company_key(company)
    named = [found for each in _FIRM.findall(headline) if (found := company_key(each))]
    if not key or not named or any(_is_same(key, each) for each in named):
        return None
    return Hit(say("two employers: “{company}” and another one", company=company))


def _is_same(one: str, other: str) -> bool:
    """Return whether names have a word in common, or one holds the other."""
    if not set(one.split()).isdisjoint(other.split()):
        return True
    shorter, longer = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    initials = "".join(word[0] for word in (one + " " + other).split())
    return shorter in longer or shorter in initials
