"""How likely a request is advertising or a danger, whichever of the two; pure.

Some notes are surely one of them while nobody can tell which, so neither kind is likely
by itself. Whoever sorts many requests by one number takes this one: all evidence counts
in full, no group is capped, so that no two requests tie at a cap.
"""

from __future__ import annotations

from collections.abc import Iterable

from vorzimmer.classifier import Likeness
from vorzimmer.scales import EITHER
from vorzimmer.shares import SHARES, log_odds
from vorzimmer.signal import Signal

KINDS = frozenset(EITHER)
_USUAL = log_odds(sum(SHARES[kind] for kind in EITHER))


def by_words(likeness: Likeness | None) -> float:
    """Return the log-odds, in nats, that the words of a note are of one of the two.

    The text model is asked that by itself, and by the kinds taken together.

    Args:
        likeness: What the text model says; ``None`` when it says nothing, so that only
            the shares of the kinds in an inbox count.
    """
    return likeness.either if likeness else _USUAL


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
