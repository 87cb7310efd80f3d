"""Asks signals about requests, those alone that may have something to say; pure.

Most signals can speak only when something was found before: a family of phrases, a
link, a tie. They say so (``Signal.wakes``). Others look at nothing but a fact or two
(``Signal.of``), and are asked once for each value. So a request costs a few calls
instead of a hundred. Tests compare with asking all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import attrgetter
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from vorzimmer.model import PERSON_FACTS, ContactRequest, Hit, Kind, Person, TieKind
from vorzimmer.note import NoteFacts
from vorzimmer.signal import LIKENESS, SHORT_NOTE, Context, Signal
from vorzimmer.strongest_words import spoken, strengths_of

LINK, BLANK, SHORT, SAME_NOTE = "link", "blank", "short", "same_note"
MENTION, DOUBLE, HABIT, TIE = "mention", "double", "habit", "tie"
REPEAT = "repeat"
TIES: dict[TieKind, str] = {kind: f"tie:{kind.value}" for kind in TieKind}
HEADLINE = "headline:"
# From so many requests on, to search all of them at once is faster.
MANY = 20
# Of so many values of a fact the answers are kept.
_MOST_KEPT = 10_000

Rows = Sequence[int]
Hits = tuple[Rows, Sequence[Hit]]
"""The numbers of the requests that a signal hits, and the hits."""
Found = dict[str, list[int]]
Column = NDArray[np.float64]
Numbers = NDArray[np.int64]


class Roster:
    """The signals of a screening, by what wakes them."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        """Take all signals; they are asked in this order."""
        self._signals = tuple(enumerate(signals))
        of = {each.of for _, each in self._signals if each.of}
        self._answers = [
            _Answers(
                facts,
                {place: each for place, each in self._signals if each.of == facts},
            )
            for facts in sorted(of)
        ]

    def hits(
        self, requests: Sequence[ContactRequest], contexts: Sequence[Context]
    ) -> Iterator[tuple[int, Hits]]:
        """Yield what each signal that says anything says, by its place, in order.

        Args:
            requests: A batch; one alone is asked the same.
            contexts: Theirs.
        """
        found = found_in(contexts)
        said = dict(self._said_at_once(requests, contexts))
        for place, signal in self._signals:
            hits = said.get(place)
            if hits is None:
                woken = _woken(signal, found, requests, contexts)
                hits = _asked(signal, requests, contexts, woken)
            if hits[0]:
                yield place, hits

    def _said_at_once(
        self, requests: Sequence[ContactRequest], contexts: Sequence[Context]
    ) -> Iterator[tuple[int, Hits]]:
        """Yield what signals say that need not be asked about each request."""
        senders = [each.sender for each in requests]
        for answers in self._answers:
            yield from answers.hits(requests, contexts, senders)
        notes = [each.note for each in contexts]
        if len(notes) >= MANY and _is_compiled(notes):
            said = spoken(notes)
            for place, signal in self._signals:
                if signal.takes:
                    yield place, said.get(signal.takes, ((), ()))

    def strengths(
        self, requests: Sequence[ContactRequest], contexts: Sequence[Context]
    ) -> dict[int, Column]:
        """Return how strongly each signal that says anything hits each request.

        The strengths of ``hits``, by the place of the signal; 0 is no hit. Signals
        that take the text model's word are not asked: their strengths are at hand.

        Args:
            requests: A batch; one alone is asked the same.
            contexts: Theirs.
        """
        found = found_in(contexts)
        strengths: dict[int, Column] = {}
        senders = [each.sender for each in requests]
        for answers in self._answers:
            strengths |= answers.strengths(requests, contexts, senders)
        likeness = _likeness(contexts)
        for place, signal in self._signals:
            if signal.takes:
                if signal.takes in likeness:
                    strengths[place] = likeness[signal.takes]
            elif not signal.of:
                woken = _woken(signal, found, requests, contexts)
                rows, hits = _asked(signal, requests, contexts, woken)
                if rows:
                    column = strengths[place] = np.zeros(len(requests))
                    column[rows] = [hit.strength for hit in hits]
        return strengths


def _asked(
    signal: Signal,
    requests: Sequence[ContactRequest],
    contexts: Sequence[Context],
    rows: Rows | None,
) -> Hits:
    """Return which of some requests a signal hits, and the hits; ``None``: all."""
    check = signal.check
    if rows is None:
        rows = range(len(requests))
        said = list(map(check, requests, contexts))
    else:
        said = [check(requests[row], contexts[row]) for row in rows]
    return list(compress(rows, said)), list(filter(None, said))


def _woken(
    signal: Signal,
    found: Found,
    requests: Sequence[ContactRequest],
    contexts: Sequence[Context],
) -> Rows | None:
    """Return the requests of which a signal has to be asked; ``None`` is all."""
    if signal.among and len(requests) >= MANY:
        return signal.among(requests, contexts)
    if not signal.wakes:
        return None
    names = [name for name in signal.wakes if name in found]
    if len(names) == 1:
        return found[names[0]]
    return sorted({row for name in names for row in found[name]})


def _is_compiled(notes: Sequence[NoteFacts]) -> bool:
    """Whether the notes were read with the compiled loops."""
    first = next((each.likeness for each in notes if each.likeness), None)
    return first is not None and first.classifier.is_compiled


def _likeness(contexts: Sequence[Context]) -> dict[Kind, Column]:
    """Return how strongly the text model speaks for each kind."""
    likenesses = [context.note.likeness for context in contexts]
    read = [each for each in likenesses if each is not None]
    if not read:
        return {}
    said = strengths_of(read)
    strengths = np.zeros((said.shape[1], len(contexts)))
    strengths[:, _rows_known(likenesses)] = said.T
    return dict(zip(read[0].kinds, strengths, strict=True))


def found_in(contexts: Sequence[Context]) -> dict[str, list[int]]:
    """Return the names of all that was found and may wake a signal, and where.

    Returns:
        By name, the numbers of the contexts in which it was found.
    """
    notes = [each.note for each in contexts]
    # A pass for each thing costs less than to ask each request for all of them.
    found: Found = defaultdict(list)
    found[LINK] = _rows_with([each.links for each in notes])
    found[LIKENESS] = _rows_known([each.likeness for each in notes])
    found[MENTION] = _rows_with([each.mentions for each in contexts])
    found[DOUBLE] = _rows_with([each.doubles for each in contexts])
    found[HABIT] = _rows_known([each.habit for each in contexts])
    found[REPEAT] = _rows_known([each.turned_away for each in contexts])
    found[SAME_NOTE] = _rows_known([each.same_note_count for each in contexts])
    found[TIE] = _rows_with([each.ties for each in contexts])
    for row in found[TIE]:
        for kind in {tie.kind for tie in contexts[row].ties}:
            found[TIES[kind]].append(row)
    for row in _rows_with([len(each.normal) <= SHORT_NOTE for each in notes]):
        found[SHORT if notes[row].normal else BLANK].append(row)
    _find_families(notes, found, "")
    _find_families([each.headline for each in contexts], found, HEADLINE)
    return {name: rows for name, rows in found.items() if rows}


def _find_families(
    texts: Sequence[NoteFacts | None], found: Found, beginning: str
) -> None:
    """Add the families of phrases in texts, by names that begin so."""
    for row, text in enumerate(texts):
        if text is not None and text.phrases:
            for family in text.families:
                found[beginning + family].append(row)


def _rows_with(things: Sequence[object]) -> list[int]:
    """Return the rows in which something stands."""
    return list(compress(range(len(things)), things))


def _rows_known(things: Sequence[object]) -> list[int]:
    """Return the rows in which what stands there is known."""
    return [row for row, each in enumerate(things) if each is not None]


class _Answers:
    """What the signals that look at the same facts say of each of their values."""

    def __init__(self, facts: tuple[str, ...], signals: Mapping[int, Signal]) -> None:
        # Most look at nothing but the sender, which takes half the time.
        self._is_of_senders = set(PERSON_FACTS).issuperset(facts)
        names = [f"sender.{each}" if each in PERSON_FACTS else each for each in facts]
        self._value_of = attrgetter(*(facts if self._is_of_senders else names))
        self._signals = signals
        self._lock = Lock()  # pages are made in several threads
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[object, int] = {}
        self._said: dict[int, list[Hit | None]] = {place: [] for place in self._signals}
        # The strengths of the hits beside them; 0 is none.
        self._strengths = {place: np.zeros(0) for place in self._signals}

    def hits(
        self,
        requests: Sequence[ContactRequest],
        contexts: Sequence[Context],
        senders: Sequence[Person],
    ) -> Iterator[tuple[int, Hits]]:
        """Yield which requests each signal hits, and the hits, by its place."""
        numbers, said, strengths = self._asked(requests, contexts, senders)
        for place, kept in strengths.items():
            rows = np.flatnonzero(kept[numbers])
            hits = map(said[place].__getitem__, numbers[rows].tolist())
            yield place, (rows.tolist(), [hit for hit in hits if hit is not None])

    def strengths(
        self,
        requests: Sequence[ContactRequest],
        contexts: Sequence[Context],
        senders: Sequence[Person],
    ) -> dict[int, Column]:
        """Return how strongly each signal hits each request, by its place."""
        numbers, _, strengths = self._asked(requests, contexts, senders)
        return {place: kept[numbers] for place, kept in strengths.items() if kept.any()}

    def _asked(
        self,
        requests: Sequence[ContactRequest],
        contexts: Sequence[Context],
        senders: Sequence[Person],
    ) -> tuple[Numbers, Mapping[int, list[Hit | None]], Mapping[int, Column]]:
        """Return under which number each request is kept, and what is, by place."""
        asked = senders if self._is_of_senders else requests
        values: list[object] = list(map(self._value_of, asked))
        with self._lock:
            if len(self._numbers) > _MOST_KEPT:
                self._forget()
            try:
                numbers = self._numbers_of(values)
            except KeyError:
                new = set(values).difference(self._numbers)
                rows = dict(zip(values, range(len(values)), strict=True))
                self._ask([rows[value] for value in new], requests, contexts)
                self._numbers |= zip(new, count(len(self._numbers)))
                numbers = self._numbers_of(values)
            return numbers, self._said, self._strengths

    def _numbers_of(self, values: Sequence[object]) -> Numbers:
        numbers = map(self._numbers.__getitem__, values)
        return np.fromiter(numbers, np.int64, len(values))

    def _ask(
        self,
        rows: Rows,
        requests: Sequence[ContactRequest],
        contexts: Sequence[Context],
    ) -> None:
        """Keep what the signals say of some requests."""
        strengths: dict[int, Column] = {}
        for place, signal in self._signals.items():
            hits = [signal.check(requests[row], contexts[row]) for row in rows]
            self._said[place] += hits
            new = [hit.strength if hit else 0.0 for hit in hits]
            strengths[place] = np.append(self._strengths[place], new)
        self._strengths = strengths
