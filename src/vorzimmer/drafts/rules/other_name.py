"""Draft rule ``other_name``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.naming import (
    ALIKE,
    greets_firm,
    is_call_name,
    names_of,
    nearest_name,
)
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.STOP, since="0.1")
def other_name(facts: Facts) -> Iterator[Spot]:
    """The greeting names “{written}”, but the recipient is {right}.

    Why it matters:
        This text was meant for somebody else, or still names the last recipient.

    How to mend it:
        Check to whom you are writing, then write this text for this person.

    Source:
        What recipients of copied letters quote most.
    """
    greeting, own = facts.salutation, names_of(facts.draft.recipient.name)
    if greeting is None or not own or not greeting.names or greets_firm(facts):
        return
    if any(
        is_call_name(each.text, facts.draft.recipient.name) for each in greeting.names
    ):
        return
    if all(nearest_name(word.text, own)[1] < ALIKE for word in greeting.names):
        first, last = greeting.names[0].span, greeting.names[-1].span
        written = facts.text[first[0] : last[1]]
        right = facts.draft.recipient.name
        yield Spot((first[0], last[1]), slots={"written": written, "right": right})
