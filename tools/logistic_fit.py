"""Fits many logistic regressions to the same notes at once, in a few passes.

The sum that is made as small as possible is that of liblinear: half the square of the
weights, plus the weighed log-loss of each note. A note moves the weights of all columns
together, so the time goes into walking over the n-grams once, not once a column.

Source: Yu, Huang and Lin, Dual coordinate descent methods for logistic regression and
maximum entropy models (2011), algorithms 3 and 4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Small = NDArray[np.float32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

# After five passes nothing changes that a figure of the model card shows.
PASSES = 8
# Where the search begins, as a share of the most that a note may pull.
_START = 1e-3
_NEWTON_STEPS, _NEARLY = 20, 1e-3
# A pull never reaches its bounds, only comes near.
_EDGE = 1e-9


class Fitted(NamedTuple):
    """Weights of all columns.

    Attributes:
        weights: A row for each feature, a column for each regression.
        offsets: Of each regression.
    """

    weights: Floats
    offsets: Floats


def fit_columns(
    features: sparse.csr_matrix,
    truth: Flags,
    *,
    looseness: float,
    passes: int = PASSES,
) -> Fitted:
    """Return a logistic regression of each column of ``truth``.

    Both answers to a column count alike, however many notes give either. The same
    notes give the same weights, to the last bit.

    Args:
        features: A row for each note.
        truth: What each note is; a column for each regression.
        looseness: How little the weights are shrunk (liblinear's ``C``).
        passes: How often to go over all notes.
    """
    rows = truth.shape[0]
    yes = truth.sum(axis=0)
    most = looseness * np.where(truth, rows / (2 * yes), rows / (2 * (rows - yes)))
    signs = np.where(truth, 1.0, -1.0)
    # What many notes have lies side by side, so that most of it stays near.
    having = np.bincount(features.indices, minlength=features.shape[1])
    order = np.argsort(-having, kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order))
    sorted_features = sparse.csr_matrix(
        (features.data.astype(np.float32), place[features.indices], features.indptr),
        shape=features.shape,
    )
    # The offset is the weight of a feature that every note has.
    squares = np.asarray(features.multiply(features).sum(axis=1)).ravel() + 1
    pulls = _START * most
    weights = np.ascontiguousarray(
        sorted_features.T @ (signs * pulls).astype(np.float32)
    )
    offsets = (signs * pulls).sum(axis=0).astype(np.float32)
    chance = np.random.default_rng(0)
    for _ in range(passes):
        _pass_over(
            chance.permutation(rows),
            sorted_features.indptr.astype(np.int64),
            sorted_features.indices,
            sorted_features.data,
            squares,
            most,
            signs,
            pulls,
            weights,
            offsets,
        )
    return Fitted(weights[place].astype(np.float64), offsets.astype(np.float64))


@njit(error_model="numpy")
def _pass_over(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    order: Numbers,
    starts: Numbers,
    ids: NDArray[np.int32],
    values: Small,
    squares: Floats,
    most: Floats,
    signs: Floats,
    pulls: Floats,
    weights: Small,
    offsets: Small,
) -> None:
    columns = len(offsets)
    scores = np.empty(columns, np.float32)
    moved = np.empty(columns, np.float32)
    for row in order:
        scores[:] = offsets
        for at in range(starts[row], starts[row + 1]):
            for column in range(columns):
                scores[column] += values[at] * weights[ids[at], column]
        for column in range(columns):
            sign = signs[row, column]
            pull = _best_pull(
                pulls[row, column],
                most[row, column],
                sign * scores[column],
                squares[row],
            )
            moved[column] = sign * (pull - pulls[row, column])
            pulls[row, column] = pull
        for at in range(starts[row], starts[row + 1]):
            for column in range(columns):
                weights[ids[at], column] += values[at] * moved[column]
        for column in range(columns):
            offsets[column] += moved[column]


@njit(error_model="numpy")
def _best_pull(pull: float, most: float, score: float, square: float) -> float:
    """Return how strongly a note pulls at its weights, all others left as they are.

    By Newton's method, on the derivative ``ln(z / (most - z)) + score + square · (z -
    pull)``, whose root lies between 0 and ``most``.
    """
    found = pull
    for _ in range(_NEWTON_STEPS):
        slope = most / (found * (most - found)) + square
        value = np.log(found / (most - found)) + score + square * (found - pull)
        after = found - value / slope
        if after <= 0:
            after = found * 0.1
        elif after >= most:
            after = most - (most - found) * 0.1
        is_near = abs(after - found) < _NEARLY * min(after, most - after)
        found = after
        if is_near:
            break
    return min(max(found, _EDGE * most), most * (1 - _EDGE))
