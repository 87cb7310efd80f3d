"""What is costly about a note, found once for a whole batch of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import prod
from typing import TYPE_CHECKING

from vorzimmer.classifier import Classifier, Likeness
from vorzimmer.foreign import foreign
from vorzimmer.links import Link, find_links
from vorzimmer.model import Hit, Kind, Words
from vorzimmer.phrases import Phrasebook
from vorzimmer.scales import Weighed
from vorzimmer.text import normalise, original_span

if TYPE_CHECKING:
    from vorzimmer.many_notes import ManyNotes

# Longer notes are read up to here: no network lets a request be longer, and a mail
# says what it wants before this.
LONGEST_READ = 20_000


@dataclass(slots=True)  # not frozen: one a note, which then takes half the time
class NoteFacts:
    """A note with everything that signals ask about it.

    Attributes:
        text: As written; ``""`` when it is blank or not known.
        normal: Its normal form, see ``text.normalise``.
        phrases: Numbers of the phrases that occur in it.
        links: Links in it, never opened.
        book: The phrasebook that the numbers belong to.
        likeness: How much its words speak for each kind; ``None`` when there are no
            words, or they are of a language that the model never learned, or nobody
            asked.
        foreign_likeness: The same in a language that the model never learned: of
            which kind a note is it cannot say there, but whether it is advertising
            or a danger (``solicitation_or_danger``).
    """

    text: str
    normal: str
    phrases: tuple[int, ...]
    links: tuple[Link, ...]
    book: Phrasebook = field(repr=False, compare=False)
    likeness: Likeness | None = None
    foreign_likeness: Likeness | None = None

    @property
    def likeness_in_any_language(self) -> Likeness | None:
        """How much its words speak for each kind, of whichever language they are."""
        return self.likeness or self.foreign_likeness

    @property
    def families(self) -> Iterable[str]:
        """The families of its phrases, each once."""
        family_of = self.book.family_of
        return dict.fromkeys([family_of[number] for number in self.phrases])

    def find(self, family: str) -> Hit | None:
        """Return the strongest wording of a family, quoted from the note.

        Several wordings of one family strengthen each other as independent
        witnesses: ``1 - Π(1 - strength)``.
        """
        if not self.phrases:
            return None
        family_of, phrases = self.book.family_of, self.book.phrases
        numbers = [number for number in self.phrases if family_of[number] == family]
        if not numbers:
            return None
        strongest = numbers[0]
        strength = 1 - (1 - phrases[strongest].strength)
        if len(numbers) > 1:
            strengths = [phrases[number].strength for number in numbers]
            strongest = numbers[strengths.index(max(strengths))]
            strength = 1 - prod(1 - each for each in strengths)
        return Hit.later(partial(self._wording, strongest), strength)

    def reads_like(self, kind: Kind) -> Hit | None:
        """Return the words that speak most for a kind, or most against it.

        Whichever the note does, taken together; the sign of the hit's strength tells.
        ``None`` where the note says little either way.
        """
        strength = self.likeness.strength(kind) if self.likeness else 0.0
        if not strength:
            return None
        words = partial(self._words_for, kind, against=strength < 0)
        return Hit.later(words, strength)

    def quote(self, start: int, end: int, strength: float = 1.0) -> Hit:
        """Return a hit on ``normal[start:end]``, in the words of the note."""
        return Hit.later(partial(self._words_at, start, end), strength)

    def _wording(self, number: int) -> Words:
        return self._words_at(*self.book.locate(number, self.normal))

    def _words_for(self, kind: Kind, *, against: bool) -> Words:
        found = self.likeness and self.likeness.words_for(kind, against=against)
        return self._words_at(*(found or (0, 0)))

    def _words_at(self, start: int, end: int) -> Words:
        span = original_span(self.text, start, end, normal=self.normal)
        words = self.text[span[0] : span[1]] if span else self.normal[start:end]
        return words, span

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
    is_compiled: bool = False,
) -> list[NoteFacts]:
    """Return the facts of each note; one note is a batch of one.

    Args:
        notes: As written; ``None`` when not known.
        book: The phrases to look for.
        classifier: Says what a note reads like; ``None`` to leave that out.
        names: For each note, words of names that the classifier must not read.
        is_compiled: Whether to use the compiled loops: worth it for hundreds of notes.
    """
    texts = [(note or "")[:LONGEST_READ] for note in notes]
    if is_compiled:
        return _read_many(texts, book, classifier, names or [()] * len(texts))
    normal_forms = [normalise(text) for text in texts]
    likeness: list[Likeness | None] = [None] * len(texts)
    strange: list[int] = []
    if classifier is not None:
        likeness = classifier.read(normal_forms, names=names)
        strange = [row for row, each in enumerate(likeness) if each and each.is_strange]
    phrases = book.scan(normal_forms)
    facts = [
        NoteFacts(text, normal, numbers, find_links(text), book, like)
        for text, normal, numbers, like in zip(
            texts, normal_forms, phrases, likeness, strict=True
        )
    ]
    _set_apart(facts, foreign(texts, strange))
    return facts


def _set_apart(facts: Sequence[NoteFacts], rows: Iterable[int]) -> None:
    """Tell of some notes that the model never learned their language."""
    for row in rows:
        note = facts[row]
        note.likeness, note.foreign_likeness = None, note.likeness


@dataclass(frozen=True, slots=True)
class TextColumns:
    """What the compiled passes find in many notes, column by column.

    Attributes:
        many: The forms of the notes, and which of them have to be read plainly.
        phrases: Numbers of phrases.
        links: Links in it.
        weighed: How much the words speak for each kind; ``None`` without classifier.
        foreign: Numbers of notes in languages that the classifier never learned.
    """

    many: ManyNotes
    phrases: Sequence[tuple[int, ...]]
    links: Sequence[tuple[Link, ...]]
    weighed: Weighed | None
    foreign: Sequence[int]


def read_text(
    texts: Sequence[str],
    names: Sequence[Collection[str]],
    *,
    book: Phrasebook,
    classifier: Classifier | None,
) -> TextColumns:
    """Return normal form, phrases, links and likeness of many notes.

    Args:
        texts: As written.
        names: For each note, words of names that the classifier must not read.
        book: The phrases to look for.
        classifier: Says what a note reads like; ``None`` to leave that out.
    """
    # Half a second, so not for a few notes.
    from vorzimmer.many_notes import fold_many  # noqa: PLC0415 - numba
    from vorzimmer.many_phrases import find_phrases  # noqa: PLC0415 - numba

    many = fold_many(texts, names)
    folded = many.folded
    phrases = find_phrases(folded.search, folded.search_starts, book)
    weighed = None
    rows: list[int] = []
    if classifier is not None:
        hidden = folded.hidden, folded.hidden_starts
        weighed, strange = classifier.read_hidden(*hidden)
        rows = foreign(texts, strange, is_compiled=True)
    links: list[tuple[Link, ...]] = [()] * len(texts)
    for number in many.linked:
        links[number] = find_links(texts[number])
    return TextColumns(many, phrases, links, weighed, rows)


def _read_many(
    texts: Sequence[str],
    book: Phrasebook,
    classifier: Classifier | None,
    names: Sequence[Collection[str]],
) -> list[NoteFacts]:
    """Read notes in compiled passes; the few that these leave out, plainly."""
    read = read_text(texts, names, book=book, classifier=classifier)
    likeness: Sequence[Likeness | None] = [None] * len(texts)
    if classifier is not None and read.weighed is not None:
        likeness = classifier.likenesses(read.many.hidden, read.weighed)
    facts = [
        NoteFacts(text, normal, numbers, links, book, like)
        for text, normal, numbers, links, like in zip(
            texts, read.many.normal, read.phrases, read.links, likeness, strict=True
        )
    ]
    _set_apart(facts, read.foreign)
    left_out = read.many.left_out
    plain = read_notes(
        [texts[number] for number in left_out],
        book,
        classifier=classifier,
        names=[names[number] for number in left_out],
    )
    for number, each in zip(left_out, plain, strict=True):
        facts[number] = each
    return facts
