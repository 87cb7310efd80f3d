"""Screens our own notes with models that have not seen the stories that they tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from train_classifier import fit_unseen, scales_of, take_up
from training_text import TrainingNote
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.classifier import Classifier, shipped_roles
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.model import ContactRequest, Member
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening
from vorzimmer.signals import all_signals


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Our notes, and for each side of the splits a model that has not seen it.

    Attributes:
        notes: All that are not blank.
        folds: On which side each stands.
        classifiers: By side: trained and calibrated on all others.
    """

    notes: list[TrainingNote]
    folds: NDArray[np.int64]
    classifiers: dict[int, Classifier]


@cache
def train_held_out() -> HeldOut:
    """Train one model for each side of the splits."""
    taught = take_up()
    ours = slice(taught.ours)
    truth, folds = taught.truth[ours], taught.folds[ours]
    sides, scores = fit_unseen(taught)
    classifiers = {}
    for fold, model in enumerate(sides):
        rest = folds != fold
        scales = scales_of(model, scores[rest], truth[rest])
        classifiers[fold] = Classifier(scales, model.weights, shipped_roles())
    return HeldOut(taught.notes[ours], folds, classifiers)


def screen_held_out(held_out: HeldOut) -> Iterator[tuple[TrainingNote, Screened]]:
    """Yield each of our notes as screened by who has not met its story.

    A note is judged as a request of a sender of whom nothing is known.
    """
    for fold, classifier in held_out.classifiers.items():
        screening = _screening(classifier)
        asked = [held_out.notes[at] for at in np.flatnonzero(held_out.folds == fold)]
        yield from zip(asked, screening.screen(requests_of(asked)), strict=True)


def requests_of(notes: list[TrainingNote]) -> list[ContactRequest]:
    """Return notes as requests of unknown senders."""
    return [ContactRequest(id=note.id, note=note.text) for note in notes]


def _screening(classifier: Classifier) -> Screening:
    member = Member()
    return Screening(
        signals=all_signals(),
        member=member,
        acquaintance=Acquaintance((), member),
        book=shipped_phrasebook(),
        classifier=classifier,
    )
