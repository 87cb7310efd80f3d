"""Draft rule ``hype``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

# "Your innovative plant" praises somebody else; "our innovative box" oneself.
_OWN = re.compile(r"\b(?:we|our|ours|us|my|wir|uns\w*|mein\w*)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:your|yours|their|ihr\w*|dein\w*|euer|eure\w*|whose)\b|['’]s\b"
    r"|\b(?:companies|company|firms?|employers?|unternehmen|firmen?|arbeitgeber\w*)\b",
    re.IGNORECASE,
)


@rule(severity=Severity.MEND, since="0.1")
def hype(facts: Facts) -> Iterator[Spot]:
    """This word is advertising.

    Why it matters:
        It praises and cannot be checked; who reads it expects to be sold something.

    How to mend it:
        Say what it does, with a number or an example, or leave it out.

    Source:
        Own collection after German articles on contact requests and style guides.
    """
    found = list(facts.spots("hype"))
    for spot in facts.spots("praising_adjective"):
        around = facts.sentence_at(spot)
        words = around.text if around else facts.text
        if _OWN.search(words) or not _OTHERS.search(words):
            found.append(spot)
    yield from sorted(found, key=lambda each: each.span or (0, 0))
