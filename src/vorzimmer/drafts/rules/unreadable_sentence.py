"""Draft rule ``unreadable_sentence``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_MOST = 40


@rule(severity=Severity.HINT, since="0.1")
def unreadable_sentence(facts: Facts) -> Iterator[Spot]:
    """This sentence has {count} words.

    Why it matters:
        On a phone it fills the screen, and its beginning is forgotten by its end.

    How to mend it:
        Make two of it.

    Source:
        Guides to plain language: 15 to 20 words; the limit here is twice that.
    """
    for sentence in facts.sentences:
        count = len(sentence.text.split())
        if count > _MOST:
            yield Spot(sentence.span, slots={"count": count})
