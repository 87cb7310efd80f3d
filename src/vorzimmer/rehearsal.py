"""Run a policy over the member's past: what it would have done, and to whom; pure.

``slid`` makes of one policy a family from strict to open, so that one can look for the
place where too much stays outside, or too much comes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import log
from statistics import median

import numpy as np
from numpy.typing import NDArray

from vorzimmer.columns import ACTIONS, Codes, clause_names, proposals
from vorzimmer.model import Action, Decision, Kind, Sentence, say
from vorzimmer.past import Earlier, Fate, Past
from vorzimmer.policy import KINDS, Clause, Condition, Policy, Range
from vorzimmer.screening import probability_of

MOST_OPEN = 2.0
"""How far a policy can be slid, either way (nats); 2 nats make 88 % of 50 %."""

STEP = 0.25
"""One step of sliding (nats)."""

USUAL_PACE_S = 8.0
"""Seconds that a decision takes, as long as nobody has measured it."""

# Of fewer, one request more or less would change the picture.
FEWEST = 30
_LONGEST_PAUSE_S = 120.0
# Nearer to 0 or 1, a bound means never or always, and the numbers of a computer end.
_NEVER = 1e-6
_FEWEST_GAPS = 3
_WELCOME = frozenset({Kind.KNOWN, Kind.PERSONAL})


class Door(StrEnum):
    """Where a proposal leaves a request, from the outside in."""

    REPORTED = "reported"
    IGNORED = "ignored"
    HELD = "held"
    ASKED = "asked"
    ACCEPTED = "accepted"


DOORS: dict[Action, Door] = {
    Action.ACCEPT: Door.ACCEPTED,
    Action.ASK: Door.ASKED,
    Action.ANSWER: Door.ASKED,
    Action.HOLD: Door.HELD,
    Action.DECLINE: Door.IGNORED,
    Action.IGNORE: Door.IGNORED,
    Action.REMOVE: Door.IGNORED,
    Action.REPORT_UNKNOWN: Door.REPORTED,
    Action.REPORT_SPAM: Door.REPORTED,
    Action.BLOCK: Door.REPORTED,
}
OUTSIDE = (Door.IGNORED, Door.REPORTED)
_DOORS = tuple(Door)
_DOOR_OF = np.array([_DOORS.index(DOORS[action]) for action in ACTIONS])


def slid(policy: Policy, openness: float) -> Policy:
    """Return the policy as it would be if it were more open, or stricter.

    Every probability that a clause asks for is moved by ``openness`` in log-odds: up
    for what speaks against a request, down for *known* and *personal*. That is the
    policy as written, on requests for each of which so much more speaks. Counts, facts,
    ties and the member's needs stay. A slid policy is a policy like any other.

    Args:
        policy: Where to start; 0 returns it as it is.
        openness: In nats, positive for more open.
    """
    if not openness:
        return policy
    clauses = tuple(
        replace(
            clause,
            conditions=tuple(
                (name, _slid(name, wanted, openness))
                for name, wanted in clause.conditions
            ),
        )
        for clause in policy.clauses
    )
    return replace(policy, clauses=clauses)


def _slid(name: str, wanted: Condition, openness: float) -> Condition:
    if name not in KINDS or not isinstance(wanted, Range):
        return wanted
    by = -openness if KINDS[name] in _WELCOME else openness
    low, high = wanted.at_least, wanted.below
    moved = Range(
        None if low is None else moved_bound(low, by),
        None if high is None else moved_bound(high, by),
    )
    if moved.at_least is not None and moved.below is not None:
        return moved if moved.at_least < moved.below else wanted
    return moved


def moved_bound(bound: float, by: float) -> float:
    """Return a probability moved in log-odds; never and always stay what they are."""
    if not _NEVER < bound < 1 - _NEVER:
        return bound
    return probability_of(log(bound / (1 - bound)) + by)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What one policy would have done about the past.

    Attributes:
        actions: Of each request, the place in ``columns.ACTIONS``.
        clauses: Of each request, the number in ``columns.clause_names``.
        doors: Of each request, the place in ``Door``.
    """

    policy: Policy
    past: Past
    actions: Codes
    clauses: Codes
    doors: NDArray[np.int64]

    @property
    def counts(self) -> dict[Door, int]:
        """How many requests each door has."""
        found = np.bincount(self.doors, minlength=len(_DOORS))
        return {door: int(found[place]) for place, door in enumerate(_DOORS)}

    @property
    def action_counts(self) -> dict[Action, int]:
        """How often each action would have been proposed; without those never."""
        found = np.bincount(self.actions, minlength=len(ACTIONS))
        return {each: int(n) for each, n in zip(ACTIONS, found, strict=True) if n}

    @property
    def missed(self) -> tuple[Earlier, ...]:
        """People who would have stayed outside, and with whom one wrote later."""
        return self._outside(fates=(Fate.WROTE,), only_let_in=False)

    @property
    def spared(self) -> tuple[Earlier, ...]:
        """People who were let in, of whom nothing came; they would have stayed out."""
        nothing = (Fate.SILENT, Fate.ONLY_THEY)
        return self._outside(fates=nothing, only_let_in=True)

    @property
    def unwanted(self) -> tuple[Earlier, ...]:
        """People who were let in, and advertised or were removed again; the same."""
        return self._outside(fates=(Fate.UNWANTED,), only_let_in=True)

    @property
    def kept_out(self) -> int:
        """How many would have stayed outside."""
        return sum(self.counts[door] for door in OUTSIDE)

    @property
    def minutes(self) -> float:
        """What a look at each of those takes, at the member's pace or the usual."""
        return self.kept_out * (self.past.pace_s or USUAL_PACE_S) / 60

    def action(self, place: int) -> Action:
        """Return what it would have proposed for a request."""
        return ACTIONS[int(self.actions[place])]

    def clause(self, place: int) -> str:
        """Return the clause that would have proposed it."""
        return clause_names(self.policy)[int(self.clauses[place])]

    def _outside(
        self, *, fates: Sequence[Fate], only_let_in: bool
    ) -> tuple[Earlier, ...]:
        outside = np.isin(self.doors, [_DOORS.index(door) for door in OUTSIDE])
        items = self.past.items
        return tuple(
            items[place]
            for place in np.flatnonzero(outside).tolist()
            if items[place].fate in fates
            and (items[place].was_let_in or not only_let_in)
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A request of which two policies propose different things."""

    item: Earlier
    one: Action
    one_clause: str
    other: Action
    other_clause: str


def rehearse(policy: Policy, past: Past) -> Rehearsal:
    """Return what a policy would have done about the past."""
    actions, clauses = proposals(past.columns, policy)
    return Rehearsal(policy, past, actions, clauses, _DOOR_OF[actions])


def differences(
    one: Rehearsal, other: Rehearsal, *, most: int | None = None
) -> tuple[int, list[Difference]]:
    """Return in how many requests two policies differ, and in which.

    Args:
        one: A policy over the past.
        other: Another over the same.
        most: How many are listed; those with whom one wrote later come first.
            ``None`` lists all.
    """
    places = np.flatnonzero(one.actions != other.actions).tolist()
    items = one.past.items
    places.sort(key=lambda place: items[place].fate is not Fate.WROTE)
    return len(places), [
        Difference(
            items[place],
            one.action(place),
            one.clause(place),
            other.action(place),
            other.clause(place),
        )
        for place in places[:most]
    ]


def scale(policy: Policy, past: Past) -> list[tuple[float, dict[Door, int]]]:
    """Return what becomes of the past from strict to open, step by step."""
    steps = int(MOST_OPEN / STEP)
    return [
        (place * STEP, rehearse(slid(policy, place * STEP), past).counts)
        for place in range(-steps, steps + 1)
    ]


def only(past: Past, *, contacts: bool) -> Past:
    """Return the part of the past that is contacts without a request, or the other."""
    pairs = [
        pair
        for pair in zip(past.items, past.assessed, strict=True)
        if pair[0].is_contact is contacts
    ]
    return Past(
        tuple(item for item, _ in pairs), tuple(said for _, said in pairs), past.pace_s
    )


def pace_of(decisions: Iterable[Decision]) -> float | None:
    """Return how many seconds a decision takes the member; ``None`` is not measured.

    Pauses of more than two minutes do not count, nor what was decided at once.
    """
    times = sorted(each.at for each in decisions if each.actor == "member")
    gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(times)]
    gaps = [gap for gap in gaps if 1 <= gap <= _LONGEST_PAUSE_S]
    return median(gaps) if len(gaps) >= _FEWEST_GAPS else None


def caveats(past: Past) -> list[Sentence]:
    """Return what the past cannot tell, in sentences for people."""
    if not past.items:
        return [
            say(
                "There is no past yet. Import an archive, or decide some requests;"
                " then this page shows what a policy would have done."
            )
        ]
    found: list[Sentence] = []
    requests = [each for each in past.items if not each.is_contact]
    own = sum(each.actor == "member" for each in requests)
    if len(past.items) < FEWEST:
        found.append(
            say(
                "This past is thin: with fewer than {fewest} requests, one more or less"
                " changes the picture.",
                fewest=FEWEST,
            )
        )
    if own < len(requests) or not requests:
        found.append(
            say(
                "You decided {own} of these yourself. Of the time before, the archive"
                " keeps only what was accepted or answered: what you ignored or"
                " declined left no trace. So this shows rather well whom a policy would"
                " have missed, and shows too little of what it would have kept out.",
                own=own,
            )
        )
    contacts = len(past.items) - len(requests)
    if contacts:
        found.append(
            say(
                "Of {count} contacts, no request is left: only name, workplace and day"
                " are known, neither the words nor who asked whom.",
                count=contacts,
            )
        )
    let_in = [each for each in past.items if each.was_let_in]
    if let_in and all(each.fate is Fate.NOT_KNOWN for each in let_in):
        found.append(
            say(
                "There are no messages here, so nobody knows what became of your"
                " contacts. Ask for them in the export, too."
            )
        )
    return found


def as_clauses(policy: Policy) -> tuple[Clause, ...]:
    """Return its clauses with probabilities in ten-thousandths, to be written down.

    A bound never leaves the open interval from 0 to 1, and two bounds stay apart.
    """
    return tuple(
        replace(
            clause,
            conditions=tuple(
                (name, _rounded(name, wanted)) for name, wanted in clause.conditions
            ),
        )
        for clause in policy.clauses
    )


def _rounded(name: str, wanted: Condition) -> Condition:
    if name not in KINDS or not isinstance(wanted, Range):
        return wanted
    bounds = [
        each
        if each is None or not 0 < each < 1
        else min(0.9999, max(0.0001, round(each, 4)))
        for each in (wanted.at_least, wanted.below)
    ]
    rounded = Range(*bounds)
    if bounds[0] is not None and bounds[1] is not None and not bounds[0] < bounds[1]:
        return wanted
    return rounded
