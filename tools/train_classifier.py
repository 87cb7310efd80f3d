"""Trains the text model on our own notes, measures it, and writes its card.

One logistic regression a kind, and one for no kind, over hashed n-grams; their softmax
is calibrated. One more tells what is advertising or a danger from all else, and one the
same of long notes, where n-grams count by how often they occur. What is
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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from calibration import IS_EITHER, calibrate, calibrate_either
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
from vorzimmer.classifier import FILES, Weights, shipped_roles
from vorzimmer.kernels import counting, masking, ngrams
from vorzimmer.kernels.plain_counting import COUNTS_AS, ONCE
from vorzimmer.kernels.plain_ngrams import (
    BUCKETS,
    COLUMNS,
    OF_WORDS,
    SIZE_OF_WORDS,
    STRENGTH_OF_WORDS,
)
from vorzimmer.kernels.store import Store
from vorzimmer.scales import Asked, Scale, Scales
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
class Single:
    """A model of one column, for long notes: ``offset + factor · sum / √size``.

    Attributes:
        weights: One for each bucket, -127..127.
        factor: Score of one weight.
        offset: Score of a note whose weights add up to nothing.
    """

    weights: NDArray[np.int8]
    factor: float
    offset: float

    def score(self, counts: sparse.csr_matrix) -> Floats:
        """Return the score of each note."""
        sums = _levelled(counts, power=2) @ self.weights.astype(np.float64)
        return np.asarray(self.offset + self.factor * sums)


class Trained(NamedTuple):
    """All that reads notes.

    Attributes:
        all_columns: Reads all notes.
        of_long: Reads long ones once more.
    """

    all_columns: Linear
    of_long: Single

    @property
    def weights(self) -> Weights:
        """Those of both."""
        return Weights(
            self.all_columns.weights.tobytes(), self.of_long.weights.tobytes()
        )


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """All that a model learns from: our notes, and what is made of them.

    Attributes:
        notes: Ours that are not blank first, then those that were made.
        ours: How many of them are ours; only these are measured with.
        truth: Which is of which kind (``truth_of``).
        folds: On which side of the splits each stands.
        counts: How often each n-gram counts in each.
        often: The same with n-grams counted by how often they occur.
    """

    notes: list[TrainingNote]
    ours: int
    truth: Flags
    folds: NDArray[np.int64]
    counts: sparse.csr_matrix
    often: sparse.csr_matrix

    def fit(self, asked: Flags | slice) -> Trained:
        """Return what some of the notes teach."""
        truth = self.truth[asked]
        return Trained(
            fit(self.counts[asked], truth), fit_long(self.often[asked], truth)
        )


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
        often=count_often(notes),
    )


def truth_of(notes: Sequence[TrainingNote]) -> Flags:
    """Return which note is of which kind; the last column is of no kind."""
    kinds = np.array([[kind in note.kinds for kind in KINDS] for note in notes])
    return np.hstack([kinds, ~kinds.any(axis=1, keepdims=True)])


def count_ngrams(notes: Sequence[TrainingNote]) -> sparse.csr_matrix:
    """Return how often each n-gram counts in each note."""
    joined, starts, table, store = _in_columns(notes)
    found, starts = ngrams.gather(joined, starts, table, store)
    counts = sparse.csr_matrix(
        (np.ones(len(found)), found.astype(np.int64), starts),
        shape=(len(notes), BUCKETS),
    )
    counts.sum_duplicates()
    return counts


def count_often(notes: Sequence[TrainingNote]) -> sparse.csr_matrix:
    """Return the same where an n-gram counts by how often it occurs."""
    found, times, starts = counting.gather_counted(*_in_columns(notes))
    counts_as = np.array(COUNTS_AS) / ONCE
    return sparse.csr_matrix(
        (
            counts_as[np.minimum(times, len(COUNTS_AS) - 1)],
            found.astype(np.int64),
            starts,
        ),
        shape=(len(notes), BUCKETS),
    )


def _in_columns(
    notes: Sequence[TrainingNote],
) -> tuple[masking.Bytes, masking.Numbers, masking.RoleTable, Store]:
    lines = [normalise(note.text).encode() for note in notes]
    joined, starts = ngrams.joined(lines)
    table = masking.role_table(shipped_roles())
    return joined, starts, table, ngrams.store_for(starts)


def _levelled(counts: sparse.csr_matrix, power: int = 1) -> sparse.csr_matrix:
    """Return n-grams divided by the root of the size of their note.

    Args:
        counts: How much each n-gram counts in each note.
        power: To which it counts for the size.
    """
    sizes = counts.power(power)
    size = sizes[:, :OF_WORDS].sum(axis=1) + SIZE_OF_WORDS * sizes[:, OF_WORDS:].sum(
        axis=1
    )
    roots = np.sqrt(np.maximum(np.asarray(size).ravel(), 1))
    return (sparse.diags(1 / roots) @ counts).tocsr()


def _strengths(counts: sparse.csr_matrix) -> Floats:
    """Return how strongly each n-gram is learned: what is rare, more."""
    having = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.log((1 + counts.shape[0]) / (1 + having)) + 1
    strength = (rarity * (having >= FEWEST_NOTES) / RARITY_UNIT) ** RARITY_POWER
    strength[OF_WORDS:] *= STRENGTH_OF_WORDS
    return np.asarray(strength)


def _features(levelled: sparse.csr_matrix, strength: Floats) -> sparse.csr_matrix:
    features = (levelled @ sparse.diags(strength)).tocsr()
    features.eliminate_zeros()
    return features


def fit_long(often: sparse.csr_matrix, truth: Flags) -> Single:
    """Return a model of ``EITHER``, for long notes; it learns from all."""
    strength = _strengths(often)
    fitted = fit_columns(
        _features(_levelled(often, power=2), strength),
        _of_either(truth)[:, None],
        looseness=LOOSENESS,
    )
    exact = fitted.weights[:, 0] * strength
    factor = float(np.abs(exact).max()) / LARGEST
    weights = np.rint(exact / factor).astype(np.int8)
    return Single(weights, factor, float(fitted.offsets[0]))


def fit(counts: sparse.csr_matrix, truth: Flags) -> Linear:
    """Return a model of all columns."""
    strength = _strengths(counts)
    features = _features(_levelled(counts), strength)
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
def fit_unseen(taught: Taught) -> tuple[list[Trained], Floats]:
    """Return a model for each side of the splits, and what it says of our notes there.

    Each has learned from all other sides. The last column is what it says of ``EITHER``
    where n-grams are counted.
    """
    scores = np.zeros((taught.ours, COLUMNS + 2))
    sides = []
    for fold in range(FOLDS):
        asked = taught.folds == fold
        model = taught.fit(~asked)
        own = np.flatnonzero(asked[: taught.ours])
        scores[own, :-1] = model.all_columns.score(taught.counts[own])
        scores[own, -1] = model.of_long.score(taught.often[own])
        sides.append(model)
        print(f"Fold {fold + 1} of {FOLDS} is done.", flush=True)
    return sides, scores


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


def scales_of(trained: Trained, scores: Floats, truth: Flags) -> Scales:
    """Return the scales of a model, calibrated on unseen scores."""
    model, of_long = trained
    slope, offsets = calibrate(scores[:, :COLUMNS], truth)
    told = slope * scores[:, :COLUMNS] + offsets
    by_kinds = np.logaddexp.reduce(told[:, IS_EITHER], axis=1)
    by_kinds -= np.logaddexp.reduce(told[:, ~IS_EITHER], axis=1)
    either = calibrate_either(scores[:, COLUMNS], by_kinds, truth)
    if_long = calibrate_either(scores[:, COLUMNS + 1], by_kinds, truth)
    own = slope * model.offsets[:COLUMNS] + offsets
    return Scales(
        {
            kind: _scale(own[at], slope * model.factors[at])
            for at, kind in enumerate(KINDS)
        },
        none=round(float(own[-1]), 6),
        either=_asked(either, model.offsets[-1], model.factors[-1]),
        either_if_long=_asked(if_long, of_long.offset, of_long.factor),
    )


def _asked(
    calibrated: tuple[float, float, float], offset: float, factor: float
) -> Asked:
    """Return what ``calibrate_either`` found, for sums in place of scores."""
    own, steep, share = calibrated
    return Asked(*_scale(own + steep * offset, steep * factor), round(share, 6))


def _scale(offset: float, factor: float) -> Scale:
    return Scale(round(float(offset), 6), round(float(factor), 9))


def write_model(scales: Scales, weights: Weights) -> str:
    """Write the files of the package; return the digest of the weights."""
    tables: dict[str, Scale | Asked] = {
        f"kinds.{kind.value}": each for kind, each in scales.kinds.items()
    }
    tables |= {"either": scales.either, "either_if_long": scales.either_if_long}
    parts = [HEAD, f"none = {scales.none:.6f}\n"]
    for name, table in tables.items():
        numbers = [f"{key} = {value:.9f}" for key, value in table._asdict().items()]
        parts.append("\n".join([f"[{name}]", *numbers, ""]))
    for name, own in zip(FILES, weights, strict=True):
        (MODEL / name).write_bytes(zlib.compress(own, 9))
    (MODEL / "model.toml").write_text("\n".join(parts), "utf-8")
    return blake2b(b"".join(weights), digest_size=8).hexdigest()


def main() -> int:
    """Train, measure, write; return the exit status."""
    write_everyday_words(read_notes())  # before anything is masked
    taught = take_up()
    ours = slice(taught.ours)
    truth, folds = taught.truth[ours], taught.folds[ours]
    _, scores = fit_unseen(taught)
    chances = chances_unseen(scores, truth, folds)
    trained = taught.fit(slice(None))
    digest = write_model(scales_of(trained, scores, truth), trained.weights)
    card = write_card(taught.notes[ours], chances[:, : len(KINDS)], folds, digest)
    CARD.write_text(card, "utf-8")
    print(f"Written: {MODEL.relative_to(ROOT)} and {CARD.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
