"""Draft rule ``all_caps``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.gaps import gaps_in
from vorzimmer.drafts.rule import Facts, Spot, rule

# Two words, or one long one; "GMBH", "USA" and "LINKEDIN" alone shout at nobody.
_WORD = r"(?!(?:AG|SE|KG|EV|UG|OHG|EN|ISO|LLC|LTD|INC|PLC|NV|BV|SA)\b)[A-ZÄÖÜẞ'’]{2,}"
_CAPS = re.compile(
    rf"\b(?=[A-ZÄÖÜẞ'’]{{4}}){_WORD}(?:[ !,-]+{_WORD})+\b"
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
    begins = {each.span[0] for each in facts.sentences}
    gaps = gaps_in(facts)
    for found in _CAPS.finditer(facts.text):
        if any(start <= found.start() < end for start, end in gaps):
            continue
        quiet = found.group().lower()
        if found.start() in begins:
            quiet = quiet.capitalize()
        # Which of several German words keep a capital, only the writer can know.
        is_sure = " " not in quiet or facts.language == "en"
        yield Spot(found.span(), quiet if is_sure else None)
