"""The open question: the one unknown fact that would change the action."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings

from builders import request, requests, screening
from vorzimmer.model import Action, Answer, ContactRequest, with_facts
from vorzimmer.policy import propose
from vorzimmer.policy_file import preset_policies, read_policy
from vorzimmer.questions import ANSWERS, LEAST_LIKELIHOOD, open_question
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening

PICTURE = read_policy(
    "picture",
    """
otherwise = "ask"
[[clause]]
name = "no face, no connection"
when = { has_picture = false }
then = "ignore"
""",
    file="picture.toml",
)


@cache
def desk() -> Screening:
    return screening()


def answered(asked: ContactRequest, fact: str, answer: Answer) -> Screened:
    (then,) = desk().screen([with_facts(asked, **{fact: answer})])
    return then


def test_the_question_names_the_fact_that_a_clause_waits_for() -> None:
    (screened,) = desk().screen([request("Hallo")])
    question = open_question(screened, desk(), policy=PICTURE)
    assert question is not None
    assert question.fact == "has_picture"
    assert question.changes_to is Action.IGNORE
    assert question.likelihood == 0.1


def test_what_is_known_is_not_asked() -> None:
    (screened,) = desk().screen([request("Hallo", has_picture=True)])
    assert open_question(screened, desk(), policy=PICTURE) is None


@settings(max_examples=25)
@given(requests)
def test_a_question_is_asked_only_if_an_answer_changes_the_action(
    asked: ContactRequest,
) -> None:
    (screened,) = desk().screen([asked])
    for policy in preset_policies().values():
        question = open_question(screened, desk(), policy=policy)
        if question is None:
            continue
        now = propose(policy, screened.request, screened.assessment).action
        actions = set()
        for answer, _ in ANSWERS[question.fact]:
            then = answered(asked, question.fact, answer)
            actions.add(propose(policy, then.request, then.assessment).action)
        assert question.changes_to in actions - {now}


def test_the_shares_of_all_answers_add_up_to_one() -> None:
    for shares in ANSWERS.values():
        assert abs(sum(share for _, share in shares) - 1) < 1e-9


@settings(max_examples=40)
@given(requests)
def test_the_short_way_finds_what_trying_every_answer_finds(
    asked: ContactRequest,
) -> None:
    (screened,) = desk().screen([asked])
    tried = {
        fact: [(answered(asked, fact, answer), share) for answer, share in answers]
        for fact, answers in ANSWERS.items()
        if getattr(asked.sender, fact) is None
    }
    for policy in preset_policies().values():
        now = propose(policy, screened.request, screened.assessment).action
        likelihood = [
            sum(
                share
                for then, share in answers
                if propose(policy, then.request, then.assessment).action is not now
            )
            for answers in tried.values()
        ]
        best = max(likelihood, default=0.0)
        question = open_question(screened, desk(), policy=policy)
        if question is None:
            assert best < LEAST_LIKELIHOOD
        else:
            assert abs(question.likelihood - best) < 1e-3
