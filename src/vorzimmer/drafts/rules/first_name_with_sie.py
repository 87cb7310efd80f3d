"""Draft rule ``first_name_with_sie``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.naming import title_of
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
    if len(greeting.names) > 1 or facts.draft.recipient.is_acquainted:
        return
    read = read_name(facts.draft.recipient.name)
    word = greeting.names[0]
    # "Frau Thomas" may well be one; only the profile can tell "Frau Katrin".
    known = read.given if read else () if greeting.form else _FIRST_NAMES
    is_first = fold(word.text) in known and not (
        read and fold(word.text) in read.family
    )
    if is_first and POLITE.search(facts.text) and not FAMILIAR.search(facts.text):
        form = {"frau": "Frau", "herr": "Herr"}.get(facts.draft.recipient.form)
        last = last_name_of(facts.draft.recipient.name)
        title = None if greeting.titles else title_of(facts.draft.recipient.name)
        right = [None if greeting.form else form, title, last]
        is_sure = last and (form or greeting.form)
        yield Spot(word.span, " ".join(filter(None, right)) if is_sure else None)
