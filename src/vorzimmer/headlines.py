"""Reads the lines under many senders' names in compiled passes; pure."""

from __future__ import annotations

from collections.abc import Sequence

from vorzimmer.links import find_links
from vorzimmer.note import LONGEST_READ, NoteFacts, read_notes
from vorzimmer.phrases import Phrasebook


def read_headlines(
    headlines: Sequence[str | None], book: Phrasebook
) -> list[NoteFacts | None]:
    """Return what is said in each headline; ``None`` where no phrase occurs.

    Args:
        headlines: As written; ``None`` when not known.
        book: The phrases to look for.
    """
    # Half a second, so not for a few headlines.
    from vorzimmer.many_notes import fold_many  # noqa: PLC0415 - numba
    from vorzimmer.many_phrases import find_phrases  # noqa: PLC0415 - numba

    texts = [(line or "")[:LONGEST_READ] for line in headlines]
    many = fold_many(texts, [()] * len(texts))
    phrases = find_phrases(many.folded.search, many.folded.search_starts, book)
    linked = set(many.linked)
    facts: list[NoteFacts | None] = [None] * len(texts)
    for row, (text, normal, numbers) in enumerate(
        zip(texts, many.normal, phrases, strict=True)
    ):
        if numbers:
            links = find_links(text) if row in linked else ()
            facts[row] = NoteFacts(text, normal, numbers, links, book)
    plain = read_notes([texts[row] for row in many.left_out], book)
    for row, each in zip(many.left_out, plain, strict=True):
        facts[row] = each
    return facts
