"""Draft rule ``visit_as_reason``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def visit_as_reason(facts: Facts) -> Iterator[Spot]:
    """A profile visit is no reason.

    Why it matters:
        People look at many profiles; being told so feels like being watched.

    How to mend it:
        Say what you want to talk about, or leave the request out.

    Source:
        German articles on contact requests: "you visited my profile" is no reason.
    """
    yield from facts.spots("visit_as_reason")
