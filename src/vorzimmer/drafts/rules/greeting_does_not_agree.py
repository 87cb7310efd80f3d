"""Draft rule ``greeting_does_not_agree``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.names import fold, read_name

_GREETED = re.compile(
    r"\s*(?:sehr )?(?P<word>(?P<stem>geehrte|verehrte|geschätzte|liebe|werte)"
    r"(?:[rsn]|[/:*_-]{1,2}r|\(r\))?)"
    r"(?: (?P<form>frau|herrn?)\b)?",
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
    found = _GREETED.match(facts.text)
    if found is None:
        return
    word, form = found["word"], found["form"] or ""
    known = form.casefold()[:4] or _form_of_first_name(facts)
    # "Frau/Herr" is a gap, and no slip.
    if not known or facts.text[found.end() : found.end() + 1] == "/":
        return
    right = found["stem"] + ("r" if known == "herr" else "")
    if right != word:
        after = form or (facts.salutation.names[0].text if facts.salutation else "")
        yield Spot(found.span("word"), right, {"right": f"{right} {after}"})
    elif form.casefold() == "herrn":
        yield Spot(found.span("form"), form[:4], {"right": f"{right} {form[:4]}"})


def _form_of_first_name(facts: Facts) -> str:
    """Return the recipient's form where the greeting has but the first name."""
    read, greeting = read_name(facts.draft.recipient.name), facts.salutation
    if read is None or greeting is None or greeting.form or greeting.titles:
        return ""
    is_first = bool(greeting.names) and fold(greeting.names[0].text) in read.given
    return facts.draft.recipient.form if is_first else ""
