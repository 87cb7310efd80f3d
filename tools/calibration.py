"""Makes chances of the scores of a model, by what it says of notes it has not seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from training_text import KINDS
from vorzimmer.scales import EITHER

IS_EITHER = np.array([*(kind in EITHER for kind in KINDS), False])

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


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
