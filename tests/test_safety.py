"""What a member needs to be safe goes before every policy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from builders import request
from rehearsal_cases import Said, one_by_one, pasts, policies
from vorzimmer.model import Action, ContactRequest, Kind
from vorzimmer.past import Past
from vorzimmer.policy import Policy, propose
from vorzimmer.safety import needs_of
from vorzimmer.settings import SafetySettings

SAFE = SafetySettings(
    no_faceless_strangers=True, no_danger=True, hold_networks="XING, example"
)
OPEN = Policy("open", {}, {}, (), Action.ACCEPT, needs_of(SAFE))
Facts = dict[str, object]


@pytest.mark.parametrize(
    ("sender", "said", "action"),
    [
        ({}, {}, Action.HOLD),
        ({"has_picture": True}, {}, Action.HOLD),
        ({"has_picture": True, "mutual_contacts_count": 0}, {}, Action.HOLD),
        ({"has_picture": True, "mutual_contacts_count": 1}, {}, Action.ACCEPT),
        ({"has_picture": False}, {Kind.KNOWN: 0.9}, Action.ACCEPT),
        ({}, {Kind.KNOWN: 0.9, Kind.DANGER: 0.6}, Action.HOLD),
    ],
)
def test_what_a_member_needs_goes_before_the_policy(
    sender: Facts, said: dict[Kind, float], action: Action
) -> None:
    assert propose(OPEN, request("Hallo", **sender), Said(said)).action is action


def test_a_need_never_opens_a_door_and_leaves_refusals_as_they_are() -> None:
    shut = Policy("shut", {}, {}, (), Action.REPORT_SPAM, needs_of(SAFE))
    proposal = propose(shut, request("Hallo"), Said({Kind.DANGER: 0.9}))
    assert (proposal.action, proposal.clause) == (Action.REPORT_SPAM, "otherwise")


def test_a_network_that_is_held_is_held_whatever_the_policy() -> None:
    for action in set(Action) - {Action.HOLD}:
        policy = Policy("p", {}, {}, (), action, needs_of(SAFE))
        asked = ContactRequest(id="x", network="xing")
        found = propose(policy, asked, Said({Kind.KNOWN: 1.0}))
        assert found.action is Action.HOLD
        assert "network" in found.clause


@settings(max_examples=40)
@given(pasts, policies)
def test_with_needs_nobody_comes_in_who_stayed_out_without(
    past: Past, policy: Policy
) -> None:
    safe = Policy("p", {}, {}, policy.clauses, policy.otherwise, needs_of(SAFE))
    bare = Policy("p", {}, {}, policy.clauses, policy.otherwise)
    for (one, _), (other, _) in zip(
        one_by_one(past, safe), one_by_one(past, bare), strict=True
    ):
        assert one in {other, Action.HOLD}


def test_a_need_counts_as_what_a_question_may_be_asked_for() -> None:
    assert {"has_picture", "mutual_contacts_count", "danger"} <= OPEN.facts
    assert OPEN.cut_offs[Kind.DANGER] == frozenset({0.5})
