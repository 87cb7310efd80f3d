"""How likely a request is advertising or a danger, whichever of the two; pure.

Some notes are surely one of them while nobody can tell which, so neither kind is likely
by itself. Whoever sorts many requests by one number takes this one: no group of
evidence is capped, so that no two requests tie at a cap. What signals find in a note's
words counts half, since the text model has read the same words.
"""

from __future__ import annotations

from collections.abc import Iterable

from vorzimmer.classifier import Likeness
from vorzimmer.scales import EITHER
from vorzimmer.shares import SHARES, log_odds
from vorzimmer.signal import Group, Signal

KINDS = frozenset(EITHER)
# Fitted on our own notes by models that had not met their stories: .45 by the log-loss,
# .5 by the area under the curve (docs/experiments.md). A half also leaves sums exact.
_SHARE_OF_WORDINGS = 0.5
_USUAL = log_odds(sum(SHARES[kind] for kind in EITHER))


def by_words(likeness: Likeness | None) -> float:
    """Return the log-odds, in nats, that the words of a note are of one of the two.

    The text model is asked that by itself, and by the kinds taken together.

    Args:
        likeness: What the text model says, of a note in whichever language; ``None``
            when it says nothing, so that only the shares of the kinds in an inbox
            count.
    """
    return likeness.either if likeness else _USUAL


def share_of(signal: Signal) -> float:
    """Return how much of a signal's points is added to what the words say."""
    if signal.kind not in KINDS or signal.takes is not None:
        return 0.0
    return _SHARE_OF_WORDINGS if signal.group is Group.NOTE else 1.0


def score(likeness: Likeness | None, points: Iterable[float]) -> float:
    """Return the log-odds, in nats, of advertising or danger, whichever of the two.

    Args:
        likeness: What the text model says of the note.
        points: Shares (``share_of``) of the points of all signals, in their order.
    """
    total = by_words(likeness)
    for each in points:  # sum() rounds otherwise from Python 3.12 on
        total += each
    return total
