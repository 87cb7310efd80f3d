"""Adds up what signals found in many requests, in columns; pure.

The same sums, in the same order, as ``screening.score``, so the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vorzimmer import solicitation_or_danger
from vorzimmer.classifier import Likeness
from vorzimmer.model import Kind
from vorzimmer.shares import PRIORS
from vorzimmer.signal import CAPS, Group, Signal

Column = NDArray[np.float64]

GROUPS = tuple(Group)
BOUNDS = {
    kind: {group: (-CAPS[group], CAPS[group] - PRIORS[kind]) for group in GROUPS}
    for kind in Kind
}
"""The least and the most that a group can add to a kind, in nats."""


class Sums:
    """Adds up points; made once for a screening."""

    def __init__(
        self,
        signals: Iterable[Signal],
        weights: Mapping[str, float],
        start: Mapping[Kind, float],
    ) -> None:
        """Take the signals and their weights.

        Args:
            signals: In their order.
            weights: Weights (nats) by signal name, in place of the default ones.
            start: The score of each kind where nothing was found.
        """
        places = tuple(enumerate(signals))
        self._weights = [weights.get(each.name, each.weight) for _, each in places]
        self._start = start
        self._of_either = {
            place: share * self._weights[place]
            for place, each in places
            if (share := solicitation_or_danger.share_of(each))
        }
        # Groups in their order, and the signals of each in theirs: as one by one.
        self._groups = [
            (kind, BOUNDS[kind][group], own)
            for kind in Kind
            for group in GROUPS
            if (own := _places_of(kind, group, places))
        ]

    def add_up(
        self, strengths: Mapping[int, Column], count: int
    ) -> tuple[dict[Kind, Column], dict[int, Column]]:
        """Return the scores of each kind, and the points of each signal, by its place.

        Args:
            strengths: How strongly signals hit, by place; see ``Roster.strengths``.
            count: Of how many requests.
        """
        scores = {kind: np.full(count, self._start[kind]) for kind in Kind}
        points: dict[int, Column] = {}
        for kind, (least, most), places in self._groups:
            own = {
                place: self._weights[place] * strengths[place]
                for place in places
                if place in strengths
            }
            total = np.zeros(count)
            for each in own.values():
                total += each
            capped = np.clip(total, least, most)
            scores[kind] += capped
            exceeds = capped != total
            if exceeds.any():
                share = capped[exceeds] / total[exceeds]
                for each in own.values():
                    each[exceeds] *= share
            points |= own
        return scores, points

    def of_either(
        self, likenesses: Sequence[Likeness | None], strengths: Mapping[int, Column]
    ) -> Column:
        """Return the scores of advertising or danger (``solicitation_or_danger``).

        Args:
            likenesses: What the text model says of each note.
            strengths: See ``add_up``.
        """
        by_words = solicitation_or_danger.by_words
        scores = np.array([by_words(each) for each in likenesses], np.float64)
        for place, weight in self._of_either.items():
            if place in strengths:
                scores += weight * strengths[place]
        return scores


def _places_of(
    kind: Kind, group: Group, signals: Sequence[tuple[int, Signal]]
) -> list[int]:
    return [at for at, each in signals if (each.kind, each.group) == (kind, group)]
