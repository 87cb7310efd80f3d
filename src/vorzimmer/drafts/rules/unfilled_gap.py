"""Draft rule ``unfilled_gap``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.signals.unfilled_placeholder import unfilled_placeholder

# What writers put where they mean to write something later.
_NOTE_TO_ONESELF = re.compile(
    r"\b(?:[xX]{3,}|TODO|TBD|FIXME)\b|(?i:lorem ipsum)|\.{6,}|_{4,}"
    r"|[\[<{](?i:hier|here|bitte|please|insert|einfügen|ergänzen)\b[^\]>}\n]{0,40}[\]>}]"
)


@rule(severity=Severity.MEND, since="0.1")
def unfilled_gap(facts: Facts) -> Iterator[Spot]:
    """A gap of a template was left unfilled.

    Why it matters:
        It shows that the text was written for a list, and that nobody read it again.

    How to mend it:
        Fill it in or leave the sentence out.

    Source:
        The gaps of usual mail-merge programs.
    """
    hit = unfilled_placeholder.check(facts.request, facts.context)
    if hit is not None and hit.span:
        yield Spot(hit.span)
        return
    found = _NOTE_TO_ONESELF.search(facts.text)
    if found:
        yield Spot(found.span())
