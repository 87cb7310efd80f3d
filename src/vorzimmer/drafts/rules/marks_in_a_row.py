"""Draft rule ``marks_in_a_row``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_ROW = re.compile(r"[!?]{2,}")


@rule(severity=Severity.HINT, since="0.1")
def marks_in_a_row(facts: Facts) -> Iterator[Spot]:
    """Several exclamation or question marks stand in a row.

    Why it matters:
        One says the same, more quietly.

    How to mend it:
        Keep one.

    Source:
        German and English letter writing.
    """
    for found in _ROW.finditer(facts.text):
        yield Spot(found.span(), found.group()[0])
