"""What is costly about a note, found once for a whole batch of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from math import prod

from vorzimmer.classifier import Classifier, Likeness
from vorzimmer.links import Link, find_links
from vorzimmer.model import Hit, Kind
from vorzimmer.phrases import Phrasebook
from vorzimmer.text import normalise, original_span

# Longer notes are read up to here: no network lets a request be longer, and a mail
# says what it wants before this.
LONGEST_READ = 20_000
# What a note must speak for a kind, in nats, to be worth saying: the odds double; and
# what counts as speaking with full strength.
_FEWEST_POINTS, _MOST_POINTS = 0.7, 6.0


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A note with everything that signals ask about it.

    Attributes:
        text: As written; ``""`` when it is blank or not known.
        normal: Its normal form, see ``text.normalise``.
        phrases: Numbers of the phrases that occur in it.
        links: Links in it, never opened.
        book: The phrasebook that the numbers belong to.
        likeness: How much its words speak for each kind; ``None`` when there are no
            words, or nobody asked.
    """

    text: str
    normal: str
    phrases: tuple[int, ...]
    links: tuple[Link, ...]
    book: Phrasebook = field(repr=False, compare=False)
    likeness: Likeness | None = None

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

    def reads_like(self, kind: Kind) -> Hit | None:
        """Return the words that speak most for a kind, if the whole note does."""
        if self.likeness is None:
            return None
        points = self.likeness.points[kind]
        words = self.likeness.words_for(kind) if points >= _FEWEST_POINTS else None
        return words and self.quote(*words, min(1.0, points / _MOST_POINTS))

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


def read_notes(
    notes: Sequence[str | None],
    book: Phrasebook,
    *,
    classifier: Classifier | None = None,
    names: Sequence[Collection[str]] | None = None,
) -> list[NoteFacts]:
    """Return the facts of each note; one note is a batch of one.

    Args:
        notes: As written; ``None`` when not known.
        book: The phrases to look for.
        classifier: Says what a note reads like; ``None`` to leave that out.
        names: For each note, words of names that the classifier must not read.
    """
    texts = [(note or "")[:LONGEST_READ] for note in notes]
    normal_forms = [normalise(text) for text in texts]
    facts = [
        NoteFacts(text, normal, phrases, find_links(text), book)
        for text, normal, phrases in zip(
            texts, normal_forms, book.scan(normal_forms), strict=True
        )
    ]
    if classifier is None:
        return facts
    read = classifier.read(normal_forms, names=names)
    return [
        replace(each, likeness=likeness)
        for each, likeness in zip(facts, read, strict=True)
    ]
