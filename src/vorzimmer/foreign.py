"""Finds notes in languages that the text model never learned; pure.

Of such a note it knows next to nothing, and what it makes of that is chance. Telling
languages costs more than the model itself, so it is asked only where fewer than half
of the words of a note are everyday words of German or English.
"""

from __future__ import annotations

from collections.abc import Sequence

from vorzimmer.languages import language_of, languages_of

LEARNED = frozenset({"de", "en"})
"""Codes of the languages of the training text."""

# So many notes are worth loading a compiled loop.
_MANY = 20


def foreign(
    texts: Sequence[str], strange: Sequence[int], *, is_compiled: bool = False
) -> list[int]:
    """Return which notes are surely neither German nor English.

    Args:
        texts: Notes.
        strange: Numbers of those with few everyday words; no other is asked about.
        is_compiled: Whether to use the compiled loop for the fewest, too, since others
            are in use already.
    """
    asked = [texts[number] for number in strange]
    is_worth_it = len(asked) >= _MANY or (is_compiled and bool(asked))
    told = languages_of(asked) if is_worth_it else map(language_of, asked)
    return [
        number
        for number, language in zip(strange, told, strict=True)
        if language is not None and language not in LEARNED
    ]
