"""Draft rule ``asks_about_pain``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def asks_about_pain(facts: Facts) -> Iterator[Spot]:
    """This question looks for a problem to sell a cure for.

    Why it matters:
        Recipients know such questions from sales trainings.

    How to mend it:
        Ask only what you really want to know of this person.

    Source:
        Own collection: questions that sales trainings teach.
    """
    yield from facts.spots("pain_question")
