"""Draft rule ``first_name_with_sie``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.reading import FAMILIAR, POLITE
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.names import fold, last_name_of, read_name
from vorzimmer.names.words import COMMON_FIRST

_FIRST_NAMES = frozenset(map(fold, COMMON_FIRST))


@rule(severity=Severity.MEND, since="0.1")
def first_name_with_sie(facts: Facts) -> Iterator[Spot]:
    """The greeting has only the first name, but the text says “Sie”.

    Why it matters:
        In German, first name and “Sie” go together only between people who know each
        other.

    How to mend it:
        Write “Guten Tag Frau …” or “Guten Tag Herr …” with the last name.

    Source:
        German articles on contact requests: the last name is due where people say
        "Sie".
    """
    greeting = facts.salutation
    if facts.language != "de" or greeting is None or not greeting.names:
        return
    if greeting.form or len(greeting.names) > 1 or facts.draft.recipient.is_acquainted:
        return
    read = read_name(facts.draft.recipient.name)
    word = greeting.names[0]
    is_first = fold(word.text) in (read.given if read else _FIRST_NAMES)
    if is_first and POLITE.search(facts.text) and not FAMILIAR.search(facts.text):
        form = {"frau": "Frau", "herr": "Herr"}.get(facts.draft.recipient.form)
        last = last_name_of(facts.draft.recipient.name)
        yield Spot(word.span, f"{form} {last}" if form and last else None)
