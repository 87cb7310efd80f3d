"""Draft rule ``greeting_does_not_agree``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule

_WRONG = re.compile(
    r"\s*(?:sehr )?(?P<word>(?:geehrte|verehrte|liebe|werte)r?)"
    r" (?P<form>frau|herrn?)\b",
    re.IGNORECASE,
)


@rule(severity=Severity.MEND, since="0.1")
def greeting_does_not_agree(facts: Facts) -> Iterator[Spot]:
    """The words of the greeting do not fit together.

    Why it matters:
        It is the first thing that is read, and looks like a form letter.

    How to mend it:
        Write “{right}”.

    Source:
        German grammar: the ending follows the person.
    """
    found = _WRONG.match(facts.text)
    if found is None:
        return
    word, form = found["word"], found["form"]
    ending = "r" if form.casefold().startswith("her") else ""
    right = word.removesuffix("r") + ending
    if right != word:
        yield Spot(found.span("word"), right, {"right": f"{right} {form}"})
