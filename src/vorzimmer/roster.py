"""Asks signals about requests, those alone that may have something to say; pure.

Most signals can speak only when something was found before: a family of phrases, a
link, a tie. They say so (``Signal.wakes``). Others look at nothing but a fact or two
(``Signal.of``), and are asked once for each value. So a request costs a few calls
instead of a hundred. Tests compare with asking all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from vorzimmer.model import PERSON_FACTS, ContactRequest, Hit, TieKind
from vorzimmer.signal import LIKENESS, SHORT_NOTE, Context, Signal

LINK, BLANK, SHORT, SAME_NOTE = "link", "blank", "short", "same_note"
MENTION, DOUBLE, HABIT, TIE = "mention", "double", "habit", "tie"
TIES: dict[TieKind, str] = {kind: f"tie:{kind.value}" for kind in TieKind}
HEADLINE = "headline:"
# Of so many values of a fact the answers are kept.
_MOST_KEPT = 10_000

Rows = Sequence[int]
Hits = tuple[int, Rows, Sequence[Hit]]
"""The place of a signal, the numbers of the requests that it hits, and the hits."""


class Roster:
    """The signals of a screening, by what wakes them."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        """Take all signals; they are asked in this order."""
        self._signals = tuple(signals)
        of = {each.of for each in self._signals if each.of}
        self._answers = {
            facts: _Answers(facts, [each for each in self._signals if each.of == facts])
            for facts in sorted(of)
        }

    def hits(
        self,
        requests: Sequence[ContactRequest],
        contexts: Sequence[Context],
        *,
        besides: frozenset[str] = frozenset(),
    ) -> Iterator[Hits]:
        """Yield what each signal that says anything says, in the signals' order.

        Args:
            requests: A batch; one alone is asked the same.
            contexts: Theirs.
            besides: Names of signals that need not be asked.
        """
        found = found_in(contexts)
        said = {
            name: hits
            for answers in self._answers.values()
            for name, hits in answers.hits(requests, contexts)
        }
        for place, signal in enumerate(self._signals):
            if signal.name in besides:
                continue
            if signal.of:
                rows, hits = said[signal.name]
            else:
                rows, hits = _asked(signal, requests, contexts, _woken(signal, found))
            if rows:
                yield place, rows, hits

    def awake(self, context: Context) -> tuple[Signal, ...]:
        """Return the signals that may have something to say, in their order."""
        found = found_in([context])
        return tuple(
            each
            for each in self._signals
            if not each.wakes or not each.wakes.isdisjoint(found)
        )


def _asked(
    signal: Signal,
    requests: Sequence[ContactRequest],
    contexts: Sequence[Context],
    rows: Rows | None,
) -> tuple[Rows, Sequence[Hit]]:
    """Return which of some requests a signal hits, and the hits; ``None``: all."""
    check = signal.check
    asked = range(len(requests)) if rows is None else rows
    said = [(row, check(requests[row], contexts[row])) for row in asked]
    hits = [(row, hit) for row, hit in said if hit is not None]
    return [row for row, _ in hits], [hit for _, hit in hits]


def _woken(signal: Signal, found: dict[str, list[int]]) -> Rows | None:
    """Return the requests in which anything wakes a signal; ``None`` is all."""
    if not signal.wakes:
        return None
    names = [name for name in signal.wakes if name in found]
    if len(names) == 1:
        return found[names[0]]
    return sorted({row for name in names for row in found[name]})


def found_in(contexts: Sequence[Context]) -> dict[str, list[int]]:
    """Return the names of all that was found and may wake a signal, and where.

    Returns:
        By name, the numbers of the contexts in which it was found.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for row, context in enumerate(contexts):
        note = context.note
        if note.phrases:
            for name in note.families:
                found[name].append(row)
        if note.links:
            found[LINK].append(row)
        if note.likeness is not None:
            found[LIKENESS].append(row)
        if len(note.normal) <= SHORT_NOTE:
            found[SHORT if note.normal else BLANK].append(row)
        for name in _found_beside(context):
            found[name].append(row)
    return found


def _found_beside(context: Context) -> Iterator[str]:
    """Yield the names of what was found elsewhere than in the note."""
    headline = context.headline
    if headline is not None and headline.phrases:
        yield from (HEADLINE + family for family in headline.families)
    if context.ties:
        yield TIE
        yield from dict.fromkeys([TIES[tie.kind] for tie in context.ties])
    if context.mentions:
        yield MENTION
    if context.doubles:
        yield DOUBLE
    if context.habit is not None:
        yield HABIT
    if context.same_note_count is not None:
        yield SAME_NOTE


class _Answers:
    """What the signals that look at the same facts say of each of their values."""

    def __init__(self, facts: tuple[str, ...], signals: Sequence[Signal]) -> None:
        self._value_of = attrgetter(
            *(f"sender.{each}" if each in PERSON_FACTS else each for each in facts)
        )
        self._numbers: dict[object, int] = {}
        self._said: list[tuple[Signal, list[Hit | None]]]
        self._said = [(each, []) for each in signals]

    def hits(
        self, requests: Sequence[ContactRequest], contexts: Sequence[Context]
    ) -> Iterator[tuple[str, tuple[Rows, Sequence[Hit]]]]:
        """Yield of each signal its name, which requests it hits, and the hits."""
        if len(self._numbers) > _MOST_KEPT:
            self._numbers.clear()
            for _, said in self._said:
                said.clear()
        numbers = [
            self._numbers.get(value, -1) for value in map(self._value_of, requests)
        ]
        for row, number in enumerate(numbers):
            if number < 0:
                numbers[row] = self._ask(requests[row], contexts[row])
        for signal, said in self._said:
            found = [(row, said[number]) for row, number in enumerate(numbers)]
            hits = [(row, hit) for row, hit in found if hit is not None]
            yield signal.name, ([row for row, _ in hits], [hit for _, hit in hits])

    def _ask(self, request: ContactRequest, context: Context) -> int:
        """Return under which number is kept what the signals say of a request."""
        value = self._value_of(request)
        if value not in self._numbers:
            self._numbers[value] = len(self._numbers)
            for signal, said in self._said:
                said.append(signal.check(request, context))
        return self._numbers[value]
