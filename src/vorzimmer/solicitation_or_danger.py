"""How likely a request is advertising or a danger, whichever of the two; pure.

Some notes are surely one of them while nobody can tell which, so neither kind is likely
by itself. Whoever sorts many requests by one number takes this one: all evidence counts
in full, no group is capped, so that no two requests tie at a cap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log, log1p

from vorzimmer.classifier import Likeness
from vorzimmer.model import Kind
from vorzimmer.shares import SHARES
from vorzimmer.signal import Signal

KINDS = frozenset({Kind.SOLICITATION, Kind.DANGER})
_ODDS = [(kind, SHARES[kind] / (1 - SHARES[kind])) for kind in sorted(KINDS)]
_NO_POINTS: Mapping[Kind, float] = {}
# So that no logarithm is of nothing.
_LEAST, _MOST = 2.0**-53, 1 - 2.0**-53


def by_words(likeness: Likeness | None) -> float:
    """Return the log-odds, in nats, that the words of a note are of one of the two.

    The text model shares one whole out among the kinds, so their chances add up.

    Args:
        likeness: What the text model says; ``None`` when it says nothing, so that only
            the shares of the kinds in an inbox count.
    """
    points = likeness.points if likeness else _NO_POINTS
    chance = 0.0
    for kind, usual in _ODDS:
        odds = exp(points.get(kind, 0.0)) * usual
        chance += odds / (1 + odds)
    chance = min(max(chance, _LEAST), _MOST)
    return log(chance) - log1p(-chance)


def counts(signal: Signal) -> bool:
    """Return whether the points of a signal are added to what the words say."""
    return signal.kind in KINDS and signal.takes is None


def score(likeness: Likeness | None, points: Iterable[float]) -> float:
    """Return the log-odds, in nats, of advertising or danger, whichever of the two.

    Args:
        likeness: What the text model says of the note.
        points: Those of all signals that count, in their order.
    """
    total = by_words(likeness)
    for each in points:  # sum() rounds otherwise from Python 3.12 on
        total += each
    return total
