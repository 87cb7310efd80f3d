"""Draft rule ``other_name``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.naming import greets_another
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
    greeting = facts.salutation
    if greeting and greets_another(facts):
        start, end = greeting.names[0].span[0], greeting.names[-1].span[1]
        written, right = facts.text[start:end], facts.draft.recipient.name
        yield Spot((start, end), slots={"written": written, "right": right})
