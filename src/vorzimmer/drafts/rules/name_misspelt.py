"""Draft rule ``name_misspelt``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.naming import (
    ALIKE,
    is_call_name,
    names_of,
    nearest_name,
    words_of,
)
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.names import fold


@rule(severity=Severity.MEND, since="0.1")
def name_misspelt(facts: Facts) -> Iterator[Spot]:
    """The profile spells “{written}” as “{right}”.

    Why it matters:
        A wrong name is the surest sign that nobody looked.

    How to mend it:
        Copy the name from the profile.

    Source:
        German articles on contact requests: spell the name rightly. Likeness:
        rapidfuzz.
    """
    greeting, own = facts.salutation, names_of(facts.draft.recipient.name)
    # Particles of the name, too, which are no names of their own.
    known = {fold(each) for each in words_of(facts.draft.recipient.name)}
    for word in greeting.names if greeting and own else ():
        if fold(word.text) in known:
            continue
        if is_call_name(word.text, facts.draft.recipient.name):
            continue
        right, alike = nearest_name(word.text, own)
        if alike >= ALIKE:
            yield Spot(word.span, right, {"written": word.text, "right": right})
