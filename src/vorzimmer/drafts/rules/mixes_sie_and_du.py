"""Draft rule ``mixes_sie_and_du``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.reading import FAMILIAR, POLITE
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def mixes_sie_and_du(facts: Facts) -> Iterator[Spot]:
    """The text says both “Sie” and “du”.

    Why it matters:
        It looks put together out of two texts.

    How to mend it:
        Choose one; to strangers, “Sie” is never wrong.

    Source:
        German letter writing.
    """
    polite, familiar = POLITE.search(facts.text), FAMILIAR.search(facts.text)
    if facts.language == "de" and polite and familiar:
        yield Spot(familiar.span())
