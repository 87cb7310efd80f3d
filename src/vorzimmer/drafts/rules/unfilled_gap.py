"""Draft rule ``unfilled_gap``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.gaps import gaps_in
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def unfilled_gap(facts: Facts) -> Iterator[Spot]:
    """A gap of a template was left unfilled.

    Why it matters:
        It shows that the text was written for a list, and that nobody read it again.

    How to mend it:
        Fill it in or leave the sentence out.

    Source:
        The gaps of usual mail-merge programs.
    """
    for span in gaps_in(facts):
        yield Spot(span)
