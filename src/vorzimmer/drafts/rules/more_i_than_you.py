"""Draft rule ``more_i_than_you``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_OWN = re.compile(
    r"\b(?:[iI]ch|[mM]ich|[mM]ir|[mM]ein(?:e[nmrs]?)?|[wW]ir|[uU]ns(?:er(?:e[nmrs]?)?)?"
    r"|I|[mM]e|[mM]y|[wW]e|[uU]s|[oO]ur)\b"
)
_OTHER = re.compile(
    r"\b(?:Sie|Ihnen|Ihr(?:e[nmrs]?)?|[dD]u|[dD]ich|[dD]ir|[dD]ein(?:e[nmrs]?)?"
    r"|[eE]uch|[eE]uer|[eE]ure[nmrs]?|[yY]ou|[yY]our|[yY]ours)\b"
)
_FEWEST = 5


@rule(severity=Severity.HINT, since="0.1")
def more_i_than_you(facts: Facts) -> Iterator[Spot]:
    """The text speaks of its writer {own} times, of the recipient {other} times.

    Why it matters:
        A first contact is read for what it has to do with the reader.

    How to mend it:
        Turn one sentence round: begin with what you read, heard or ask.

    Source:
        Lavender and others count the same; the limits are our own estimate.
    """
    own = len(_OWN.findall(facts.text))
    other = len(_OTHER.findall(facts.text))
    if own >= _FEWEST and own >= 2 * other + 2:
        yield Spot(None, slots={"own": own, "other": other})
