"""What is costly about a note, found once for a whole batch of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

from vorzimmer.links import Link, find_links
from vorzimmer.model import Hit
from vorzimmer.phrases import Phrasebook
from vorzimmer.text import normalise, original_span

# Longer notes are read up to here: no network lets a request be longer, and a mail
# says what it wants before this.
LONGEST_READ = 20_000


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A note with everything that signals ask about it.

    Attributes:
        text: As written; ``""`` when it is blank or not known.
        normal: Its normal form, see ``text.normalise``.
        phrases: Numbers of the phrases that occur in it.
        links: Links in it, never opened.
        book: The phrasebook that the numbers belong to.
    """

    text: str
    normal: str
    phrases: tuple[int, ...]
    links: tuple[Link, ...]
    book: Phrasebook = field(repr=False, compare=False)

    def find(self, family: str) -> Hit | None:
        """Return the strongest wording of a family, quoted from the note.

        Several wordings of one family strengthen each other as independent
        witnesses: ``1 - Π(1 - strength)``.
        """
        numbers = [n for n in self.phrases if self.book.phrases[n].family == family]
        if not numbers:
            return None
        strengths = [self.book.phrases[number].strength for number in numbers]
        strongest = numbers[strengths.index(max(strengths))]
        start, end = self.book.locate(strongest, self.normal)
        return self.quote(start, end, 1 - prod(1 - each for each in strengths))

    def quote(self, start: int, end: int, strength: float = 1.0) -> Hit:
        """Return a hit on ``normal[start:end]``, in the words of the note."""
        span = original_span(self.text, start, end)
        words = self.text[span[0] : span[1]] if span else self.normal[start:end]
        return Hit(words, strength, span)

    def quote_host(self, link: Link, strength: float = 1.0) -> Hit:
        """Return a hit on the host of a link: where it leads, not what it says."""
        start, end = link.authority_span
        return Hit(self.text[start:end], strength, link.authority_span)


def normal_form(note: str | None) -> str:
    """Return the form in which a note is compared; ``""`` when it is not known."""
    return normalise((note or "")[:LONGEST_READ])


def read_notes(notes: Sequence[str | None], book: Phrasebook) -> list[NoteFacts]:
    """Return the facts of each note; one note is a batch of one."""
    texts = [(note or "")[:LONGEST_READ] for note in notes]
    normal_forms = [normalise(text) for text in texts]
    return [
        NoteFacts(text, normal, phrases, find_links(text), book)
        for text, normal, phrases in zip(
            texts, normal_forms, book.scan(normal_forms), strict=True
        )
    ]
