"""Which signals have to be asked about a request; the others would stay silent; pure.

Most signals can speak only when something was found before: a family of phrases, a
link, a tie. They say so (``Signal.wakes``), so that a request costs a dozen calls
instead of a hundred. Tests compare with asking all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from vorzimmer.model import TieKind
from vorzimmer.signal import Context, Signal

MENTION, DOUBLE, HABIT, REPEAT = "mention", "double", "habit", "repeat"
TIES: dict[TieKind, str] = {kind: f"tie:{kind.value}" for kind in TieKind}
# Every mixture of findings has a list of its own; there are a few hundred of them.
_MOST_KEPT = 10_000


class Roster:
    """The signals of a screening, by what wakes them.

    Attributes:
        always: Those that are asked about every request.
    """

    def __init__(self, signals: Iterable[Signal]) -> None:
        """Take all signals; they are asked in this order."""
        self._signals = tuple(signals)
        self._awake: dict[tuple[str, ...], tuple[Signal, ...]] = {}
        self._woken: dict[tuple[str, ...], tuple[Signal, ...]] = {}
        self.always = tuple(each for each in self._signals if not each.wakes)

    def awake(self, context: Context) -> tuple[Signal, ...]:
        """Return the signals that may have something to say, in their order."""
        found = found_in(context)
        awake = self._awake.get(found)
        if awake is None:
            names = frozenset(found)
            awake = tuple(
                each
                for each in self._signals
                if not each.wakes or not names.isdisjoint(each.wakes)
            )
            if len(self._awake) >= _MOST_KEPT:
                self._awake.clear()
                self._woken.clear()
            self._awake[found] = awake
            self._woken[found] = tuple(each for each in awake if each.wakes)
        return awake

    def woken(self, context: Context) -> tuple[Signal, ...]:
        """Return those of them that something woke; the others are ``always``."""
        found = found_in(context)
        if found not in self._woken:
            self.awake(context)
        return self._woken[found]


def found_in(context: Context) -> tuple[str, ...]:
    """Return the names of all that was found and may wake a signal."""
    names = context.note.found
    if context.ties:
        names += tuple([TIES[tie.kind] for tie in context.ties])
    if context.mentions:
        names += (MENTION,)
    if context.doubles:
        names += (DOUBLE,)
    if context.habit is not None:
        names += (HABIT,)
    if context.turned_away is not None:
        names += (REPEAT,)
    return names
