"""Draft rule ``other_language``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def other_language(facts: Facts) -> Iterator[Spot]:
    """The text is in a language that the profile does not name.

    Why it matters:
        The recipient has to make an effort before knowing what for.

    How to mend it:
        Write in a language that the recipient reads, even if only a few words.

    Source:
        Language by its commonest words; the profile's languages.
    """
    languages = {each.casefold()[:2] for each in facts.draft.recipient.languages}
    if languages and facts.language and facts.language not in languages:
        yield Spot(None)
