"""Screen requests: run the signals, add up their points; pure.

``score(kind) = prior(kind) + Σ over groups of capped(Σ weight · strength)`` and
``probability = 1 / (1 + e^-score)`` (docs/explanation/how-screening-works.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import exp

import numpy as np

from vorzimmer import solicitation_or_danger
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.adding_up import BOUNDS, GROUPS, Sums
from vorzimmer.classifier import Classifier, words_of_name
from vorzimmer.evidence_columns import evidence_of_many
from vorzimmer.glances import glance_at
from vorzimmer.habits import Habit, Habits
from vorzimmer.headlines import read_headlines
from vorzimmer.lines import encoded
from vorzimmer.model import (
    Assessment,
    ContactRequest,
    Evidence,
    Kind,
    KindScore,
    Member,
    Person,
)
from vorzimmer.note import NoteFacts, read_notes
from vorzimmer.people import identity
from vorzimmer.phrases import Phrasebook
from vorzimmer.repeats import Record
from vorzimmer.roster import MANY, Hits, Roster
from vorzimmer.screened import Found, FoundInMany, Screened
from vorzimmer.shares import PRIORS
from vorzimmer.signal import Context, Group, Signal

# From here on the compiled loops are worth their loading, half a second; and once they
# are loaded, their tables.
_MANY, _SOME = 1_000, 100
KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Everything that screening needs besides the requests.

    Attributes:
        signals: The signals to run.
        member: For whom.
        acquaintance: Whom the member knows.
        book: The phrases to look for.
        classifier: Says what a note reads like; ``None`` to do without.
        weights: Weights (nats) by signal name, in place of the default ones.
        shifts: By how much the priors of kinds are moved (nats).
        habits: How people usually write.
        turned_away: Who was turned away before and asks again.
        roster: Says which of the signals have to be asked.
        sums: Adds up what they found in many requests.
    """

    signals: tuple[Signal, ...]
    member: Member
    acquaintance: Acquaintance
    book: Phrasebook
    classifier: Classifier | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    shifts: Mapping[Kind, float] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)
    turned_away: Record = field(default_factory=Record)
    _readers: dict[str, tuple[Signal, ...]] = field(default_factory=dict, repr=False)
    _places: dict[str, int] = field(init=False, repr=False, compare=False)
    _priors: dict[Kind, KindScore] = field(init=False, repr=False, compare=False)
    roster: Roster = field(init=False, repr=False, compare=False)
    sums: Sums = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {each.name: place for place, each in enumerate(self.signals)}
        object.__setattr__(self, "roster", Roster(self.signals))
        object.__setattr__(self, "_places", places)
        priors = {kind: self.score(kind, ()) for kind in Kind}
        object.__setattr__(self, "_priors", priors)
        start = {kind: each.score for kind, each in priors.items()}
        sums = Sums(self.signals, self.weights, start)
        object.__setattr__(self, "sums", sums)

    def screen(
        self,
        requests: Sequence[ContactRequest],
        *,
        same_notes: Mapping[str, int] | None = None,
    ) -> list[Screened]:
        """Assess a batch of requests; one request is a batch of one.

        Args:
            requests: In any order; the result does not depend on it.
            same_notes: How many people sent a note or one much like it, by its normal
                form (``campaigns.Groups.senders``); ``None`` when nobody counted.
        """
        contexts = self.contexts(requests, same_notes, with_words=True)
        return self.screen_in(requests, contexts)

    def contexts(
        self,
        requests: Sequence[ContactRequest],
        same_notes: Mapping[str, int] | None,
        *,
        with_words: bool = False,
    ) -> list[Context]:
        """Return all that signals may know of each request besides itself.

        Args:
            requests: A batch.
            same_notes: See ``screen``.
            with_words: Whether it will be asked for the words of most notes that the
                evidence rests on, so that these are best found while reading.
        """
        is_loaded = self.classifier is not None and self.classifier.is_compiled
        is_many = len(requests) >= (_SOME if is_loaded else _MANY)
        own = words_of_name(self.member.name)
        classifier = self.classifier
        if classifier is not None and is_many and with_words:
            classifier = classifier.that_quotes
        notes = read_notes(
            [request.note for request in requests],
            self.book,
            classifier=classifier,
            names=[own + words_of_name(each.sender.name) for each in requests],
            is_compiled=is_many,
        )
        senders = [each.sender for each in requests]
        seen: Sequence[int | None] = [None] * len(requests)
        headlines: Sequence[NoteFacts | None]
        if is_many:
            headlines = read_headlines([each.headline for each in senders], self.book)
            normal_forms = [note.normal for note in notes]
            lines = encoded(normal_forms)
            seen = glance_at(lines, self.member)
            mentions = self.acquaintance.mentions_in(normal_forms, lines)
            acquainted = self.acquaintance.look_up_all(senders)
        else:
            headlines = read_notes([each.headline for each in senders], self.book)
            mentions = [self.acquaintance.mentions(note.normal) for note in notes]
            acquainted = list(map(self.acquaintance.look_up, senders))
        others = _others(same_notes, notes)
        has_habits, turned_away = bool(self.habits), self.turned_away.again
        return [
            Context(
                member=self.member,
                note=note,
                ties=known.ties,
                doubles=known.doubles,
                mentions=named,
                same_note_count=count,
                headline=headline if headline and headline.text else None,
                habit=self._habit(request.sender) if has_habits else None,
                turned_away=turned_away.get(request.id),
                seen=glanced,
            )
            for request, note, headline, named, known, count, glanced in zip(
                *(requests, notes, headlines, mentions, acquainted, others, seen),
                strict=True,
            )
        ]

    def _habit(self, sender: Person) -> Habit | None:
        return self.habits.of(identity(sender))

    def screen_in(
        self, requests: Sequence[ContactRequest], contexts: Sequence[Context]
    ) -> list[Screened]:
        """Assess requests whose contexts are known already."""
        said = dict(self.roster.hits(requests, contexts))
        batch = FoundInMany(self.signals, said, len(requests))
        if len(requests) < MANY:
            found = list(map(batch.of, range(len(requests))))
            kinds = list(map(self._scores, found))
            bad = list(map(self._bad, contexts, found))
        else:
            kinds, bad = self._scores_of_many(said, contexts)
        asked_before = self.turned_away.asked_before
        return [
            Screened(
                request,
                context,
                Assessment(
                    request.id,
                    own,
                    context.ties,
                    context.doubles,
                    asked_before(request.id),
                    either,
                ),
                batch,
                row,
            )
            for row, (request, context, own, either) in enumerate(
                zip(requests, contexts, kinds, bad, strict=True)
            )
        ]

    def _scores(self, found: Iterable[Found]) -> dict[Kind, KindScore]:
        by_kind: dict[Kind, list[Found]] = {}
        for each in found:
            by_kind.setdefault(each[0].kind, []).append(each)
        kinds = self._priors.copy()
        for kind, hits in by_kind.items():
            kinds[kind] = self.score(kind, hits)
        return kinds

    def _scores_of_many(
        self, said: Mapping[int, Hits], contexts: Sequence[Context]
    ) -> tuple[list[dict[Kind, KindScore]], list[float]]:
        """Return the scores of many requests, and those of either bad kind."""
        count = len(contexts)
        hits = {place: (np.array(rows), own) for place, (rows, own) in said.items()}
        strengths = {place: np.zeros(count) for place in said}
        for place, (rows, own) in hits.items():
            strengths[place][rows] = [hit.strength for hit in own]
        scores, points = self.sums.add_up(strengths, count)
        columns = []
        for kind in KINDS:
            signals = {p: s for p in said if (s := self.signals[p]).kind is kind}
            evidence = evidence_of_many(signals, hits, points, count)
            columns.append(self._kind_scores(kind, scores[kind].tolist(), evidence))
        words = [each.note.likeness_in_any_language for each in contexts]
        bad = self.sums.of_either(words, strengths)
        by_row = zip(*columns, strict=True)
        return [dict(zip(KINDS, row, strict=True)) for row in by_row], bad.tolist()

    def _kind_scores(
        self,
        kind: Kind,
        totals: Sequence[float],
        evidence: Sequence[tuple[Evidence, ...]],
    ) -> list[KindScore]:
        """Return the scores of one kind, made of what was added up."""
        nothing = self._priors[kind]
        prior = nothing.prior
        return [
            KindScore(total, chance, prior, found) if found else nothing
            for total, chance, found in zip(
                totals, probabilities_of(totals), evidence, strict=True
            )
        ]

    def _bad(self, context: Context, found: Iterable[Found]) -> float:
        points = [
            share * self.weights.get(signal.name, signal.weight) * hit.strength
            for signal, hit in found
            if (share := solicitation_or_danger.share_of(signal))
        ]
        words = context.note.likeness_in_any_language
        return solicitation_or_danger.score(words, points)

    def with_found(
        self, found: Iterable[Found], new: Iterable[Found]
    ) -> tuple[Found, ...]:
        """Return what was found and what was found besides, in the signals' order."""
        return tuple(
            sorted((*found, *new), key=lambda each: self._places[each[0].name])
        )

    def score(self, kind: Kind, found: Iterable[Found]) -> KindScore:
        """Return the score of one kind, by the weights that hold here."""
        shift = self.shifts.get(kind, 0.0)
        return score(kind, found, weights=self.weights, shift=shift)

    def weighed_again(self, screened: Screened, kinds: Iterable[Kind]) -> Screened:
        """Return what was screened with other weights, with the scores of these.

        Args:
            screened: What the signals found stays.
            kinds: Those whose weights or priors have changed.
        """
        new = {kind: self.score(kind, screened.found) for kind in kinds}
        scores = {**screened.assessment.kinds, **new}
        bad = self._bad(screened.context, screened.found)
        assessment = replace(
            screened.assessment, kinds=scores, solicitation_or_danger=bad
        )
        return replace(screened, assessment=assessment)

    def readers(self, fact: str) -> tuple[Signal, ...]:
        """Return the signals that stay silent without a fact about the sender."""
        if fact not in self._readers:
            self._readers[fact] = tuple(s for s in self.signals if fact in s.reads)
        return self._readers[fact]


def find_hits(
    signals: Iterable[Signal], request: ContactRequest, context: Context
) -> Iterator[Found]:
    """Yield each signal that hits, with its hit."""
    for signal in signals:
        hit = signal.check(request, context)
        if hit is not None:
            yield signal, hit


def score(
    kind: Kind,
    found: Iterable[Found],
    *,
    weights: Mapping[str, float],
    shift: float = 0.0,
) -> KindScore:
    """Return the score of one kind from what the signals found.

    Points of a group that exceed its cap are scaled down together, so that the
    points of all evidence still add up to the score (to rounding). Caps are those of
    the prior as shipped, so that a shift always counts in full. Sums are made in the
    order of the signals, then of the groups, so that ``bulk`` has the same bits.
    """
    groups: dict[Group, list[Evidence]] = {}
    for signal, hit in found:
        if signal.kind is kind:
            name, group = signal.name, signal.group
            points = weights.get(name, signal.weight) * hit.strength
            each = Evidence.of(name, points, hit)
            if group in groups:
                groups[group].append(each)
            else:
                groups[group] = [each]
    if not groups:
        return _without_evidence(kind, shift)
    prior = PRIORS[kind] + shift
    total = prior
    evidence: list[Evidence] = []
    for group in groups if len(groups) == 1 else filter(groups.__contains__, GROUPS):
        total += _capped(groups[group], *BOUNDS[kind][group])
        evidence += groups[group]
    if len(evidence) > 1:
        evidence.sort(key=_strongest_first)
    return KindScore(total, probability_of(total), prior, tuple(evidence))


def _strongest_first(evidence: Evidence) -> tuple[float, str]:
    return -abs(evidence.points), evidence.signal


def _capped(evidence: list[Evidence], least: float, most: float) -> float:
    """Return what evidence adds up to, which is scaled down to the bounds."""
    total = 0.0
    for each in evidence:  # sum() rounds otherwise from Python 3.12 on
        total += each.points
    if least <= total <= most:
        return total
    capped = most if total > most else least
    for each in evidence:
        each.points *= capped / total
    return capped


def probability_of(score: float) -> float:
    """Return ``1 / (1 + e^-score)``, without overflow for any score."""
    (probability,) = probabilities_of([score])
    return probability


def probabilities_of(scores: Iterable[float]) -> list[float]:
    """Return ``probability_of`` each score."""
    return [
        (odds := exp(score)) / (1.0 + odds) if score < 0 else 1.0 / (1.0 + exp(-score))
        for score in scores
    ]


@cache
def _without_evidence(kind: Kind, shift: float) -> KindScore:
    prior = PRIORS[kind] + shift
    return KindScore(prior, probability_of(prior), prior)


def _others(
    same_notes: Mapping[str, int] | None, notes: Sequence[NoteFacts]
) -> Sequence[int | None]:
    if same_notes is None:
        return [None] * len(notes)
    return [max(0, same_notes.get(each.normal, 0) - 1) for each in notes]
