"""What the sums of weights of a note say of each kind; pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vorzimmer.kernels.plain_ngrams import (
    COLUMNS,
    NOTE_SIZE,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    SUMS,
)
from vorzimmer.model import Kind
from vorzimmer.shares import SHARE_OF_NONE, SHARES, log_odds

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from vorzimmer.kernels.masking import Numbers

    Floats = NDArray[np.float64]

# Whichever of the two a note is of, has a column of its own: the last one.
EITHER = (Kind.SOLICITATION, Kind.DANGER)
# What a note must speak for a kind, in nats, to be worth saying: the odds double; and
# what counts as speaking with full strength.
_FEWEST_POINTS, _MOST_POINTS = 0.7, 6.0
_LEAST = 1e-150  # so that no logarithm is of nothing


class Scale(NamedTuple):
    """Makes a score of a sum of weights: ``offset + factor · sum / √size``.

    Attributes:
        offset: Score of a note whose weights add up to nothing.
        factor: Score of one weight.
    """

    offset: float
    factor: float


class Weighed(NamedTuple):
    """What many notes add up to, before anybody asks about one of them.

    Attributes:
        points: Of each note and kind (``classifier.Likeness.points``).
        strengths: The same, as strengths (``classifier.Likeness.strengths``).
        either: Of each note (``classifier.Likeness.either``).
        is_read: Whether any weight was found in it.
    """

    points: Floats
    strengths: Floats
    either: Floats
    is_read: NDArray[np.bool_]


class Scales:
    """Makes what is said of notes of their sums (``kernels.plain_ngrams.add_up``)."""

    def __init__(
        self, kinds: Mapping[Kind, Scale], *, none: float, either: Scale, share: float
    ) -> None:
        """Take the numbers of a trained model.

        Args:
            kinds: Of each kind, in the order of the columns. The softmax of the scores
                of all kinds and of none is how likely each is, were all equally common.
            none: Score of no kind where weights add up to nothing. The weights of all
                kinds and of none add up to 0, so those of none are what is missing.
            either: Of the last column, for ``EITHER``.
            share: What is added to that for each nat of the log-odds of ``EITHER`` by
                the scores of the kinds: it is asked both ways.
        """
        self.kinds = dict(kinds)
        self.none = none
        self.either = either
        self.share = share

    def weigh(self, sums: ArrayLike) -> Weighed:
        """Return what notes add up to, a row of ``sums`` each."""
        counted = np.asarray(sums, np.float64).reshape(-1, SUMS)
        roots = np.sqrt(np.maximum(counted[:, NOTE_SIZE], 1))
        pulls = self._factors * counted[:, :COLUMNS] / roots[:, None]
        own = pulls[:, :-1]
        none = self.none - own.sum(axis=1, keepdims=True)
        scores = np.hstack([own + self._offsets, none])
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        points = self._points(chances)
        speaks_for = counted[:, SPEAKS_FOR].astype(np.int64)
        speaks_against = counted[:, SPEAKS_AGAINST].astype(np.int64)
        return Weighed(
            points,
            _strengths(points, speaks_for, speaks_against),
            self._of_either(chances, pulls[:, -1]),
            np.any(counted[:, :COLUMNS] != 0, axis=1),
        )

    def _points(self, chances: Floats) -> Floats:
        """Return by how much each note raises the log-odds of each kind."""
        usual = chances * self._shares
        own = usual[:, :-1]
        rest = usual.sum(axis=1, keepdims=True) - own
        odds = np.maximum(own, _LEAST) / np.maximum(rest, _LEAST)
        return np.asarray(np.log(odds) - np.log(self._shares / (1 - self._shares))[:-1])

    def _of_either(self, chances: Floats, pulls: Floats) -> Floats:
        """Return the log-odds of ``EITHER``, over their share in an inbox."""
        own = self._is_either
        usual = log_odds(self._shares[own].sum()) - log_odds(own.mean())
        odds = np.maximum(chances[:, own].sum(axis=1), _LEAST) / np.maximum(
            chances[:, ~own].sum(axis=1), _LEAST
        )
        offset = self.either.offset + usual
        return np.asarray(offset + self.share * np.log(odds) + pulls)

    @cached_property
    def _factors(self) -> Floats:
        return np.array([each.factor for each in (*self.kinds.values(), self.either)])

    @cached_property
    def _offsets(self) -> Floats:
        return np.array([each.offset for each in self.kinds.values()])

    @cached_property
    def _shares(self) -> Floats:
        return np.array([*(SHARES[kind] for kind in self.kinds), SHARE_OF_NONE])

    @cached_property
    def _is_either(self) -> NDArray[np.bool_]:
        return np.array([*(kind in EITHER for kind in self.kinds), False])


def _strengths(points: Floats, speaks_for: Numbers, speaks_against: Numbers) -> Floats:
    """Return points as strengths; without words on their side, or few, they are 0."""
    speaks = np.where(points < 0, speaks_against[:, None], speaks_for[:, None])
    says = (speaks >> np.arange(points.shape[1])) & 1 & (abs(points) >= _FEWEST_POINTS)
    return np.where(says, np.clip(points / _MOST_POINTS, -1.0, 1.0), 0.0)
