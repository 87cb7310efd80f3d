"""The gaps of a template that nobody filled in; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.rule import Facts
from vorzimmer.signals.unfilled_placeholder import unfilled_placeholder

_FIELD = (
    r"[vfnl]name|(?:vor|nach|first|last|full)?[ _-]?name|anrede|titel|firma|position"
    r"|company"
)
# What programs leave behind, and what writers put where they mean to write later.
_LEFT = re.compile(
    r"\b(?:[xX]{3,}|TODO|TBD|FIXME)\b|(?i:lorem ipsum)|\.{6,}|_{4,}"
    r"|[\[<{](?i:hier|here|bitte|please|insert|einfügen|ergänzen)\b[^\]>}\n]{0,40}[\]>}]"
    r"|\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}"
    rf"|«(?i:{_FIELD})»|%(?i:{_FIELD})%"
    r"|(?i:(?<=hallo )|(?<=hi )|(?<=hey )|(?<=dear )|(?<=liebe )|(?<=lieber )"
    r"|(?<=frau )|(?<=herr ))(?i:vorname|nachname|first ?name|last ?name)\b"
)
# Where one gap is proven, signs like its own hold gaps, too.
_LIKE = {
    "[": re.compile(r"\[+[^\]\n]*[^\W\d_][^\]\n]{0,40}\]+"),
    "{": re.compile(r"\{+[^}\n]*[^\W\d_][^}\n]{0,40}\}+"),
    "<": re.compile(r"<+[^>\n]*[^\W\d_][^>\n]{0,40}>+"),
    "«": re.compile(r"«[^»\n]*[^\W\d_][^»\n]{0,40}»"),
}


def gaps_in(facts: Facts) -> tuple[tuple[int, int], ...]:
    """Return where the gaps of a draft stand, in the order of reading."""
    hit = unfilled_placeholder.check(facts.request, facts.context)
    spans = {hit.span} if hit and hit.span else set()
    spans |= {each.span() for each in _LEFT.finditer(facts.text)}
    for first in {facts.text[start] for start, _ in spans} & _LIKE.keys():
        spans |= {each.span() for each in _LIKE[first].finditer(facts.text)}
    return tuple(_apart(spans))


def _apart(spans: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = 0
    for start, end in sorted(spans, key=lambda each: (each[0], -each[1])):
        if start >= last:
            last = end
            yield start, end
