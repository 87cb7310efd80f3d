"""Draft rule ``title_lost``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.naming import title_of
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.names import fold, read_name
from vorzimmer.names.words import PARTICLES

_WORD_BEFORE = re.compile(r"\b(\w+) $")


@rule(severity=Severity.MEND, since="0.1")
def title_lost(facts: Facts) -> Iterator[Spot]:
    """The title “{title}” of the profile is missing in the greeting.

    Why it matters:
        Some people do not mind, others do, and you cannot know yet.

    How to mend it:
        Put the title before the last name.

    Source:
        German letter writing: academic titles are part of the address.
    """
    greeting = facts.salutation
    title = title_of(facts.draft.recipient.name)
    if not title or greeting is None or greeting.titles or not greeting.names:
        return
    read = read_name(facts.draft.recipient.name)
    last = greeting.names[-1]
    if read and fold(last.text) in read.family:
        start = _with_particles(facts.text, last.span[0])
        words = facts.text[start : last.span[1]]
        # "Frau Dr. Brandt", but "Dr Brandt" in the place of "Ms Brandt".
        if greeting.form_span and _is_english(facts, greeting.form_span):
            start = greeting.form_span[0]
        yield Spot((start, last.span[1]), f"{title} {words}", {"title": title})


def _with_particles(text: str, start: int) -> int:
    """Return where a last name begins with its particles: "van den Berg"."""
    while (before := _WORD_BEFORE.search(text, 0, start)) and (before[1] in PARTICLES):
        start = before.start()
    return start


def _is_english(facts: Facts, span: tuple[int, int]) -> bool:
    return facts.text[slice(*span)].casefold() in {"mr", "ms", "mrs", "miss"}
