"""Trains the text model on our own notes, measures it, and writes its card.

One logistic regression a kind, and one for no kind, over hashed n-grams; their softmax
is calibrated. One more tells what is advertising or a danger from all else. What is
reported comes from five models, each asked about the scenarios that it has not seen;
what is shipped is trained on all. The same text gives the same model.
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
from vorzimmer.classifier import shipped_roles
from vorzimmer.kernels import ngrams
from vorzimmer.kernels.masking import role_table
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    COLUMNS,
    OF_WORDS,
    SIZE_OF_WORDS,
    STRENGTH_OF_WORDS,
)
from vorzimmer.scales import EITHER, Scale, Scales
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
# What speaks for danger or advertising, whichever it is: both columns take so much of
# what that regression found. By itself each column only learns what sets its own kind
# apart, from the other as well; so a note that was surely one of them fell between the
# two. Chosen by our own unseen notes (docs/experiments.md).
TOGETHER = 0.5
IS_EITHER = np.array([*(kind in EITHER for kind in KINDS), False])
LARGEST = 127  # a weight has one byte, with its sign
HEAD = "# Made by tools/train_classifier.py: make train\n"

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A model of all columns: ``offset + factor · sum / √size`` each.

    Attributes:
        weights: A row for each bucket, -127..127. Columns are the kinds and, last,
            ``EITHER``; weights of the kinds and of none add up to 0.
        factors: Of each column.
        offsets: Of each kind, of none, of ``EITHER``.
    """

    weights: NDArray[np.int8]
    factors: Floats
    offsets: Floats

    def score(self, counts: sparse.csr_matrix) -> Floats:
        """Return the scores of each note: of each kind, of none, of ``EITHER``."""
        sums = _levelled(counts) @ self.weights.astype(np.float64) * self.factors
        own, either = sums[:, :-1], sums[:, -1:]
        none = -own.sum(axis=1, keepdims=True)
        return np.hstack([own, none, either]) + self.offsets


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
    """Return n-grams divided by the root of the size of their note."""
    size = counts[:, :OF_WORDS].sum(axis=1) + SIZE_OF_WORDS * counts[:, OF_WORDS:].sum(
        axis=1
    )
    roots = np.sqrt(np.maximum(np.asarray(size).ravel(), 1))
    return (sparse.diags(1 / roots) @ counts).tocsr()


def fit(counts: sparse.csr_matrix, truth: Flags) -> Linear:
    """Return a model of all columns."""
    rows = counts.shape[0]
    having = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + rows) / (1 + having)) + 1) * (having >= FEWEST_NOTES)
    strength = (rarity / RARITY_UNIT) ** RARITY_POWER
    strength[OF_WORDS:] *= STRENGTH_OF_WORDS
    features = (_levelled(counts) @ sparse.diags(strength)).tocsr()
    features.eliminate_zeros()
    asked = np.hstack([truth, _of_either(truth)[:, None]])
    fitted = fit_columns(features, asked, looseness=LOOSENESS)
    share = np.eye(COLUMNS + 1)
    share[-1, :-1] = TOGETHER * IS_EITHER
    exact = fitted.weights @ share * strength[:, None]
    # A softmax only sees by how much scores differ, so none needs no column.
    exact[:, :COLUMNS] -= exact[:, :COLUMNS].mean(axis=1, keepdims=True)
    exact = np.delete(exact, COLUMNS - 1, axis=1)
    factors = np.abs(exact).max(axis=0) / LARGEST
    weights = np.rint(exact / factors).astype(np.int8)
    return Linear(weights, factors, fitted.offsets @ share)


def _of_either(truth: Flags) -> Flags:
    """Return which note is of one of ``EITHER``."""
    return np.asarray(truth[:, IS_EITHER].any(axis=1))


@cache
def fit_unseen(taught: Taught) -> tuple[list[Linear], Floats]:
    """Return a model for each side of the splits, and what it says of our notes there.

    Each has learned from all other sides.
    """
    scores = np.zeros((taught.ours, COLUMNS + 1))
    sides = []
    for fold in range(FOLDS):
        asked = taught.folds == fold
        model = fit(taught.counts[~asked], taught.truth[~asked])
        own = np.flatnonzero(asked[: taught.ours])
        scores[own] = model.score(taught.counts[own])
        sides.append(model)
        print(f"Fold {fold + 1} of {FOLDS} is done.", flush=True)
    return sides, scores


def calibrate(scores: Floats, truth: Flags) -> tuple[float, Floats]:
    """Return the slope and the offsets that make a softmax of scores mean chances.

    Source: Guo et al., On calibration of modern neural networks (2017), 4.2: vector
    scaling, with one slope for all.

    Args:
        scores: Of each note, for each kind and for none.
        truth: See ``truth_of``.
    """
    shares = _shares(truth)
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


def _shares(truth: Flags) -> Floats:
    """Return how much each note counts for each column.

    Kinds count alike, however many notes there are of each; a note of several kinds
    counts for each in part.
    """
    shares = truth / truth.sum(axis=1, keepdims=True)
    return np.asarray(shares / (shares.sum(axis=0) * truth.shape[1]))


def calibrate_either(
    scores: Floats, by_kinds: Floats, truth: Flags
) -> tuple[float, float, float]:
    """Return offset, slope and share that make log-odds of ``EITHER`` of two answers.

    Each answer alone is made log-odds first; their mean then is made log-odds.

    Args:
        scores: Of each note, for ``EITHER``.
        by_kinds: Its log-odds by the calibrated scores of all kinds.
        truth: See ``truth_of``.
    """
    shares = _shares(truth)
    weights = shares.sum(axis=1)
    said = shares[:, IS_EITHER].sum(axis=1)

    def straightened(answer: Floats) -> tuple[float, float]:
        def loss(found: Floats) -> tuple[float, Floats]:
            odds = found[0] + found[1] * answer
            wrong = weights / (1 + np.exp(-odds)) - said
            value = float((weights * np.logaddexp(0, odds) - said * odds).sum())
            return value, np.array([wrong.sum(), (wrong * answer).sum()])

        offset, slope = minimize(loss, [0.0, 1.0], jac=True, method="L-BFGS-B").x
        return float(offset), float(slope)

    first, steep = straightened(scores)
    offset, slope = straightened((first + steep * scores + by_kinds) / 2)
    return offset + slope * first / 2, slope * steep / 2, slope / 2


def chances_unseen(scores: Floats, truth: Flags, folds: NDArray[np.int64]) -> Floats:
    """Return how likely each column is, all equally common, by other folds' scale."""
    chances = np.zeros(truth.shape)
    for fold in range(FOLDS):
        asked = folds == fold
        slope, offsets = calibrate(scores[~asked, :COLUMNS], truth[~asked])
        rows = slope * scores[asked, :COLUMNS] + offsets
        rows = np.exp(rows - rows.max(axis=1, keepdims=True))
        chances[asked] = rows / rows.sum(axis=1, keepdims=True)
    return chances


def scales_of(model: Linear, scores: Floats, truth: Flags) -> Scales:
    """Return the scales of a model, calibrated on unseen scores."""
    slope, offsets = calibrate(scores[:, :COLUMNS], truth)
    told = slope * scores[:, :COLUMNS] + offsets
    by_kinds = np.logaddexp.reduce(told[:, IS_EITHER], axis=1)
    by_kinds -= np.logaddexp.reduce(told[:, ~IS_EITHER], axis=1)
    offset, steep, share = calibrate_either(scores[:, COLUMNS], by_kinds, truth)
    own = slope * model.offsets[:COLUMNS] + offsets
    return Scales(
        {
            kind: _scale(own[at], slope * model.factors[at])
            for at, kind in enumerate(KINDS)
        },
        none=round(float(own[-1]), 6),
        either=_scale(offset + steep * model.offsets[-1], steep * model.factors[-1]),
        share=round(share, 6),
    )


def _scale(offset: float, factor: float) -> Scale:
    return Scale(round(float(offset), 6), round(float(factor), 9))


def write_model(scales: Scales, weights: bytes) -> str:
    """Write the files of the package; return the digest of the weights."""
    own = {f"kinds.{kind.value}": each for kind, each in scales.kinds.items()}
    parts = [
        f"none = {scales.none:.6f}\nshare = {scales.share:.6f}\n",
        *(
            f"[{name}]\noffset = {scale.offset:.6f}\nfactor = {scale.factor:.9f}\n"
            for name, scale in {**own, "either": scales.either}.items()
        ),
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
    model = fit(taught.counts, taught.truth)
    digest = write_model(scales_of(model, scores, truth), model.weights.tobytes())
    card = write_card(taught.notes[ours], chances[:, : len(KINDS)], folds, digest)
    CARD.write_text(card, "utf-8")
    print(f"Written: {MODEL.relative_to(ROOT)} and {CARD.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
