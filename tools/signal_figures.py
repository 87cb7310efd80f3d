"""Writes docs/reference/signal-figures.md: how often each signal hits, and rightly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from judging import (
    BAD,
    sample_cards,
    screened,
    screened_profiles,
    shipped_screening,
)
from markdown_parts import percent, share, table
from public_data import (
    LANGUAGES,
    MISSING,
    PublicProfile,
    PublicText,
    read_public_profiles,
    read_public_texts,
)
from training_text import TrainingNote
from vorzimmer.model import ContactRequest, Kind
from vorzimmer.quality import Share
from vorzimmer.screened import Screened
from vorzimmer.signal import Group, Signal
from vorzimmer.signals import all_signals, signals_by_name

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

Signals that read the sender, ties or behaviour find nothing in notes alone; their
figures, as far as there are any, stand below.
"""
_SAMPLE = """\
## The sample member's requests

{count} open requests of the invented member of `make desk`, with all that her archive
shows of the senders. Our own text, and wordings were added after reading the misses
here, so these figures flatter. Signals that have figures above are left out."""
_TEXTS = """\
## Links in public texts

{count:,} German and English mails, messages and comments that others call bad
(advertising, fraud) or good (see [how often screening is right](quality.md)), read
without the text model. *Right* means: called bad. No weight was changed for these: the
hits are few, and in the private mails names and hosts had been made unreadable."""
_ACCOUNTS = """\
## Accounts of another network

{count:,} accounts that others call invented or real (see [how often screening is
right](quality.md)). *Right* means: invented, or, where the signal speaks against
*unverifiable*, real."""
_REST = """\
## Without figures

Nobody has requests of known kind that show what these read: how many contacts a sender
has, when an account was made, who looked at whose profile, whom the member met or wrote
to, who asks again. Tests hold them to what they say that they find; their weights
are estimates, and move with what a member corrects
([learning](../explanation/learning.md)).
"""
_HEADINGS = ("signal", "kind", "weight", "hits", "right", "without it")


@dataclass
class Tally:
    """How often each signal hit, and rightly.

    Attributes:
        kinds: How many cases are of each kind.
    """

    count: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    rights: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)

    def add(
        self, truth: Collection[Kind], found: Iterable[tuple[Signal, float]]
    ) -> None:
        """Count a case.

        Args:
            truth: All that it is.
            found: Signals that hit, with their points or anything of the same sign.
        """
        self.count += 1
        self.kinds.update(truth)
        for signal, points in found:
            self.hits[signal.name] += 1
            self.rights[signal.name] += (signal.kind in truth) == (points > 0)

    def table(self, signals: Iterable[Signal]) -> str:
        """Return the figures of some signals."""
        return table(_HEADINGS, map(self._row, signals))

    def _row(self, signal: Signal) -> tuple[object, ...]:
        hits, rights = self.hits[signal.name], self.rights[signal.name]
        having = self.kinds[signal.kind] / max(1, self.count)
        return (
            _linked(signal),
            signal.kind.value,
            f"{signal.weight:+.1f}",
            hits,
            share(Share(rights, hits)),
            percent(having if signal.weight > 0 else 1 - having),
        )


def page(notes_found: Iterable[tuple[TrainingNote, Screened]]) -> str:
    """Return the page.

    Args:
        notes_found: Notes with what was found in them (``held_out.screen_held_out``).
    """
    notes = Tally()
    for note, found in notes_found:
        notes.add(note.kinds, _points(found))
    of_notes = [
        each for each in all_signals() if each.group in {Group.NOTE, Group.LINKS}
    ]
    head = f"{_HEAD.format(count=notes.count)}\n{notes.table(of_notes)}"
    return f"{head}\n\n{beside_notes({*notes.hits})}"


def beside_notes(known: Collection[str]) -> str:
    """Return what is measured elsewhere.

    Args:
        known: Names of the signals that have figures already.
    """
    sample, texts = _of_sample(), _of_texts(read_public_texts())
    accounts = _of_accounts(read_public_profiles())
    first = [
        each
        for each in all_signals()
        if each.name not in known and sample.hits[each.name]
    ]
    second = [each for each in all_signals() if texts.hits[each.name]]
    third = [each for each in all_signals() if accounts.hits[each.name]]
    told = {*known, *(each.name for each in (*first, *second, *third))}
    rest = [_linked(each) for each in all_signals() if each.name not in told]
    parts = [
        _SAMPLE.format(count=sample.count),
        sample.table(first),
        _TEXTS.format(count=texts.count),
        texts.table(second) if texts.count else MISSING,
        _ACCOUNTS.format(count=accounts.count),
        accounts.table(third) if accounts.count else MISSING,
        _REST + "\n" + ",\n".join(rest) + ".",
    ]
    return "\n\n".join(parts) + "\n"


def _of_sample() -> Tally:
    tally, named = Tally(), signals_by_name()
    for card, truth, also in sample_cards():
        found = [
            (named[evidence.signal], evidence.points)
            for score in card.assessment.kinds.values()
            for evidence in score.evidence
        ]
        tally.add({truth, *also}, found)
    return tally


def _of_texts(texts: list[PublicText]) -> Tally:
    tally = Tally()
    asked = [
        each for each in texts if each.lang in LANGUAGES and each.is_bad is not None
    ]
    requests = [ContactRequest(id=each.id, note=each.text) for each in asked]
    plainly = replace(shipped_screening(), classifier=None)
    for text, found in zip(
        asked, screened(requests, plainly, of="Public texts, links"), strict=True
    ):
        ours = [
            each
            for each in _points(found)
            if each[0].group is Group.LINKS and each[0].kind in BAD
        ]
        tally.add(BAD if text.is_bad else (), ours)
    return tally


def _of_accounts(profiles: list[PublicProfile]) -> Tally:
    tally = Tally()
    found = screened_profiles(profiles, shipped_screening(), with_words=True)
    for profile, each_found in zip(profiles, found, strict=True):
        truth = {Kind.UNVERIFIABLE} if profile.is_invented else ()
        ours = [
            each for each in _points(each_found) if each[0].kind is Kind.UNVERIFIABLE
        ]
        tally.add(truth, ours)
    return tally


def _points(found: Screened) -> Iterable[tuple[Signal, float]]:
    return [(signal, signal.weight * hit.strength) for signal, hit in found.found]


def _linked(signal: Signal) -> str:
    return f"[{signal.name}](signals.md#{signal.name})"
