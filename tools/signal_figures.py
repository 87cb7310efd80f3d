"""Writes docs/reference/signal-figures.md: how often each signal hits, and rightly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from markdown_parts import percent, share, table
from training_text import TrainingNote
from vorzimmer.quality import Share
from vorzimmer.screening import Screened
from vorzimmer.signal import Group, Signal
from vorzimmer.signals import all_signals

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "signal-figures.md"
_HEAD = """\
# How often each signal is right

<!-- Made by tools/signal_figures.py; change signals or text, then: make quality -->

On our own training notes, {count:,} of them, each screened as the request of a sender
of whom nothing is known, by a text model that has not seen its story. *Right* means:
the note is of the signal's kind, or, where the signal speaks against it, is not; behind
it stands where the true share lies in 95 of 100 cases (Wilson). *Without it*: how many
of all notes are of the kind, which is what guessing gives.

Signals that read the sender, ties or behaviour find nothing in notes alone, and are not
in the table; their weights are estimates.
"""


def page(screened: Iterable[tuple[TrainingNote, Screened]]) -> str:
    """Return the page.

    Args:
        screened: Notes with what was found in them (``held_out.screen_held_out``).
    """
    hits: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    count = 0
    for note, found in screened:
        count += 1
        kinds.update(kind.value for kind in note.kinds)
        for signal, hit in found.found:
            speaks_for = signal.weight * hit.strength > 0
            hits[signal.name] += 1
            rights[signal.name] += (signal.kind in note.kinds) == speaks_for
    rows = [
        (
            f"[{signal.name}](signals.md#{signal.name})",
            signal.kind.value,
            f"{signal.weight:+.1f}",
            hits[signal.name],
            share(Share(rights[signal.name], hits[signal.name])),
            percent(_guessed(signal, kinds, count)),
        )
        for signal in all_signals()
        if signal.group in {Group.NOTE, Group.LINKS}
    ]
    head = ("signal", "kind", "weight", "hits", "right", "without it")
    return f"{_HEAD.format(count=count)}\n{table(head, rows)}\n"


def _guessed(signal: Signal, kinds: Counter[str], count: int) -> float:
    having = kinds[signal.kind.value] / max(1, count)
    return having if signal.weight > 0 else 1 - having
