"""Draft rule ``other_language``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def other_language(facts: Facts) -> Iterator[Spot]:
    """The text is in a language that the recipient does not name.

    Why it matters:
        The recipient has to make an effort before knowing what for.

    How to mend it:
        Write in a language that the recipient reads, even if only a few words.

    Source:
        Language by its commonest words; the languages of profile and contact card.
    """
    recipient = facts.draft.recipient
    card = recipient.card.languages if recipient.card else ()
    languages = {each.casefold()[:2] for each in (*recipient.languages, *card)}
    if languages and facts.language and facts.language not in languages:
        yield Spot(None)
