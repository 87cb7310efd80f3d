"""Draft rule ``emoji_row``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_EMOJI = "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]\ufe0f?"
_ROW = re.compile(f"{_EMOJI}(?:[ ]?{_EMOJI})+")
_AT_LINE = re.compile(f"^[ ]*{_EMOJI}", re.MULTILINE)
_MOST_LINES = 3


@rule(severity=Severity.MEND, since="0.1")
def emoji_row(facts: Facts) -> Iterator[Spot]:
    """Emojis stand in a row, or before every line.

    Why it matters:
        It looks like a poster, and is read aloud word by word to those who cannot see.

    How to mend it:
        Keep one at most.

    Source:
        Own collection of advertising to strangers.
    """
    found = _ROW.search(facts.text)
    if found:
        yield Spot(found.span(), "")
        return
    lines = list(_AT_LINE.finditer(facts.text))
    if len(lines) >= _MOST_LINES:
        yield Spot(lines[-1].span(), "")
