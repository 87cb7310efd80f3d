"""Trains the text model on our own notes, measures it, and writes its card.

One logistic regression a kind over hashed n-grams. What is reported comes from five
models, each asked about the scenarios that it has not seen; what is shipped is trained
on all. The same text gives the same model.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from model_card import write_card
from training_text import FOLDS, KINDS, TrainingNote, fold_of, read_notes, stories
from vorzimmer.classifier import Scale, shipped_roles
from vorzimmer.kernels import ngrams
from vorzimmer.kernels.masking import role_table
from vorzimmer.kernels.plain_ngrams import BUCKETS, COLUMNS, OF_WORDS
from vorzimmer.text import normalise

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "src" / "vorzimmer" / "model_data"
CARD = ROOT / "docs" / "reference" / "model-card.md"
# How much a word counts beside an n-gram of bytes, and how little the weights are
# shrunk. Chosen by the mean average precision over the five folds, of 40 settings.
WORDS_COUNT = 2.0
LOOSENESS = 10.0
# An n-gram that one note alone has teaches nothing about others.
FEWEST_NOTES = 2
# Brings lengths of notes to about 1, which is what the looseness is for.
LENGTH_UNIT = 3.0
LARGEST = 127  # a weight has one byte, with its sign
HEAD = "# Made by tools/train_classifier.py: make train\n"

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Linear:
    """A model of one kind: ``offset + factor · Σ weight / √n``.

    Attributes:
        weights: For each bucket, -127..127.
    """

    weights: NDArray[np.int8]
    factor: float
    offset: float

    def score(self, counts: sparse.csr_matrix) -> Floats:
        """Return the log-odds of each note, with kinds taken to be equally common."""
        sums = counts @ self.weights.astype(np.float64)
        return np.asarray(self.offset + self.factor * sums / _roots(counts))


def count_ngrams(notes: Sequence[TrainingNote]) -> sparse.csr_matrix:
    """Return how often each bucket occurs in each note."""
    lines = [normalise(note.text).encode() for note in notes]
    found, starts = ngrams.gather(*ngrams.joined(lines), role_table(shipped_roles()))
    counts = sparse.csr_matrix(
        (np.ones(len(found)), found.astype(np.int64), starts),
        shape=(len(lines), BUCKETS),
    )
    counts.sum_duplicates()
    return counts


def _roots(counts: sparse.csr_matrix) -> Floats:
    sizes: Floats = np.asarray(counts.sum(axis=1)).ravel()
    return np.asarray(np.sqrt(np.maximum(sizes, 1.0)))


def fit(counts: sparse.csr_matrix, truth: Flags) -> list[Linear]:
    """Return a model of each kind."""
    rows = counts.shape[0]
    having = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + rows) / (1 + having)) + 1) * (having >= FEWEST_NOTES)
    rarity[OF_WORDS:] *= WORDS_COUNT
    lengths = sparse.diags(1 / (LENGTH_UNIT * _roots(counts)))
    features = (lengths @ counts @ sparse.diags(rarity)).tocsr()
    return [_fit_kind(features, rarity, column) for column in truth.T]


def _fit_kind(features: sparse.csr_matrix, rarity: Floats, truth: Flags) -> Linear:
    model = LogisticRegression(
        C=LOOSENESS,
        class_weight="balanced",
        solver="liblinear",
        tol=1e-3,
        random_state=0,
    ).fit(features, truth)
    exact = model.coef_[0] * rarity / LENGTH_UNIT
    factor = float(np.abs(exact).max()) / LARGEST
    return Linear(
        np.rint(exact / factor).astype(np.int8), factor, float(model.intercept_[0])
    )


def scores_unseen(
    counts: sparse.csr_matrix, truth: Flags, folds: NDArray[np.int64]
) -> Floats:
    """Return scores of each note by the model that has not seen its scenario."""
    scores = np.zeros(truth.shape)
    for fold in range(FOLDS):
        asked = folds == fold
        models = fit(counts[~asked], truth[~asked])
        for at, model in enumerate(models):
            scores[asked, at] = model.score(counts[asked])
        print(f"Fold {fold + 1} of {FOLDS} is done.")
    return scores


def calibrate(scores: Floats, truth: Flags) -> tuple[float, float]:
    """Return slope and offset that make log-odds of scores.

    Source: Platt, Probabilistic outputs for support vector machines (1999).
    """
    unit = float(scores.std())
    model = LogisticRegression(C=1e4).fit(scores[:, None] / unit, truth)
    return float(model.coef_[0, 0]) / unit, float(model.intercept_[0])


def probabilities_unseen(
    scores: Floats, truth: Flags, folds: NDArray[np.int64]
) -> Floats:
    """Return probabilities, calibrated on the other folds."""
    log_odds = np.zeros(scores.shape)
    for fold in range(FOLDS):
        asked = folds == fold
        for at in range(scores.shape[1]):
            slope, offset = calibrate(scores[~asked, at], truth[~asked, at])
            log_odds[asked, at] = slope * scores[asked, at] + offset
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def join(
    models: Sequence[Linear], scores: Floats, truth: Flags
) -> tuple[list[Scale], bytes]:
    """Return the scales and weights of a classifier, calibrated on unseen scores."""
    weights = np.zeros((BUCKETS, COLUMNS), np.int8)
    scales = []
    for at, (kind, model) in enumerate(zip(KINDS, models, strict=True)):
        weights[:, at] = model.weights
        slope, offset = calibrate(scores[:, at], truth[:, at])
        share = float(truth[:, at].mean())
        usual = float(np.log(share / (1 - share)))
        scales.append(
            Scale(
                kind,
                offset=round(slope * model.offset + offset - usual, 6),
                factor=round(slope * model.factor, 9),
                share=round(share, 6),
            )
        )
    return scales, weights.tobytes()


def write_model(scales: Sequence[Scale], weights: bytes) -> str:
    """Write the files of the package; return the digest of the weights."""
    parts = [
        f'[[kind]]\nkind = "{scale.kind.value}"\nshare = {scale.share:.6f}\n'
        f"factor = {scale.factor:.9f}\noffset = {scale.offset:.6f}\n"
        for scale in scales
    ]
    (MODEL / "weights.zlib").write_bytes(zlib.compress(weights, 9))
    (MODEL / "model.toml").write_text("\n".join([HEAD, *parts]), "utf-8")
    return blake2b(weights, digest_size=8).hexdigest()


def main() -> int:
    """Train, measure, write; return the exit status."""
    # A blank note has nothing to read.
    notes = [note for note in read_notes() if note.text.strip()]
    truth = np.array([[kind in note.kinds for kind in KINDS] for note in notes])
    folds = np.array([fold_of(story) for story in stories(notes)])
    counts = count_ngrams(notes)
    scores = scores_unseen(counts, truth, folds)
    probabilities = probabilities_unseen(scores, truth, folds)
    models = fit(counts, truth)
    digest = write_model(*join(models, scores, truth))
    CARD.write_text(write_card(notes, probabilities, folds, digest), "utf-8")
    print(f"Written: {MODEL.relative_to(ROOT)} and {CARD.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
