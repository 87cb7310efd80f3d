"""Requests in columns, so that a policy is run over all of them at once; pure.

Tests hold it to ``policy.propose``, request by request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from vorzimmer.languages import languages_of
from vorzimmer.model import Action, ContactRequest, Kind, TieKind
from vorzimmer.policy import (
    ASKED_BEFORE,
    COUNTS,
    EVEN_ODDS,
    FLAGS,
    IN_MY_LANGUAGE,
    KINDS,
    REFUSABLE,
    YES_OR_NO,
    Assessed,
    Condition,
    Conditions,
    Need,
    Policy,
    Range,
    condition_holds,
    note_state,
)
from vorzimmer.reactions import lacking

_WORDED = frozenset({"note", "channel", "network", "language"})
_TIE_BITS = {kind.value: 1 << place for place, kind in enumerate(TieKind)}

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """Requests with all that a policy may ask of them; a column is made once asked for.

    Attributes:
        requests: Which.
        assessed: Of each, what a policy asks for.
        probabilities: Gives those of one kind; ``None`` reads them off ``assessed``.
    """

    requests: Sequence[ContactRequest]
    assessed: Sequence[Assessed]
    probabilities: Callable[[Kind], NDArray[np.float64]] | None = None
    _columns: dict[str, NDArray[np.float64] | Codes] = field(
        default_factory=dict, repr=False, compare=False
    )
    _words: dict[str, dict[str, int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def mask(
        self, name: str, wanted: Condition, *, reads: frozenset[str] = frozenset()
    ) -> Mask:
        """Return of which requests a condition holds, as ``propose`` would find.

        Args:
            name: Of the condition.
            wanted: What it wants.
            reads: Codes of the languages that the member reads; none is not known.
        """
        if isinstance(wanted, bool) and name == IN_MY_LANGUAGE:
            return self._in_my_language(reads, wanted=wanted)
        if isinstance(wanted, Range) and (
            name in KINDS or name in COUNTS or name == "reasons_against"
        ):
            return _within(self._numbers(name), wanted)
        if isinstance(wanted, bool) and name in YES_OR_NO:
            return np.asarray(self._codes(name) == int(wanted), dtype=np.bool_)
        if isinstance(wanted, tuple) and name == "tie":
            bits = sum(_TIE_BITS.get(word, 0) for word in set(wanted))
            return np.asarray((self._codes(name) & bits) != 0, dtype=np.bool_)
        if isinstance(wanted, tuple) and name in _WORDED:
            codes = self._codes(name)
            words = self._words[name]
            return np.isin(codes, [words[word] for word in wanted if word in words])
        # What no file can say, a program may: asked one by one.
        pairs = zip(self.requests, self.assessed, strict=True)
        holds = [condition_holds(name, wanted, *each, reads=reads) for each in pairs]
        return np.array(holds, dtype=np.bool_)

    def _in_my_language(self, reads: frozenset[str], *, wanted: bool) -> Mask:
        codes, words = self._codes("language"), self._words["language"]
        read = [words[word] for word in reads if word in words]
        is_known = (codes >= 0) & bool(reads)
        return np.asarray(is_known & (np.isin(codes, read) == wanted), dtype=np.bool_)

    def all_of(
        self, conditions: Conditions, reads: frozenset[str] = frozenset()
    ) -> Mask:
        """Return of which requests all conditions hold."""
        holds = np.ones(len(self.requests), dtype=np.bool_)
        for name, wanted in conditions:
            holds &= self.mask(name, wanted, reads=reads)
        return holds

    def _numbers(self, name: str) -> NDArray[np.float64]:
        if name not in self._columns:
            self._columns[name] = np.array(self._read_numbers(name), dtype=np.float64)
        return self._columns[name].astype(np.float64, copy=False)

    def _read_numbers(self, name: str) -> Sequence[float] | NDArray[np.float64]:
        if name in KINDS:
            return self._probabilities(KINDS[name])
        if name == "reasons_against":
            against = [self._numbers(kind.value) >= EVEN_ODDS for kind in REFUSABLE]
            return np.asarray(np.sum(against, axis=0), np.float64)
        facts = (getattr(each.sender, name) for each in self.requests)
        return [nan if fact is None else float(fact) for fact in facts]

    def _probabilities(self, kind: Kind) -> Sequence[float] | NDArray[np.float64]:
        if self.probabilities is not None:
            return self.probabilities(kind)
        return [each.probability(kind) for each in self.assessed]

    def _codes(self, name: str) -> Codes:
        if name not in self._columns:
            self._columns[name] = np.array(self._read_codes(name), dtype=np.int64)
        return self._columns[name].astype(np.int64, copy=False)

    def _read_codes(self, name: str) -> list[int]:
        if name == "tie":
            return [
                sum({_TIE_BITS[tie.kind.value] for tie in each.known_from})
                if each.known_from
                else 0
                for each in self.assessed
            ]
        if name in FLAGS:
            return [_flag(getattr(each.sender, name)) for each in self.requests]
        if name == "is_sponsored":
            return [_flag(each.is_sponsored) for each in self.requests]
        if name == ASKED_BEFORE:
            return [_flag(each.asked_before) for each in self.assessed]
        words = self._words.setdefault(name, {})
        return [
            -1 if word is None else words.setdefault(str(word), len(words))
            for word in self._read_words(name)
        ]

    def _read_words(self, name: str) -> Iterable[str | None]:
        if name == "language":
            return languages_of([each.note for each in self.requests])
        return (_word(name, each) for each in self.requests)


def _within(values: NDArray[np.float64], wanted: Range) -> Mask:
    """Return which values lie in a range; not-a-number stands for unknown."""
    least = -inf if wanted.at_least is None else wanted.at_least
    most = inf if wanted.below is None else wanted.below
    return (values >= least) & (values < most)


def _flag(value: object) -> int:
    return int(value) if isinstance(value, bool) else -1


def _word(name: str, request: ContactRequest) -> str | None:
    if name == "note":
        return note_state(request)
    word: str | None = getattr(request, name)
    return word


ACTIONS = tuple(Action)
_PLACES = {action: place for place, action in enumerate(ACTIONS)}


def proposals(asked: Columns, policy: Policy) -> tuple[Codes, Codes]:
    """Return the action for each request, and the clause that says so.

    Returns:
        The place of the action in ``ACTIONS``; and the number of the clause, or that
        of all clauses for *otherwise*, or one more for each need.
    """
    count = len(asked.requests)
    actions = np.full(count, _PLACES[policy.otherwise], dtype=np.int64)
    clauses = np.full(count, len(policy.clauses), dtype=np.int64)
    is_open = np.ones(count, dtype=np.bool_)
    for number, clause in enumerate(policy.clauses):
        holds = is_open & asked.all_of(clause.conditions, policy.reads)
        actions[holds], clauses[holds] = _PLACES[clause.action], number
        is_open &= ~holds
    for place in np.flatnonzero(actions == _PLACES[Action.REPORT_UNKNOWN]).tolist():
        if Action.REPORT_UNKNOWN in lacking(asked.requests[place]):
            actions[place] = _PLACES[Action.IGNORE]
    is_free = np.ones(count, dtype=np.bool_)
    for number, need in enumerate(policy.needs, start=len(policy.clauses) + 1):
        holds = is_free & _needed(asked, need, actions, policy.reads)
        actions[holds], clauses[holds] = _PLACES[Action.HOLD], number
        is_free &= ~holds
    return actions, clauses


def clause_names(policy: Policy) -> tuple[str, ...]:
    """Return the names that the numbers of ``proposals`` stand for."""
    clauses = (each.name for each in policy.clauses)
    return (*clauses, "otherwise", *(each.name for each in policy.needs))


def _needed(asked: Columns, need: Need, actions: Codes, reads: frozenset[str]) -> Mask:
    refused = np.isin(actions, [_PLACES[each] for each in need.refuses])
    holds = refused & asked.all_of(need.when, reads)
    for some in need.unless:
        holds &= ~asked.all_of(some, reads)
    return holds
