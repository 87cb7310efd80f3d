"""Draft rule ``title_lost``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.reading import TITLES
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.names import fold, read_name


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
    titles = TITLES.findall(facts.draft.recipient.name)
    if not titles or greeting is None or greeting.titles or not greeting.names:
        return
    read = read_name(facts.draft.recipient.name)
    last = greeting.names[-1]
    if read and fold(last.text) in read.family:
        # Of several, the first is the one to be addressed by: "Prof." before "Dr.".
        title, start = titles[0], last.span[0]
        # "Frau Dr. Brandt", but "Dr Brandt" in the place of "Ms Brandt".
        if greeting.form_span and _is_english(facts, greeting.form_span):
            start = greeting.form_span[0]
        span = (start, last.span[1])
        yield Spot(span, f"{title} {last.text}", {"title": title})


def _is_english(facts: Facts, span: tuple[int, int]) -> bool:
    return facts.text[slice(*span)].casefold() in {"mr", "ms", "mrs", "miss"}
