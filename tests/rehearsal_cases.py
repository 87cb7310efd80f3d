"""Policies and pasts of all sorts, for the tests of rehearsals."""

from __future__ import annotations

from hypothesis import strategies as st

from builders import requests
from vorzimmer.model import Action, Channel, ContactRequest, Kind, Person, Tie, TieKind
from vorzimmer.past import Earlier, Fate, Past
from vorzimmer.policy import (
    CONDITIONS,
    COUNTS,
    KINDS,
    Assessed,
    Clause,
    Condition,
    Need,
    Policy,
    Range,
    propose,
)


class Said:
    """An assessment of which only what policies ask for is given."""

    def __init__(
        self,
        probabilities: dict[Kind, float],
        ties: tuple[Tie, ...] = (),
        *,
        asked_before: bool | None = None,
    ) -> None:
        self._probabilities = probabilities
        self.known_from = ties
        self.asked_before = asked_before

    def probability(self, kind: Kind) -> float:
        return self._probabilities.get(kind, 0.0)


def item(asked: ContactRequest, fate: Fate = Fate.SILENT) -> Earlier:
    return Earlier(request=asked, done=Action.ACCEPT, actor="member", fate=fate)


shares = st.sampled_from([0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 1.0]) | st.floats(0, 1)
counts = st.integers(0, 600)


def ranges(values: st.SearchStrategy[float]) -> st.SearchStrategy[Range]:
    return st.builds(Range, values | st.none(), values | st.none())


def wanted_of(name: str) -> st.SearchStrategy[Condition]:
    if name in KINDS:
        return ranges(shares)
    if name in COUNTS or name == "reasons_against":
        return ranges(counts)
    words = {
        "tie": [each.value for each in TieKind],
        "note": ["blank", "present", "unknown"],
        "channel": [each.value for each in Channel],
        "network": ["linkedin", "xing", "elsewhere"],
        "language": ["de", "en", "tr"],
    }
    if name in words:
        some = st.lists(st.sampled_from(words[name]), min_size=1, max_size=3)
        return some.map(tuple)
    return st.booleans()


conditions = st.lists(
    st.sampled_from(sorted(CONDITIONS)).flatmap(
        lambda name: st.tuples(st.just(name), wanted_of(name))
    ),
    min_size=1,
    max_size=3,
).map(tuple)
actions = st.sampled_from(Action)
clauses = st.builds(Clause, st.text(min_size=1, max_size=5), actions, conditions)
needs = st.builds(
    Need,
    st.text(min_size=1, max_size=5),
    st.frozensets(actions, min_size=1),
    conditions,
    st.lists(conditions, max_size=2).map(tuple),
)
policies = st.builds(
    lambda some, otherwise, before, reads: Policy(
        "p", {}, {}, some, otherwise, before, reads
    ),
    st.lists(clauses, max_size=6).map(tuple),
    actions,
    st.lists(needs, max_size=2).map(tuple),
    st.frozensets(st.sampled_from(["de", "en", "pl"])),
)
tie = st.sampled_from(TieKind).map(lambda kind: Tie(person=Person(), kind=kind))
assessments = st.builds(
    Said,
    st.dictionaries(st.sampled_from(Kind), shares),
    st.lists(tie, max_size=3).map(tuple),
    asked_before=st.none() | st.booleans(),
)
pasts = st.lists(st.tuples(requests.map(item), assessments), max_size=8).map(
    lambda some: Past(tuple(i for i, _ in some), tuple(a for _, a in some))
)


def one_by_one(past: Past, policy: Policy) -> list[tuple[Action, str]]:
    pairs: list[tuple[Earlier, Assessed]] = list(
        zip(past.items, past.assessed, strict=True)
    )
    found = [propose(policy, each.request, said) for each, said in pairs]
    return [(each.action, each.clause) for each in found]
