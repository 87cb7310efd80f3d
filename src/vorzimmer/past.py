"""What became of earlier requests, in columns that a policy is run over at once; pure.

A request of long ago must not be judged by what came of it: whoever was accepted is a
contact today. ``ties_of_then`` therefore leaves out what is known of past senders since
their request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import blake2b
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.model import (
    Action,
    Channel,
    ContactRequest,
    Decision,
    Kind,
    Tie,
    TieKind,
)
from vorzimmer.people import identity, profile_key
from vorzimmer.policy import (
    COUNTS,
    EVEN_ODDS,
    FLAGS,
    KINDS,
    REFUSABLE,
    Assessed,
    Condition,
    Conditions,
    Need,
    Policy,
    Range,
    condition_holds,
    note_state,
)

MOST = 50_000
"""Past requests that are looked at; the newest of more."""

_CONTACT = "contact:"
_TALK = frozenset({TieKind.WROTE, TieKind.MAILED, TieKind.MET})
_MESSAGES = frozenset({TieKind.WROTE, TieKind.WROTE_TO_YOU})
# Ties that only contacts have: without a day they, too, came after the request.
_OF_CONTACTS = frozenset(
    {
        TieKind.CONNECTION,
        TieKind.WROTE,
        TieKind.WROTE_TO_YOU,
        TieKind.ENDORSED,
        TieKind.WAS_ENDORSED_BY,
        TieKind.RECOMMENDED,
        TieKind.WAS_RECOMMENDED_BY,
    }
)
_LET_IN = frozenset({Action.ACCEPT, Action.ANSWER})
_KINDS = tuple(Kind)
_TIE_BITS = {kind.value: 1 << place for place, kind in enumerate(TieKind)}

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]


class Fate(StrEnum):
    """What became of a request, as far as the store knows."""

    WROTE = "wrote"
    ONLY_THEY = "only_they"
    SILENT = "silent"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A request of the past.

    Attributes:
        request: Of a contact of whom only the contact is known, one made of that: its
            note, and who asked whom, are not known.
        done: What was done about it.
        actor: ``"member"``, or ``"archive"`` for what a source shows.
        fate: What became of it.
    """

    request: ContactRequest
    done: Action
    actor: str
    fate: Fate

    @property
    def is_contact(self) -> bool:
        """Whether only the contact is known, and no request."""
        return self.request.id.startswith(_CONTACT)

    @property
    def was_let_in(self) -> bool:
        """Whether it was accepted or answered."""
        return self.done in _LET_IN


def earlier_requests(
    requests: Mapping[str, ContactRequest],
    decisions: Mapping[str, Decision],
    ties: Sequence[Tie],
    acquaintance: Acquaintance,
) -> list[Earlier]:
    """Return what was decided or accepted before, the newest first.

    Args:
        requests: All, by id, with the facts that the member gave.
        decisions: Those that stand, by id of the request.
        ties: All; contacts without a request count too, unless the member asked them.
        acquaintance: Of all ties.
    """
    has_messages = any(tie.kind in _MESSAGES for tie in ties)
    found: list[Earlier] = []
    met: set[str] = set()
    for key, decision in decisions.items():
        request = requests.get(key)
        if request is None or decision.action is Action.HOLD:
            continue
        known = acquaintance.look_up(request.sender).ties
        met.update(identity(tie.person) for tie in known)
        met.add(identity(request.sender))
        day = min(_days(request.sent_at, decision.at), default=None)
        fate = _fate(known, day, decision.action, has_messages=has_messages)
        found.append(
            Earlier(
                request=request, done=decision.action, actor=decision.actor, fate=fate
            )
        )
    found += _contacts(ties, acquaintance, met, has_messages=has_messages)
    return sorted(found, key=_newest_first)[:MOST]


def ties_of_then(
    ties: Iterable[Tie], past: Iterable[Earlier], acquaintance: Acquaintance
) -> list[Tie]:
    """Return the ties without what came of past requests.

    Args:
        ties: All there are today.
        past: The requests. Of somebody who asked more than once, what came after the
            first is left out.
        acquaintance: Of all ties.
    """
    asked: dict[str, date] = {}
    for each in past:
        sender = each.request.sender
        people = [tie.person for tie in acquaintance.look_up(sender).ties]
        day = each.request.sent_at.date() if each.request.sent_at else date.min
        for key in {identity(person) for person in (sender, *people)} - {""}:
            asked[key] = min(day, asked.get(key, day))
    return [tie for tie in ties if not _is_later(tie, asked.get(identity(tie.person)))]


def _is_later(tie: Tie, day: date | None) -> bool:
    if day is None:
        return False
    if tie.kind is TieKind.CONNECTION:
        # Who was a contact already does not ask.
        return True
    return tie.kind in _OF_CONTACTS if tie.since is None else tie.since >= day


def _days(*moments: datetime | None) -> Iterator[date]:
    return (each.date() for each in moments if each is not None)


def _fate(
    known: Sequence[Tie], day: date | None, done: Action, *, has_messages: bool
) -> Fate:
    """Return what became of somebody who asked on a day."""

    def since_then(kinds: frozenset[TieKind]) -> bool:
        return any(
            tie.kind in kinds
            and (day is None or (tie.until or tie.since or day) >= day)
            for tie in known
        )

    if since_then(_TALK):
        return Fate.WROTE
    if done not in _LET_IN or not has_messages:
        return Fate.NOT_KNOWN
    return Fate.ONLY_THEY if since_then(_MESSAGES) else Fate.SILENT


def _contacts(
    ties: Sequence[Tie],
    acquaintance: Acquaintance,
    met: set[str],
    *,
    has_messages: bool,
) -> Iterator[Earlier]:
    """Yield the contacts whose request nobody kept; not whom the member asked."""
    asked = {identity(tie.person) for tie in ties if tie.kind is TieKind.INVITED}
    for tie in ties:
        key = identity(tie.person)
        if tie.kind is not TieKind.CONNECTION or not key or key in met | asked:
            continue
        known = acquaintance.look_up(tie.person).ties
        if any(each.kind is TieKind.INVITED for each in known):
            continue
        digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8)
        at = datetime.combine(tie.since, time(), UTC) if tie.since else None
        request = ContactRequest(
            id=_CONTACT + digest.hexdigest(),
            sender=tie.person,
            network=_network(tie.person.profile_url),
            channel=Channel.INVITATION_NOTE,
            sent_at=at,
        )
        fate = _fate(known, tie.since, Action.ACCEPT, has_messages=has_messages)
        yield Earlier(request=request, done=Action.ACCEPT, actor="archive", fate=fate)


def _network(url: str | None) -> str | None:
    host = profile_key(url).partition("/")[0]
    return {"linkedin.com": "linkedin", "xing.com": "xing"}.get(host)


def _newest_first(each: Earlier) -> tuple[bool, float, str]:
    sent_at = each.request.sent_at
    stamp = -sent_at.timestamp() if sent_at else 0.0
    return (each.is_contact, stamp, each.request.id)


@dataclass(frozen=True)
class Past:
    """Requests of the past, assessed once, in columns.

    Attributes:
        items: The newest first; contacts without a request at the end.
        assessed: Of each, what a policy asks for.
        pace_s: Seconds that a decision took the member; ``None`` is not measured.
    """

    items: tuple[Earlier, ...]
    assessed: tuple[Assessed, ...]
    pace_s: float | None = None
    _columns: dict[str, NDArray[np.float64] | Codes] = field(
        default_factory=dict, repr=False, compare=False
    )
    _words: dict[str, dict[str, int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def mask(self, name: str, wanted: Condition) -> Mask:
        """Return of which requests a condition holds, as ``propose`` would find."""
        if isinstance(wanted, Range) and (
            name in KINDS or name in COUNTS or name == "reasons_against"
        ):
            return _within(self._numbers(name), wanted)
        if isinstance(wanted, bool) and (name in FLAGS or name == "is_sponsored"):
            return np.asarray(self._codes(name) == int(wanted), dtype=np.bool_)
        if isinstance(wanted, tuple) and name == "tie":
            bits = sum(_TIE_BITS.get(word, 0) for word in set(wanted))
            return np.asarray((self._codes(name) & bits) != 0, dtype=np.bool_)
        if isinstance(wanted, tuple) and name in {"note", "channel", "network"}:
            codes = self._codes(name)
            words = self._words[name]
            return np.isin(codes, [words[word] for word in wanted if word in words])
        # What no file can say, a program may: asked one by one.
        return self._each(
            lambda item, said: condition_holds(name, wanted, item.request, said)
        )

    def all_of(self, conditions: Conditions) -> Mask:
        """Return of which requests all conditions hold."""
        holds = np.ones(len(self.items), dtype=np.bool_)
        for name, wanted in conditions:
            holds &= self.mask(name, wanted)
        return holds

    def _numbers(self, name: str) -> NDArray[np.float64]:
        if name not in self._columns:
            self._columns[name] = np.array(self._read_numbers(name), dtype=np.float64)
        return self._columns[name].astype(np.float64, copy=False)

    def _read_numbers(self, name: str) -> list[float]:
        if name in KINDS:
            kind = KINDS[name]
            return [each.probability(kind) for each in self.assessed]
        if name == "reasons_against":
            return [
                sum(each.probability(kind) >= EVEN_ODDS for kind in REFUSABLE)
                for each in self.assessed
            ]
        facts = (getattr(each.request.sender, name) for each in self.items)
        return [nan if fact is None else float(fact) for fact in facts]

    def _codes(self, name: str) -> Codes:
        if name not in self._columns:
            self._columns[name] = np.array(self._read_codes(name), dtype=np.int64)
        return self._columns[name].astype(np.int64, copy=False)

    def _read_codes(self, name: str) -> list[int]:
        if name == "tie":
            return [
                sum({_TIE_BITS[tie.kind.value] for tie in each.known_from})
                for each in self.assessed
            ]
        if name in FLAGS:
            return [_flag(getattr(each.request.sender, name)) for each in self.items]
        if name == "is_sponsored":
            return [_flag(each.request.is_sponsored) for each in self.items]
        words = self._words.setdefault(name, {})
        return [
            -1 if word is None else words.setdefault(str(word), len(words))
            for word in (_word(name, each.request) for each in self.items)
        ]

    def _each(self, test: Callable[[Earlier, Assessed], bool]) -> Mask:
        return np.array(
            [
                test(item, said)
                for item, said in zip(self.items, self.assessed, strict=True)
            ],
            dtype=np.bool_,
        )


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


def proposals(past: Past, policy: Policy) -> tuple[Codes, Codes]:
    """Return the action for each request, and the clause that says so.

    Returns:
        The place of the action in ``ACTIONS``; and the number of the clause, or that
        of all clauses for *otherwise*, or one more for each need.
    """
    count = len(past.items)
    actions = np.full(count, _PLACES[policy.otherwise], dtype=np.int64)
    clauses = np.full(count, len(policy.clauses), dtype=np.int64)
    is_open = np.ones(count, dtype=np.bool_)
    for number, clause in enumerate(policy.clauses):
        holds = is_open & past.all_of(clause.conditions)
        actions[holds], clauses[holds] = _PLACES[clause.action], number
        is_open &= ~holds
    is_free = np.ones(count, dtype=np.bool_)
    for number, need in enumerate(policy.needs, start=len(policy.clauses) + 1):
        holds = is_free & _needed(past, need, actions)
        actions[holds], clauses[holds] = _PLACES[Action.HOLD], number
        is_free &= ~holds
    return actions, clauses


def clause_names(policy: Policy) -> tuple[str, ...]:
    """Return the names that the numbers of ``proposals`` stand for."""
    clauses = (each.name for each in policy.clauses)
    return (*clauses, "otherwise", *(each.name for each in policy.needs))


def _needed(past: Past, need: Need, actions: Codes) -> Mask:
    refused = np.isin(actions, [_PLACES[each] for each in need.refuses])
    holds = refused & past.all_of(need.when)
    for some in need.unless:
        holds &= ~past.all_of(some)
    return holds
