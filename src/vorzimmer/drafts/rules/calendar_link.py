"""Draft rule ``calendar_link``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def calendar_link(facts: Facts) -> Iterator[Spot]:
    """A link to a calendar stands in the first contact.

    Why it matters:
        It gives the reader work before there is a reason for it.

    How to mend it:
        Leave it out; when somebody wants to talk, a date is soon found.

    Source:
        The booking services listed in links.toml.
    """
    for link in facts.context.note.links:
        if link.is_booking:
            yield Spot(link.span, "")
