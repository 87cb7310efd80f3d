"""What the sums of weights of a note say of each kind; pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vorzimmer.kernels.plain_counting import COUNTED, SIZE, SUM
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


class Asked(NamedTuple):
    """Makes log-odds of ``EITHER`` of two answers: ``Scale``, and that by the kinds.

    Attributes:
        offset: Log-odds of a note of which neither answer says anything.
        factor: Log-odds of one weight.
        share: Log-odds for each nat of the log-odds of ``EITHER`` by the scores of the
            kinds.
    """

    offset: float
    factor: float
    share: float


class Weighed(NamedTuple):
    """What many notes add up to, before anybody asks about one of them.

    Attributes:
        points: Of each note and kind (``classifier.Likeness.points``).
        strengths: The same, as strengths (``classifier.Likeness.strengths``).
        either: Of each note (``classifier.Likeness.either``).
        is_read: Whether any weight was found in it.
        spans: Where the words stand that its strengths rest on, see
            ``classifier.Likeness.spans``; ``None`` where nobody will ask.
    """

    points: Floats
    strengths: Floats
    either: Floats
    is_read: NDArray[np.bool_]
    spans: Numbers | None = None


class Scales:
    """Makes what is said of notes of their sums (``kernels.plain_ngrams.add_up``)."""

    def __init__(
        self,
        kinds: Mapping[Kind, Scale],
        *,
        none: float,
        either: Asked,
        either_if_long: Asked,
    ) -> None:
        """Take the numbers of a trained model.

        Args:
            kinds: Of each kind, in the order of the columns. The softmax of the scores
                of all kinds and of none is how likely each is, were all equally common.
            none: Score of no kind where weights add up to nothing. The weights of all
                kinds and of none add up to 0, so those of none are what is missing.
            either: Of the last column, for ``EITHER``, which is asked both ways.
            either_if_long: The same of a long note, whose n-grams are counted
                (``kernels.plain_counting``).
        """
        self.kinds = dict(kinds)
        self.none = none
        self.either = either
        self.either_if_long = either_if_long

    def weigh(self, sums: ArrayLike, counted: ArrayLike) -> Weighed:
        """Return what notes add up to.

        Args:
            sums: A row for each (``kernels.plain_ngrams.add_up``).
            counted: A row for each (``kernels.plain_counting.count_up``).
        """
        often = np.asarray(counted, np.float64).reshape(-1, COUNTED)
        counted = np.asarray(sums, np.float64).reshape(-1, SUMS)
        roots = np.sqrt(np.maximum(counted[:, NOTE_SIZE], 1))
        shares = counted[:, :COLUMNS] / roots[:, None]
        own = self._factors * shares[:, :-1]
        none = self.none - own.sum(axis=1, keepdims=True)
        scores = np.hstack([own + self._offsets, none])
        # Column by column takes a fifth of the time of ``max(axis=1)``.
        most = reduce(np.maximum, scores.T)
        chances = np.exp(scores - most[:, None])
        points = self._points(chances)
        speaks_for = counted[:, SPEAKS_FOR].astype(np.int64)
        speaks_against = counted[:, SPEAKS_AGAINST].astype(np.int64)
        return Weighed(
            points,
            _strengths(points, speaks_for, speaks_against),
            self._of_either(chances, shares[:, -1], often),
            reduce(np.logical_or, counted[:, :COLUMNS].T != 0),
        )

    def _points(self, chances: Floats) -> Floats:
        """Return by how much each note raises the log-odds of each kind."""
        usual = chances * self._shares
        own = usual[:, :-1]
        rest = usual.sum(axis=1, keepdims=True) - own
        odds = np.maximum(own, _LEAST) / np.maximum(rest, _LEAST)
        return np.asarray(np.log(odds) - np.log(self._shares / (1 - self._shares))[:-1])

    def _of_either(self, chances: Floats, shares: Floats, often: Floats) -> Floats:
        """Return the log-odds of ``EITHER``, over their share in an inbox.

        Args:
            chances: Of each kind and of none.
            shares: Sums of the last column, over the roots of the sizes.
            often: The same sums and sizes of long notes, where n-grams are counted.
        """
        own = self._is_either
        usual = log_odds(self._shares[own].sum()) - log_odds(own.mean())
        odds = np.maximum(chances[:, own].sum(axis=1), _LEAST) / np.maximum(
            chances[:, ~own].sum(axis=1), _LEAST
        )
        by_kinds = np.log(odds)
        short, long = (
            asked.offset + usual + asked.share * by_kinds + asked.factor * own
            for asked, own in (
                (self.either, shares),
                (
                    self.either_if_long,
                    often[:, SUM] / np.sqrt(np.maximum(often[:, SIZE], 1)),
                ),
            )
        )
        return np.asarray(np.where(often[:, SIZE] > 0, long, short))

    @cached_property
    def _factors(self) -> Floats:
        return np.array([each.factor for each in self.kinds.values()])

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
