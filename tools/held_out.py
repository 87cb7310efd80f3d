"""Screens our own notes with models that have not seen the stories that they tell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from train_classifier import count_ngrams, fit, join, scores_unseen
from training_text import FOLDS, KINDS, TrainingNote, fold_of, read_notes, stories
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.classifier import Classifier, shipped_roles
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.model import ContactRequest, Member
from vorzimmer.screening import Screened, Screening
from vorzimmer.signals import all_signals


def screen_held_out() -> Iterator[tuple[TrainingNote, Screened]]:
    """Yield each of our notes as screened by who has not met its story.

    A note is judged as a request of a sender of whom nothing is known.
    """
    notes = [note for note in read_notes() if note.text.strip()]
    truth = np.array([[kind in note.kinds for kind in KINDS] for note in notes])
    folds = np.array([fold_of(story) for story in stories(notes)])
    counts = count_ngrams(notes)
    scores = scores_unseen(counts, truth, folds)
    for fold in range(FOLDS):
        rest = folds != fold
        models = fit(counts[rest], truth[rest])
        scales, weights = join(models, scores[rest], truth[rest])
        screening = _screening(Classifier(scales, weights, shipped_roles()))
        asked = [notes[at] for at in np.flatnonzero(folds == fold)]
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
