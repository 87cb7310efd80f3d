"""Turn an assessment into a proposed action, by the member's own clauses; pure.

A policy is a list of clauses; the first whose conditions all hold says what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Protocol

from vorzimmer.languages import language_of
from vorzimmer.model import Action, ContactRequest, Kind, Proposal, Tie
from vorzimmer.reactions import lacking

# Kinds that a member may count as a reason to refuse.
REFUSABLE = tuple(kind for kind in Kind if kind not in {Kind.KNOWN, Kind.PERSONAL})
COUNTS = ("contacts_count", "mutual_contacts_count")
FLAGS = (
    "has_picture",
    "visited_profile",
    "is_verified",
    "is_known_elsewhere",
    "has_other_job_elsewhere",
)
CONDITIONS: dict[str, str] = {
    **{kind.value: f"probability that the request is {kind.value}" for kind in Kind},
    "reasons_against": "number of kinds that speak against, each likelier than not",
    "tie": "any of these ways of knowing the sender",
    "note": '"blank", "present" or "unknown"',
    "channel": "any of these channels",
    "network": "any of these networks",
    "is_sponsored": "whether the network was paid to deliver it",
    "language": "any of these languages of the note (ISO 639-1); unsure never holds",
    "is_in_my_language": "whether you read the language; not known never holds",
    "asked_before": "whether you turned the sender away before; not known never holds",
    **dict.fromkeys(COUNTS, "a number about the sender; unknown never holds"),
    **dict.fromkeys(FLAGS, "a fact about the sender; unknown never holds"),
}
EVEN_ODDS = 0.5
BOUNDS = ("at_least", "below")
IN_MY_LANGUAGE = "is_in_my_language"
ASKED_BEFORE = "asked_before"
YES_OR_NO = frozenset({*FLAGS, "is_sponsored", IN_MY_LANGUAGE, ASKED_BEFORE})
"""The conditions that are true or false."""

KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Range:
    """``at_least <= value < below``; ``None`` leaves that side open."""

    at_least: float | None = None
    below: float | None = None

    def holds(self, value: float | None) -> bool:
        """Return whether the value lies in the range; unknown never does."""
        if value is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (
            self.below is None or value < self.below
        )


class Assessed(Protocol):
    """What a policy asks of an assessment."""

    @property
    def known_from(self) -> tuple[Tie, ...]:
        """The ties between member and sender."""

    @property
    def asked_before(self) -> bool | None:
        """Whether the member turned the sender away before; ``None``: not known."""

    def probability(self, kind: Kind) -> float:
        """Return the probability of a kind, 0..1."""


Condition = Range | bool | tuple[str, ...]
Conditions = tuple[tuple[str, Condition], ...]
Test = Callable[[ContactRequest, Assessed], bool]
Value = float | bool | str | None


@dataclass(frozen=True, slots=True)
class Clause:
    """If all conditions hold, then this action."""

    name: str
    action: Action
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class Need:
    """What a member needs to be safe, whatever the policy says; see ``safety``.

    Where the policy proposes one of ``refuses``, and it holds, the request is left to
    the member. It never makes a proposal more open.

    Attributes:
        name: Shown in place of the clause.
        refuses: The actions that are not proposed.
        when: All have to hold; none is always.
        unless: Where all conditions of one of these hold, the need does not.
    """

    name: str
    refuses: frozenset[Action]
    when: Conditions = ()
    unless: tuple[Conditions, ...] = ()

    @property
    def conditions(self) -> Conditions:
        """All conditions that it asks for."""
        return (*self.when, *(each for some in self.unless for each in some))


@dataclass(frozen=True)  # no slots: keeps what it was asked for
class Policy:
    """What a member wants done with whom.

    Attributes:
        name: One word or several with hyphens; the file's name.
        title: For people, by language.
        description: For people, by language: whom it suits and what it costs.
        clauses: The first that holds decides.
        otherwise: What to do when none holds.
        needs: The member's own, which go before all clauses.
        reads: Codes of the languages that the member reads; none is not known.
    """

    name: str
    title: Mapping[str, str] = field(hash=False)
    description: Mapping[str, str] = field(hash=False)
    clauses: tuple[Clause, ...]
    otherwise: Action
    needs: tuple[Need, ...] = ()
    reads: frozenset[str] = frozenset()

    @cached_property
    def _hash(self) -> int:
        said = (self.clauses, self.otherwise, self.needs, self.reads)
        return hash((self.name, *said))

    def __hash__(self) -> int:
        # Asked hundreds of times a page, for what was looked up before.
        return self._hash

    @cached_property
    def tests(self) -> tuple[tuple[Proposal, tuple[Test, ...]], ...]:
        """What each clause proposes, and the tests that all have to hold."""
        return tuple(
            (
                Proposal(clause.action, clause.name),
                _tests(clause.conditions, self.reads),
            )
            for clause in self.clauses
        )

    @cached_property
    def need_tests(
        self,
    ) -> tuple[tuple[Need, tuple[Test, ...], tuple[tuple[Test, ...], ...]], ...]:
        """Each need, the tests that all have to hold, and those that lift it."""
        return tuple(
            (
                each,
                _tests(each.when, self.reads),
                tuple(_tests(some, self.reads) for some in each.unless),
            )
            for each in self.needs
        )

    @cached_property
    def conditions(self) -> Conditions:
        """All conditions of its clauses, and of the needs before them."""
        of_clauses = [each for clause in self.clauses for each in clause.conditions]
        return (*of_clauses, *(each for need in self.needs for each in need.conditions))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Everything that its clauses and needs ask for by name."""
        return frozenset(name for name, _ in self.conditions)

    @cached_property
    def cut_offs(self) -> Mapping[Kind, frozenset[float]]:
        """The probabilities at which its mind may change, by kind."""
        cut_offs: dict[Kind, set[float]] = defaultdict(set)
        if "reasons_against" in self.facts:
            cut_offs |= {kind: {EVEN_ODDS} for kind in REFUSABLE}
        for name, wanted in self.conditions:
            if name in KINDS and isinstance(wanted, Range):
                bounds = (wanted.at_least, wanted.below)
                cut_offs[KINDS[name]].update(b for b in bounds if b is not None)
        return {kind: frozenset(found) for kind, found in cut_offs.items()}

    def may_change_mind(self, kind: Kind, before: float, after: float) -> bool:
        """Return whether a kind's probability crosses one of the cut-offs."""
        low, high = min(before, after), max(before, after)
        return any(low < cut <= high for cut in self.cut_offs.get(kind, ()))


def propose(policy: Policy, request: ContactRequest, assessment: Assessed) -> Proposal:
    """Return what the policy proposes, and the clause or need that says so.

    What the network does not offer for what came by this way, is to be ignored.
    """
    proposal = _by_clauses(policy, request, assessment)
    if proposal.action in lacking(request):
        proposal = Proposal(Action.IGNORE, proposal.clause)
    for need, when, unless in policy.need_tests:
        if proposal.action not in need.refuses:
            continue
        if all(test(request, assessment) for test in when) and not any(
            all(test(request, assessment) for test in some) for some in unless
        ):
            return Proposal(Action.HOLD, need.name)
    return proposal


def _by_clauses(
    policy: Policy, request: ContactRequest, assessment: Assessed
) -> Proposal:
    for proposal, tests in policy.tests:
        for test in tests:
            if not test(request, assessment):
                break
        else:
            return proposal
    return Proposal(policy.otherwise, "otherwise")


def _tests(conditions: Conditions, reads: frozenset[str]) -> tuple[Test, ...]:
    return tuple(_test(name, wanted, reads) for name, wanted in conditions)


def condition_holds(
    name: str,
    wanted: Condition,
    request: ContactRequest,
    assessment: Assessed,
    *,
    reads: frozenset[str] = frozenset(),
) -> bool:
    """Return whether one condition holds.

    Args:
        name: Of the condition.
        wanted: What it wants.
        request: Of which.
        assessment: Of that request.
        reads: Codes of the languages that the member reads; none is not known.
    """
    return _test(name, wanted, reads)(request, assessment)


def _test(name: str, wanted: Condition, reads: frozenset[str] = frozenset()) -> Test:
    """Return the test of one condition."""
    read = _reader(name, reads)
    if isinstance(wanted, Range) and name in KINDS:
        return _test_of_kind(KINDS[name], wanted)
    if isinstance(wanted, Range):
        return lambda request, assessment: wanted.holds(
            _number(read(request, assessment))
        )
    if isinstance(wanted, bool):
        return lambda request, assessment: read(request, assessment) is wanted
    if name == "tie":
        return lambda _, assessment: any(
            tie.kind.value in wanted for tie in assessment.known_from
        )
    return lambda request, assessment: read(request, assessment) in wanted


def _test_of_kind(kind: Kind, wanted: Range) -> Test:
    least = -inf if wanted.at_least is None else wanted.at_least
    most = inf if wanted.below is None else wanted.below
    return lambda _, assessment: least <= assessment.probability(kind) < most


def _number(value: Value) -> float | None:
    return value if isinstance(value, int | float) else None


def _reader(
    name: str, reads: frozenset[str]
) -> Callable[[ContactRequest, Assessed], Value]:
    """Return what reads the value that a condition is about."""
    if name in KINDS:
        kind = KINDS[name]
        return lambda _, assessment: assessment.probability(kind)
    if name in _READERS:
        return _READERS[name]
    if name in (*COUNTS, *FLAGS):
        return lambda request, _: getattr(request.sender, name)
    if name in {"language", IN_MY_LANGUAGE}:
        return _language_reader(name, reads)
    return lambda request, _: getattr(request, name)


def _language_reader(
    name: str, reads: frozenset[str]
) -> Callable[[ContactRequest, Assessed], Value]:
    if name == "language":
        return lambda request, _: language_of(request.note)
    return lambda request, _: is_read(language_of(request.note), reads)


def read_by(policy: Policy, reads: Callable[[], frozenset[str]]) -> Policy:
    """Return the policy for a member who reads these languages.

    Args:
        policy: Any.
        reads: Gives codes of languages; asked only if the policy asks for them.
    """
    if IN_MY_LANGUAGE not in policy.facts:
        return policy
    return replace(policy, reads=reads())


def is_read(language: str | None, reads: frozenset[str]) -> bool | None:
    """Return whether the member reads a language; ``None`` is not known.

    Args:
        language: ISO 639-1 code; ``None`` is not sure.
        reads: Codes of the languages that the member reads; none is not known.
    """
    return language in reads if language and reads else None


def _reasons_against(_: ContactRequest, assessment: Assessed) -> int:
    return sum(assessment.probability(kind) >= EVEN_ODDS for kind in REFUSABLE)


def note_state(request: ContactRequest) -> str:
    """Return whether there is a note: blank, present or unknown."""
    if request.note is None:
        return "unknown"
    return "present" if request.note.strip() else "blank"


_READERS: Mapping[str, Callable[[ContactRequest, Assessed], Value]] = {
    "reasons_against": _reasons_against,
    "note": lambda request, _: note_state(request),
    ASKED_BEFORE: lambda _, assessment: assessment.asked_before,
}
