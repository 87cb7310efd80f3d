"""What holds for every assessment, whatever the request."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import MEMBER, request, requests, screening
from vorzimmer.cards import screen_together
from vorzimmer.model import ContactRequest, Kind, Person, with_facts
from vorzimmer.screening import (
    Screening,
    probability_of,
    score,
)
from vorzimmer.shares import PRIORS


@cache
def desk() -> Screening:
    return screening()


FACTS = [
    each.name
    for each in fields(Person)
    if each.name not in {"name", "email", "profile_url"}
]


@given(requests)
def test_points_add_up_to_the_score(asked: ContactRequest) -> None:
    (screened,) = desk().screen([asked])
    for kind, found in screened.assessment.kinds.items():
        assert found.prior == PRIORS[kind]
        total = found.prior + sum(each.points for each in found.evidence)
        assert isclose(found.score, total, abs_tol=1e-9)
        assert isclose(found.probability, probability_of(found.score))


@given(requests, st.sampled_from(FACTS))
def test_an_unknown_fact_never_adds_evidence(asked: ContactRequest, fact: str) -> None:
    known, unknown = desk().screen([asked, with_facts(asked, **{fact: None})])
    hits = {(signal.name, str(hit.quote)) for signal, hit in known.found}
    fewer = {(signal.name, str(hit.quote)) for signal, hit in unknown.found}
    assert fewer <= hits


@given(requests)
def test_removing_evidence_for_a_kind_never_raises_it(asked: ContactRequest) -> None:
    (screened,) = desk().screen([asked])
    for left_out in screened.found:
        signal, hit = left_out
        rest = [each for each in screened.found if each is not left_out]
        before = screened.assessment.kinds[signal.kind].score
        after = score(signal.kind, rest, weights={}).score
        speaks_for = signal.weight * hit.strength > 0
        assert after <= before + 1e-9 if speaks_for else after >= before - 1e-9


@settings(max_examples=30)
@given(st.lists(requests, max_size=6, unique_by=lambda each: each.id), st.randoms())
def test_the_order_of_requests_is_irrelevant(
    asked: list[ContactRequest], random: object
) -> None:
    shuffled = list(asked)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = screen_together(asked, desk())
    second = screen_together(shuffled, desk())
    assert {each.request.id: each.assessment for each in first} == {
        each.request.id: each.assessment for each in second
    }


@settings(max_examples=30)
@given(st.lists(requests, max_size=6))
def test_a_batch_says_what_each_alone_says(asked: list[ContactRequest]) -> None:
    together = [each.assessment for each in desk().screen(asked)]
    alone = [desk().screen([each])[0].assessment for each in asked]
    assert together == alone


@given(st.floats(-1e6, 1e6))
def test_a_probability_is_one_for_any_score(any_score: float) -> None:
    assert 0 <= probability_of(any_score) <= 1


def test_nothing_known_is_the_prior_and_no_kind_leads() -> None:
    (screened,) = desk().screen([ContactRequest(id="1")])
    kinds = screened.assessment.kinds
    assert {kind: found.score for kind, found in kinds.items()} == PRIORS
    assert screened.assessment.leading_kind is None


def test_own_weights_hold_instead_of_the_default() -> None:
    asked = request("", contacts_count=5000)
    (default,) = desk().screen([asked])
    name = default.found[0][0].name
    (own,) = screening(weights={name: 0.0}).screen([asked])
    kind = default.found[0][0].kind
    points = {each.signal: each.points for each in own.assessment.kinds[kind].evidence}
    assert points[name] == 0


def test_a_contact_is_known_and_says_from_where() -> None:
    asked = request(
        "", name="Anna Feddersen", profile_url="https://www.linkedin.com/in/anna-f"
    )
    (screened,) = desk().screen([asked])
    assert screened.assessment.leading_kind is Kind.KNOWN
    assert screened.assessment.probability(Kind.KNOWN) > 0.9


def test_a_known_name_in_a_note_is_a_mention() -> None:
    asked = request("Anna Feddersen meinte, ich soll mich bei Ihnen melden.")
    (screened,) = desk().screen([asked])
    assert [each.name for each in screened.context.mentions] == ["Anna Feddersen"]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_prior_below_even_odds(kind: Kind) -> None:
    assert PRIORS[kind] < 0


def test_the_member_of_the_screening_is_the_one_given() -> None:
    (screened,) = desk().screen([request()])
    assert screened.context.member is MEMBER
