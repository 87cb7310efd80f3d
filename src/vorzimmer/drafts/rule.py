"""What a draft rule is: one named, documented check of an unsent text; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from inspect import cleandoc
from itertools import islice

from vorzimmer.drafts.draft import Draft, Finding, Severity
from vorzimmer.drafts.reading import Stretch, language_of, sentences_of
from vorzimmer.drafts.salutation import Salutation, salutation_of
from vorzimmer.model import Assessment, ContactRequest, Kind, Sentence, Slot
from vorzimmer.note import NoteFacts
from vorzimmer.signal import Context
from vorzimmer.text import original_span

# Families of wordings that tie a writer to this recipient.
REASONS = (
    "concrete_reason",
    "introduction",
    "past_together",
    "concrete_question",
    "study_or_press",
    "own_reason",
)
# The signal that weighs a text as a whole.
_TEXT_MODEL = "note_reads_like_solicitation"
# So many places of one rule are shown; the writer has understood by then.
_MOST_SPOTS = 5
_SECTION = re.compile(r"^([A-Z][a-z ]+):\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a rule found.

    Attributes:
        span: In the text as written; ``None`` is the text as a whole.
        suggestion: What to write there; ``None`` where only the writer can know.
        slots: What fills the slots of the rule's sentences.
    """

    span: tuple[int, int] | None
    suggestion: str | None = None
    slots: dict[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """A draft with everything that rules ask about it.

    Attributes:
        request: The draft as the recipient would get it.
        context: What screening knows of it.
        wording: The phrases of the rules' own families in it.
        seen: What screening says of it.
    """

    draft: Draft
    request: ContactRequest
    context: Context
    wording: NoteFacts
    seen: Assessment

    @property
    def text(self) -> str:
        """The draft as written."""
        return self.draft.text

    @cached_property
    def language(self) -> str:
        """The language of the text, ``""`` when not known."""
        return language_of(self.text)

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in a language of which the rules know no wordings."""
        return self.language not in {"", "de", "en"}

    @cached_property
    def salutation(self) -> Salutation | None:
        """The words that greet, ``None`` when there are none."""
        return salutation_of(self.text, self.draft.recipient.name)

    @cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        """The sentences of the text."""
        return sentences_of(self.text)

    @cached_property
    def reason(self) -> tuple[int, int] | None:
        """Where a reason stands that fits only this recipient."""
        for family in REASONS:
            for spot in self.spots(family):
                return spot.span
        return None

    @property
    def has_reason(self) -> bool:
        """Whether the text gives such a reason, by its words or all in all."""
        return self.reason is not None or self.probability(Kind.PERSONAL) >= 0.5

    @property
    def applies_for_job(self) -> bool:
        """Whether the writer looks for work; whoever sells says other things, too."""
        return self.has("applies_for_job") and not self.has("promised_results")

    @property
    def offers(self) -> bool:
        """Whether something is offered or sold."""
        families = ("service_offer", "promised_results", "free_offer", "paid_report")
        return any(self.has(family) for family in families)

    @property
    def is_seen_to_advertise(self) -> bool:
        """Whether words that one can point to speak for advertising.

        The text model weighs a text as a whole, and takes some honest offers and short
        questions for advertising; alone it is no proof.
        """
        evidence = self.seen.kinds[Kind.SOLICITATION].evidence
        return self.offers or any(
            each.points > 0 and each.signal != _TEXT_MODEL for each in evidence
        )

    def probability(self, kind: Kind) -> float:
        """Return how likely the recipient's side takes the draft for this kind."""
        return self.seen.probability(kind)

    def has(self, *families: str) -> bool:
        """Return whether a wording of one of these families stands in the text."""
        return any(True for family in families for _ in self._numbers(family))

    def spots(self, *families: str) -> Iterator[Spot]:
        """Yield where the wordings of these families stand, in the order of reading."""
        spans: set[tuple[int, int]] = set()
        for family in families:
            for note, number in self._numbers(family):
                places = islice(note.book.places(number, note.normal), _MOST_SPOTS)
                for start, end in places:
                    span = original_span(self.text, start, end, normal=note.normal)
                    spans |= {span} if span else set()
        last = 0
        for start, end in sorted(spans, key=_longest_first)[:_MOST_SPOTS]:
            if start >= last:
                last = end
                yield Spot((start, end))

    def sentence_at(self, spot: Spot) -> Stretch | None:
        """Return the sentence that a place begins in, ``None`` for the whole text."""
        at = spot.span[0] if spot.span else -1
        return next(
            (each for each in self.sentences if each.span[0] <= at < each.span[1]), None
        )

    def _numbers(self, family: str) -> Iterator[tuple[NoteFacts, int]]:
        for note in (self.wording, self.context.note):
            for number in note.phrases:
                if note.book.family_of[number] == family:
                    yield note, number


def _longest_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


Check = Callable[[Facts], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One named, documented check of a draft.

    Attributes:
        name: The function's name, equal to the file's.
        since: The first release that has it.
        doc: What it finds, why it matters, how to mend it, source.
    """

    name: str
    severity: Severity
    since: str
    doc: str
    check: Check

    @property
    def title(self) -> str:
        """The first sentence of the documentation, with slots, as shown to people."""
        return cleandoc(self.doc).partition("\n\n")[0].replace("\n", " ")

    @property
    def why(self) -> str:
        """Why it matters."""
        return self._section("Why it matters")

    @property
    def mend(self) -> str:
        """How to mend it."""
        return self._section("How to mend it")

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """Yield what the rule finds in a draft."""
        for spot in islice(self.check(facts), _MOST_SPOTS):
            slots = tuple(spot.slots.items())
            start, end = spot.span or (0, 0)
            yield Finding(
                rule=self.name,
                severity=self.severity,
                says=Sentence(self.title, slots),
                why=Sentence(self.why, slots),
                mend=Sentence(self.mend, slots),
                quote=facts.text[start:end],
                span=spot.span,
                suggestion=spot.suggestion,
            )

    def _section(self, name: str) -> str:
        pieces = _SECTION.split(cleandoc(self.doc))
        sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
        return " ".join(sections[name].split())


def rule(*, severity: Severity, since: str) -> Callable[[Check], Rule]:
    """Declare the decorated function to be a draft rule.

    Args:
        severity: What a finding asks of the writer.
        since: The first release that has it.
    """

    def declare(check: Check) -> Rule:
        return Rule(check.__name__, severity, since, check.__doc__ or "", check)

    return declare
