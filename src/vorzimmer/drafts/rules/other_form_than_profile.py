"""Draft rule ``other_form_than_profile``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.naming import greets_another
from vorzimmer.drafts.rule import Facts, Spot, rule


@rule(severity=Severity.MEND, since="0.1")
def other_form_than_profile(facts: Facts) -> Iterator[Spot]:
    """The greeting says “{written}”, the profile says otherwise.

    Why it matters:
        Whoever is addressed wrongly reads on with displeasure, if at all.

    How to mend it:
        Look at the profile again; where it does not say, greet with the full name.

    Source:
        German articles on contact requests: address people rightly.
    """
    greeting, wanted = facts.salutation, facts.draft.recipient.form
    # A text for somebody else is not mended by another form.
    if not (greeting and wanted and greeting.form_span) or greets_another(facts):
        return
    if greeting.form != wanted:
        start, end = greeting.form_span
        right = None
        if facts.language != "en":
            right = {"frau": "Frau", "herr": "Herr"}[wanted]
        yield Spot((start, end), right, {"written": facts.text[start:end]})
