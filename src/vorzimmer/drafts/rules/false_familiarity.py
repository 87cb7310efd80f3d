"""Draft rule ``false_familiarity``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

# Where or when it was: what a false thread cannot say.
_SAYS_WHERE_DE = re.compile(
    r"\b(?:am|vom) (?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|\d)"
    r"|\b(?:auf|bei|nach) (?:der|dem|einer|einem|Ihrer|Ihrem|unserer|unserem) [A-ZÄÖÜ]"
    r"|\b(?:im|beim|in) (?!Bezug|Sachen|Hinblick|Rahmen|Anhang|Zusammenhang)[A-ZÄÖÜ]"
)
_SAYS_WHERE_EN = re.compile(
    r"\bat (?:the|your|our) \w"
    r"|\b(?:at|in|on|during) (?:the |your |our )?(?!LinkedIn|XING|Xing|Zoom)[A-Z]\w"
)
_REPLY = re.compile(r"\s*(?:re|aw|wg|fwd?)\s*:", re.IGNORECASE)


@rule(severity=Severity.MEND, since="0.1")
def false_familiarity(facts: Facts) -> Iterator[Spot]:
    """This sounds as if you had spoken before.

    Why it matters:
        If you have not, it is a false thread, and the recipient will not trust the
        rest.

    How to mend it:
        If you have, say where and when; if not, leave it out.

    Source:
        Own collection: false threads of cold letters.
    """
    if facts.draft.recipient.is_acquainted:
        return
    if not facts.has("concrete_reason"):
        says_where = _SAYS_WHERE_EN if facts.language == "en" else _SAYS_WHERE_DE
        for spot in facts.spots("as_discussed"):
            around = facts.sentence_at(spot)
            if around is None or not says_where.search(around.text):
                yield spot
    # A reason of one's own makes the subject no answer to anything.
    if _REPLY.match(facts.draft.subject):
        yield Spot(None)
