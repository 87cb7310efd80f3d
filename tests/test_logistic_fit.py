"""The fit of the text model finds what a library finds, and the same each time."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from logistic_fit import fit_columns
from vorzimmer.kernels.plain_ngrams import COLUMNS

LOOSENESS = 2.0


def _made() -> tuple[sparse.csr_matrix, np.ndarray]:
    chance = np.random.default_rng(5)
    features = chance.random((120, 9)) * (chance.random((120, 9)) < 0.4)
    pulls = chance.normal(size=(9, COLUMNS))
    truth = features @ pulls + chance.normal(size=(120, COLUMNS)) > 0.3
    return sparse.csr_matrix(features), truth


def test_the_fit_is_that_of_liblinear() -> None:
    features, truth = _made()
    fitted = fit_columns(features, truth, looseness=LOOSENESS, passes=300)
    for at, column in enumerate(truth.T):
        model = LogisticRegression(
            C=LOOSENESS, class_weight="balanced", solver="liblinear", tol=1e-8
        ).fit(features, column)
        np.testing.assert_allclose(fitted.weights[:, at], model.coef_[0], atol=1e-3)
        np.testing.assert_allclose(fitted.offsets[at], model.intercept_[0], atol=1e-3)


def test_the_same_notes_give_the_same_weights() -> None:
    one, other = (fit_columns(*_made(), looseness=LOOSENESS) for _ in range(2))
    assert one.weights.tobytes() == other.weights.tobytes()
    assert one.offsets.tobytes() == other.offsets.tobytes()
