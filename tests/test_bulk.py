"""Scores in bulk are those of the way with evidence; so is the proposal."""

from __future__ import annotations

from functools import cache
from math import copysign, inf, log, nextafter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import request, requests, screening
from vorzimmer import roster
from vorzimmer import screening as plain
from vorzimmer.bulk import Scores, probabilities_near, score_stream
from vorzimmer.campaigns import group_notes
from vorzimmer.model import ContactRequest, Kind
from vorzimmer.policy import Policy, propose
from vorzimmer.policy_file import preset_policies, preset_policy
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening, probability_of
from vorzimmer.signals import all_signals


@cache
def desk() -> Screening:
    return screening()


def same(scored: object, screened: Screened, policy: Policy) -> bool:
    kinds = screened.assessment.kinds
    return (
        getattr(scored, "request_id", None) == screened.request.id
        and getattr(scored, "scores", None) == {k: kinds[k].score for k in Kind}
        and getattr(scored, "solicitation_or_danger", None)
        == screened.assessment.solicitation_or_danger
        and getattr(scored, "known_from", None) == screened.assessment.known_from
        and getattr(scored, "proposal", None)
        == propose(policy, screened.request, screened.assessment)
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(requests, max_size=4), st.sampled_from(sorted(preset_policies())))
def test_scores_are_those_with_evidence(asked: list[ContactRequest], name: str) -> None:
    policy = preset_policy(name)
    counted = group_notes(asked).senders
    scored = Scores(desk(), policy).of(asked, same_notes=counted)
    screened = desk().screen(asked, same_notes=counted)
    assert all(map(same, scored, screened, [policy] * len(asked)))


@settings(max_examples=20, deadline=None)
@given(asked=st.lists(requests, min_size=1, max_size=4))
def test_compiled_loops_change_nothing(
    asked: list[ContactRequest],
) -> None:
    policy = preset_policy("ask-back")
    screened = desk().screen(asked)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain, "_MANY", 1)
        patched.setattr(roster, "MANY", 1)
        scored = Scores(desk(), policy).of(asked)
        compiled = desk().screen(asked)
    assert all(map(same, scored, screened, [policy] * len(asked)))
    assert [each.assessment for each in compiled] == [
        each.assessment for each in screened
    ]


def test_own_weights_hold_in_bulk_too() -> None:
    weights = {each.name: each.weight / 3 for each in all_signals()}
    own = screening(weights=weights)
    asked = [request("Kontakte schaden nur dem, der keine hat!", contacts_count=9000)]
    policy = preset_policy("ask-back")
    (scored,) = Scores(own, policy).of(asked)
    assert same(scored, own.screen(asked)[0], policy)
    assert scored.scores != Scores(desk(), policy).of(asked)[0].scores


def test_a_stream_is_scored_in_its_order_whatever_the_batch() -> None:
    asked = [request("Hallo", name=f"Rex {number}") for number in range(7)]
    policy = preset_policy("ask-back")
    scored = list(score_stream(iter(asked), desk(), policy, batch=3))
    assert [each.request_id for each in scored] == [each.id for each in asked]
    assert scored == list(score_stream(asked, desk(), policy))


def test_a_stream_reads_no_further_than_it_must() -> None:
    read: list[int] = []

    def endless() -> object:
        number = 0
        while True:
            read.append(number)
            yield request("Hallo", name=f"Rex {number}")
            number += 1

    stream = score_stream(
        endless(),  # type: ignore[arg-type]  # a generator of requests
        desk(),
        preset_policy("ask-back"),
        batch=5,
    )
    next(stream)
    assert len(read) == 5


@given(st.sampled_from([0.35, 0.5, 0.7, 0.75]), st.integers(-40, 40))
def test_a_probability_beside_a_cut_off_is_the_exact_one(
    cut: float, steps: int
) -> None:
    policy = preset_policy("ask-back")
    score = log(cut / (1 - cut))
    for _ in range(abs(steps)):
        score = nextafter(score, copysign(inf, steps))
    for kind, cuts in policy.cut_offs.items():
        (found,) = probabilities_near({kind: np.array([score])}, policy, kind)
        exact = probability_of(score)
        assert [found >= each for each in cuts] == [exact >= each for each in cuts]
