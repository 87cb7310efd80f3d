"""Simulates five members who teach Vorzimmer, and measures what it learns from them.

Each has another policy, another inbox and another fifth of our own notes, read by a
text model that was trained on the other four fifths. Stories in the inbox and stories
asked about afterwards are different ones. What they say and do is learned by the desk's
own code, after each request. The same text gives the same figures.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from held_out import train_held_out
from training_text import KINDS, TrainingNote, stories
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.campaigns import group_notes
from vorzimmer.cards import make_screening
from vorzimmer.classifier import Classifier
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.learning import Learned
from vorzimmer.lessons import teachings
from vorzimmer.model import (
    Assessment,
    ContactRequest,
    Correction,
    Decision,
    Kind,
    KindScore,
    Member,
    Person,
)
from vorzimmer.policy import Policy, propose
from vorzimmer.policy_file import preset_policies
from vorzimmer.quality import (
    Judged,
    brier_score,
    calibration_error,
    reliability,
    right,
    statements,
    unsure,
)
from vorzimmer.screened import Screened
from vorzimmer.screened_store import ScreenedStore
from vorzimmer.screening import Screening, probability_of

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "learning.md"
HEAD = """\
# What learning brings

Made by `make quality` (`tools/simulate_learning.py`). Five simulated members, one for
each preset policy, go through an inbox of our own training notes. They know what each
request is, do what their policy says, and correct whatever is wrong or unsure; the code
of the desk learns from both after each request, and counts cases as on any desk. After
0, 10, 25 and 50 corrections they are asked about 400 other requests. Every note is read
by a text model that has not seen its story; stories in the inbox and stories asked
about are different ones. Senders have no facts, nobody is known, and no note is blank.

*Unsure*: no kind is likelier than not. *Right of all*: the likeliest kind is true, and
likelier than not. Brier score and calibration error are over all nine kinds.
"""
CORRECTIONS = (0, 10, 25, 50)
ASKED = 400
LONGEST_INBOX = 400
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
# What comes in, by policy and in the order of KINDS: personal, standard, collector,
# advertising, job offer, danger, abuse. Each has reasons for the policy.
INBOXES: dict[str, tuple[int, ...]] = {
    "worked-together": (12, 25, 12, 22, 8, 15, 6),
    "three-reasons": (15, 28, 18, 25, 8, 5, 1),
    "ask-back": (25, 30, 12, 18, 10, 4, 1),
    "answer-collectors": (10, 28, 30, 20, 7, 4, 1),
    "open-door": (22, 22, 14, 16, 20, 5, 1),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A note as a request, screened, and what it really is."""

    screened: Screened
    truth: Kind
    also: frozenset[Kind]

    @property
    def request(self) -> ContactRequest:
        """The request."""
        return self.screened.request


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured after so many corrections of one member, or of all."""

    policy: str
    corrections: int
    judged: tuple[Judged, ...]
    learned: Learned


@dataclass(frozen=True, slots=True)
class SimulatedMember:
    """Knows what every request is, does what the policy says, and corrects.

    Attributes:
        policy: That of the member.
        screening: As shipped, for somebody who knows nobody.
        inbox: What comes in, in this order.
        asked: What the desk is asked about afterwards.
    """

    policy: Policy
    screening: Screening
    inbox: tuple[Asked, ...]
    asked: tuple[Asked, ...]

    def teach(self, corrections: Sequence[int]) -> Iterator[Figures]:
        """Go through the inbox; yield figures after these numbers of corrections."""
        desk = self.desk()
        decisions: dict[str, Decision] = {}
        said: dict[str, Correction] = {}
        if 0 in corrections:
            yield self._figures(0, desk)
        for number, each in enumerate(self.inbox, start=1):
            key, at = each.request.id, NOON + timedelta(minutes=number)
            now = desk.screened_with(key, {})
            is_right = now.assessment.leading_kind in {each.truth, *each.also}
            if is_right:
                decisions[key] = self._decision(each, now, number=number, at=at)
            else:
                said[key] = Correction(
                    id=number, request_id=key, kind=each.truth, at=at
                )
            desk = desk.taught(teachings(desk.requests, decisions, said), {})
            if not is_right and len(said) in corrections:
                yield self._figures(len(said), desk)
            if len(said) >= max(corrections):
                return

    def desk(self) -> ScreenedStore:
        """Return the member's desk, all of the inbox in it, and nothing taught yet."""
        requests = {each.request.id: each.request for each in self.inbox}
        return ScreenedStore(
            run=(),
            screening=self.screening,
            requests=requests,
            groups=group_notes(requests.values()),
            ties=(),
            found={each.request.id: each.screened for each in self.inbox},
        )

    def _decision(
        self, each: Asked, now: Screened, *, number: int, at: datetime
    ) -> Decision:
        """Return what the member does about a request of which the desk is right."""
        truth = assessment_of(each)
        action = propose(self.policy, each.request, truth).action
        proposed = propose(self.policy, each.request, now.assessment)
        return Decision(
            id=number,
            request_id=each.request.id,
            action=action,
            actor="member",
            at=at,
            policy=self.policy.name,
            clause=proposed.clause if proposed.action is action else "",
            looked_like=now.assessment.leading_kind,
        )

    def _figures(self, corrections: int, desk: ScreenedStore) -> Figures:
        judged: list[Judged] = []
        for each in self.asked:
            again = desk.screening.weighed_again(each.screened, Kind)
            said = {
                kind: found.probability
                for kind, found in again.assessment.kinds.items()
            }
            judged.append(Judged(each.request.id, said, each.truth, each.also))
        return Figures(self.policy.name, corrections, tuple(judged), desk.learned)


def assessment_of(each: Asked) -> Assessment:
    """Return what a member thinks who knows what a request is."""
    sure = {True: 4.6, False: -4.6}  # 99 %
    kinds = {kind: sure[kind is each.truth or kind in each.also] for kind in Kind}
    return Assessment(
        each.request.id,
        {
            kind: KindScore(score, probability_of(score), score)
            for kind, score in kinds.items()
        },
    )


def simulated_members(
    notes: Sequence[TrainingNote],
    folds: NDArray[np.int64],
    classifiers: Mapping[int, Classifier],
) -> Iterator[SimulatedMember]:
    """Yield a member for each preset policy."""
    screening = make_screening(
        book=shipped_phrasebook(),
        member=Member(),
        acquaintance=Acquaintance((), Member()),
        weights={},
    )
    told = dict(zip((note.id for note in notes), stories(notes), strict=True))
    halves: dict[bool, list[Asked]] = {True: [], False: []}
    for fold, classifier in classifiers.items():
        own = [
            note
            for note, its in zip(notes, folds, strict=True)
            if its == fold and note.kinds
        ]
        reader = replace(screening, classifier=classifier)
        for note, screened in zip(own, reader.screen(_requests(own)), strict=True):
            kind = first_kind(note)
            asked = Asked(screened, kind, note.kinds - {kind})
            halves[_is_first_half(told[note.id])].append(asked)
    for at, (name, shares) in enumerate(INBOXES.items()):
        yield SimulatedMember(
            policy=preset_policies()[name],
            screening=screening,
            inbox=_mixed(halves[True], shares, LONGEST_INBOX, seed=2 * at),
            asked=_mixed(halves[False], shares, ASKED, seed=2 * at + 1),
        )


def _is_first_half(story: str) -> bool:
    return blake2b(story.encode(), digest_size=1, key=b"halves").digest()[0] < 128


def _mixed(
    pool: Iterable[Asked], shares: Sequence[int], count: int, *, seed: int
) -> tuple[Asked, ...]:
    """Return so many requests, kinds mixed by their shares."""
    chance = Random(seed)  # noqa: S311 - a simulation, no secret
    by_kind: dict[Kind, list[Asked]] = {kind: [] for kind in KINDS}
    for each in pool:
        by_kind[each.truth].append(each)
    for all_of_kind in by_kind.values():
        chance.shuffle(all_of_kind)
    kinds = chance.choices(KINDS, shares, k=4 * count)
    chosen = (by_kind[kind].pop() for kind in kinds if by_kind[kind])
    return tuple(islice(chosen, count))


def _requests(notes: Iterable[TrainingNote]) -> list[ContactRequest]:
    return [
        ContactRequest(
            id=note.id,
            sender=Person(profile_url=f"https://network.example/in/{note.id}"),
            network="linkedin",
            note=note.text,
        )
        for note in notes
    ]


def first_kind(note: TrainingNote) -> Kind:
    """Return what a note mainly is: the kind of its file, else the first."""
    if note.file in note.kinds:
        return Kind(note.file)
    return min(note.kinds, key=KINDS.index)


def simulate(
    notes: Sequence[TrainingNote],
    folds: NDArray[np.int64],
    classifiers: Mapping[int, Classifier],
) -> list[Figures]:
    """Return what was measured of all members."""
    return [
        figures
        for member in simulated_members(notes, folds, classifiers)
        for figures in member.teach(CORRECTIONS)
    ]


def table(measured: Sequence[Figures]) -> str:
    """Return the figures as a table in Markdown."""
    heads = ["policy", "corrections", "asked", "unsure", "right of the sure"]
    heads += ["right of all", "Brier", "calibration error"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [_row(each.policy, each.corrections, each.judged) for each in measured]
    for corrections in CORRECTIONS:
        every = [each for each in measured if each.corrections == corrections]
        if not every:  # nobody had so much to correct
            continue
        together = [judged for each in every for judged in each.judged]
        name = f"**all {len(every)}**"
        lines.append(_row(name, corrections, together))
    return "\n".join(lines)


def _row(name: str, corrections: int, judged: Sequence[Judged]) -> str:
    said = statements(judged)
    of_all = sum(each.is_right for each in judged) / len(judged)
    return (
        f"| {name} | {corrections} | {len(judged)} | {unsure(judged).value:.1%}"
        f" | {right(judged).value:.1%} | {of_all:.1%} | {brier_score(said):.4f}"
        f" | {calibration_error(reliability(said)):.3f} |"
    )


def page(measured: Sequence[Figures]) -> str:
    """Return the page with the figures."""
    return f"{HEAD}\n{table(measured)}\n"


def main() -> int:
    """Simulate and write the page; return the exit status."""
    held_out = train_held_out()
    measured = simulate(held_out.notes, held_out.folds, held_out.classifiers)
    PAGE.write_text(page(measured), "utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
