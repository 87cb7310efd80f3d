"""Draft rule ``all_caps``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

# Two words, or one long one; "GMBH", "USA" and "LINKEDIN" alone shout at nobody.
_CAPS = re.compile(
    r"\b[A-ZÄÖÜẞ]{4,}(?:[ !,-]+[A-ZÄÖÜẞ]{2,})+\b"
    r"|\b(?:FREE|GRATIS|KOSTENLOS|URGENT|DRINGEND|WICHTIG|IMPORTANT|EXKLUSIV|EXCLUSIVE"
    r"|JETZT|NOW|SOFORT|LIMITED|GARANTIERT|GUARANTEED)\b"
)


@rule(severity=Severity.MEND, since="0.1")
def all_caps(facts: Facts) -> Iterator[Spot]:
    """Whole words in capitals are read as shouting.

    Why it matters:
        They are a mark of advertising, and hard to read.

    How to mend it:
        Write them as other words.

    Source:
        Netiquette (RFC 1855).
    """
    for found in _CAPS.finditer(facts.text):
        yield Spot(found.span(), found.group().capitalize())
