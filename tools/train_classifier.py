"""Trains the text model on our own notes, measures it, and writes its card.

One logistic regression a kind, and one for no kind, over hashed n-grams; their softmax
is calibrated. What is reported comes from five models, each asked about the scenarios
that it has not seen; what is shipped is trained on all. The same text gives the same
model.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from everyday_words import write_everyday_words
from logistic_fit import fit_columns
from model_card import write_card
from training_text import (
    FOLDS,
    KINDS,
    TrainingNote,
    compounds,
    fold_of,
    long_ones,
    read_notes,
    stories,
    with_gaps,
)
from vorzimmer.classifier import NO_KIND, Scale, shipped_roles
from vorzimmer.kernels import ngrams
from vorzimmer.kernels.masking import role_table
from vorzimmer.kernels.plain_ngrams import BUCKETS, COLUMNS, OF_WORDS
from vorzimmer.model import Kind
from vorzimmer.text import normalise

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "src" / "vorzimmer" / "model_data"
CARD = ROOT / "docs" / "reference" / "model-card.md"
# How little the weights are shrunk. Chosen like the n-grams themselves, by what holds
# on stories and on whole families of texts that were left out (docs/experiments.md).
LOOSENESS = 10.0
# An n-gram that one note alone has teaches nothing about others.
FEWEST_NOTES = 2
# Brings what is rare to about 1, which is what the looseness is for.
RARITY_UNIT = 5.0
RARITY_POWER = 1.5  # what nearly every note has, teaches little
# What speaks for danger or advertising, whichever it is: one more regression, of which
# both columns take so much. By itself each column only learns what sets its own kind
# apart, from the other as well; so a note that was surely one of them fell between the
# two. Chosen by our own unseen notes (docs/experiments.md).
BAD = (Kind.SOLICITATION, Kind.DANGER)
TOGETHER = 0.5
LARGEST = 127  # a weight has one byte, with its sign
HEAD = "# Made by tools/train_classifier.py: make train\n"

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Linear:
    """A model of one column: ``offset + factor · (b / √n + w / √m)``.

    Attributes:
        weights: For each bucket, -127..127.
    """

    weights: NDArray[np.int8]
    factor: float
    offset: float

    def score(self, counts: sparse.csr_matrix) -> Floats:
        """Return the score of each note."""
        sums = _levelled(counts) @ self.weights.astype(np.float64)
        return np.asarray(self.offset + self.factor * sums)


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """All that a model learns from: our notes, and what is made of them.

    Attributes:
        notes: Ours that are not blank first, then those that were made.
        ours: How many of them are ours; only these are measured with.
        truth: Which is of which kind (``truth_of``).
        folds: On which side of the splits each stands.
        counts: How often each n-gram counts in each.
    """

    notes: list[TrainingNote]
    ours: int
    truth: Flags
    folds: NDArray[np.int64]
    counts: sparse.csr_matrix


@cache
def take_up() -> Taught:
    """Read the training text."""
    # A blank note has nothing to read.
    ours = [note for note in read_notes() if note.text.strip()]
    notes = [*ours, *compounds(ours), *with_gaps(ours), *long_ones(ours)]
    return Taught(
        notes=notes,
        ours=len(ours),
        truth=truth_of(notes),
        folds=np.array([fold_of(story) for story in stories(notes)]),
        counts=count_ngrams(notes),
    )


def truth_of(notes: Sequence[TrainingNote]) -> Flags:
    """Return which note is of which kind; the last column is of no kind."""
    kinds = np.array([[kind in note.kinds for kind in KINDS] for note in notes])
    return np.hstack([kinds, ~kinds.any(axis=1, keepdims=True)])


def count_ngrams(notes: Sequence[TrainingNote]) -> sparse.csr_matrix:
    """Return how often each n-gram counts in each note."""
    lines = [normalise(note.text).encode() for note in notes]
    joined, starts = ngrams.joined(lines)
    found, starts = ngrams.gather(
        joined, starts, role_table(shipped_roles()), ngrams.store_for(starts)
    )
    counts = sparse.csr_matrix(
        (np.ones(len(found)), found.astype(np.int64), starts),
        shape=(len(lines), BUCKETS),
    )
    counts.sum_duplicates()
    return counts


def _levelled(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return n-grams divided by the root of how many there are of their sort."""
    parts = [counts[:, :OF_WORDS], counts[:, OF_WORDS:]]
    sizes = [np.maximum(np.asarray(part.sum(axis=1)).ravel(), 1) for part in parts]
    levelled = [
        sparse.diags(1 / np.sqrt(size)) @ part
        for size, part in zip(sizes, parts, strict=True)
    ]
    return sparse.hstack(levelled).tocsr()


def fit(counts: sparse.csr_matrix, truth: Flags) -> list[Linear]:
    """Return a model of each column."""
    rows = counts.shape[0]
    having = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + rows) / (1 + having)) + 1) * (having >= FEWEST_NOTES)
    rarity = (rarity / RARITY_UNIT) ** RARITY_POWER
    features = (_levelled(counts) @ sparse.diags(rarity)).tocsr()
    features.eliminate_zeros()
    bad = [KINDS.index(kind) for kind in BAD]
    is_bad = truth[:, bad].any(axis=1, keepdims=True)
    fitted = fit_columns(features, np.hstack([truth, is_bad]), looseness=LOOSENESS)
    share = np.eye(COLUMNS + 1, COLUMNS)
    share[-1, bad] = TOGETHER
    offsets = fitted.offsets @ share
    exact = fitted.weights @ share * rarity[:, None]
    factors = np.abs(exact).max(axis=0) / LARGEST
    return [
        Linear(np.rint(column / factor).astype(np.int8), float(factor), float(offset))
        for column, factor, offset in zip(exact.T, factors, offsets, strict=True)
    ]


@cache
def fit_unseen(taught: Taught) -> tuple[list[list[Linear]], Floats]:
    """Return a model for each side of the splits, and what it says of our notes there.

    Each has learned from all other sides.
    """
    scores = np.zeros((taught.ours, COLUMNS))
    sides = []
    for fold in range(FOLDS):
        asked = taught.folds == fold
        models = fit(taught.counts[~asked], taught.truth[~asked])
        own = np.flatnonzero(asked[: taught.ours])
        for at, model in enumerate(models):
            scores[own, at] = model.score(taught.counts[own])
        sides.append(models)
        print(f"Fold {fold + 1} of {FOLDS} is done.", flush=True)
    return sides, scores


def calibrate(scores: Floats, truth: Flags) -> tuple[float, Floats]:
    """Return the slope and the offsets that make a softmax of scores mean chances.

    Kinds count alike, however many notes there are of each; a note of several kinds
    counts for each in part.

    Source: Guo et al., On calibration of modern neural networks (2017), 4.2: vector
    scaling, with one slope for all.
    """
    shares = truth / truth.sum(axis=1, keepdims=True)
    shares /= shares.sum(axis=0) * truth.shape[1]
    weights = shares.sum(axis=1)

    def loss(found: Floats) -> tuple[float, Floats]:
        rows = found[0] * scores + found[1:]
        rows -= rows.max(axis=1, keepdims=True)
        total = np.log(np.exp(rows).sum(axis=1))
        wrong = np.exp(rows - total[:, None]) * weights[:, None] - shares
        slope = np.array([(wrong * scores).sum()])
        value = float((weights * total - (shares * rows).sum(axis=1)).sum())
        return value, np.concatenate([slope, wrong.sum(axis=0)])

    start = np.concatenate([[1.0], np.zeros(truth.shape[1])])
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return float(found[0]), np.asarray(found[1:])


def chances_unseen(scores: Floats, truth: Flags, folds: NDArray[np.int64]) -> Floats:
    """Return how likely each column is, all equally common, by other folds' scale."""
    chances = np.zeros(scores.shape)
    for fold in range(FOLDS):
        asked = folds == fold
        slope, offsets = calibrate(scores[~asked], truth[~asked])
        rows = slope * scores[asked] + offsets
        rows = np.exp(rows - rows.max(axis=1, keepdims=True))
        chances[asked] = rows / rows.sum(axis=1, keepdims=True)
    return chances


def join(
    models: Sequence[Linear], scores: Floats, truth: Flags
) -> tuple[list[Scale], bytes]:
    """Return the scales and weights of a classifier, calibrated on unseen scores."""
    weights = np.zeros((BUCKETS, COLUMNS), np.int8)
    slope, offsets = calibrate(scores, truth)
    scales = []
    for at, (kind, model) in enumerate(zip([*KINDS, None], models, strict=True)):
        weights[:, at] = model.weights
        scales.append(
            Scale(
                kind,
                offset=round(slope * model.offset + float(offsets[at]), 6),
                factor=round(slope * model.factor, 9),
            )
        )
    return scales, weights.tobytes()


def write_model(scales: Sequence[Scale], weights: bytes) -> str:
    """Write the files of the package; return the digest of the weights."""
    parts = [
        f'[[kind]]\nkind = "{scale.kind.value if scale.kind else NO_KIND}"\n'
        f"factor = {scale.factor:.9f}\noffset = {scale.offset:.6f}\n"
        for scale in scales
    ]
    (MODEL / "weights.zlib").write_bytes(zlib.compress(weights, 9))
    (MODEL / "model.toml").write_text("\n".join([HEAD, *parts]), "utf-8")
    return blake2b(weights, digest_size=8).hexdigest()


def main() -> int:
    """Train, measure, write; return the exit status."""
    write_everyday_words(read_notes())  # before anything is masked
    taught = take_up()
    ours = slice(taught.ours)
    truth, folds = taught.truth[ours], taught.folds[ours]
    _, scores = fit_unseen(taught)
    chances = chances_unseen(scores, truth, folds)
    models = fit(taught.counts, taught.truth)
    digest = write_model(*join(models, scores, truth))
    card = write_card(taught.notes[ours], chances[:, : len(KINDS)], folds, digest)
    CARD.write_text(card, "utf-8")
    print(f"Written: {MODEL.relative_to(ROOT)} and {CARD.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
