"""The JSON form says all, adds up, and keeps to its schema."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TIES, request
from vorzimmer.answer import RequestAnswer, answer, json_line
from vorzimmer.cards import Card
from vorzimmer.model import (
    Action,
    Assessment,
    Evidence,
    Kind,
    KindScore,
    OpenQuestion,
    Proposal,
    say,
)
from vorzimmer.screening import probability_of
from vorzimmer.shares import PRIORS

POINTS = st.floats(-9, 9, allow_nan=False)


def said(shown: Card) -> RequestAnswer:
    return answer(shown, language="de")


def kind_score(kind: Kind, *evidence: Evidence) -> KindScore:
    score = PRIORS[kind] + sum(each.points for each in evidence)
    return KindScore(score, probability_of(score), PRIORS[kind], evidence)


def card(
    *evidence: Evidence, question: OpenQuestion | None = None, note: str = "Hallo"
) -> Card:
    kinds = {kind: kind_score(kind) for kind in Kind}
    kinds[Kind.COLLECTOR] = kind_score(Kind.COLLECTOR, *evidence)
    asked = request(note)
    return Card(
        request=asked,
        glance=Assessment(asked.id, kinds, known_from=TIES),
        known_from=(
            say("connected since {since:%Y}", since=date(2019, 5, 2)),
            say("wrote {count} times, last on {on}", count=14, on=date(2024, 3, 9)),
        ),
        proposal=Proposal(Action.IGNORE, "first reason: collects contacts"),
        ask=lambda: question,
    )


def evidence(points: list[float]) -> list[Evidence]:
    return [Evidence(f"s{place}", each, "x") for place, each in enumerate(points)]


def through_json(shown: Card) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json_line(said(shown)))
    return read


def test_it_has_the_fields_of_the_form_and_no_others() -> None:
    read = through_json(card())
    assert list(read) == [
        "id",
        "kinds",
        "solicitation_or_danger",
        "known_from",
        "open_question",
        "language",
        "action",
        "clause",
    ]
    assert list(read["kinds"]) == [kind.value for kind in Kind]
    assert read["id"] == "r-Rex Vertrieb"
    assert read["action"] == "ignore"
    assert read["clause"] == "first reason: collects contacts"
    assert read["open_question"] is None


def test_the_first_evidence_is_the_prior_of_each_kind() -> None:
    read = through_json(card())
    for kind in Kind:
        assert read["kinds"][kind]["evidence"] == [
            {
                "signal": "prior",
                "quote": "how often requests are of this kind",
                "span": None,
                "points": PRIORS[kind],
            }
        ]


def test_evidence_quotes_and_points_to_the_words() -> None:
    read = through_json(
        card(
            Evidence("a", 1.5, "Hallo", (0, 5)),
            Evidence("b", 0.25, say("{count} contacts", count=12_000)),
        )
    )
    _, first, second = read["kinds"]["collector"]["evidence"]
    assert first == {"signal": "a", "quote": "Hallo", "span": [0, 5], "points": 1.5}
    assert second["quote"] == "12,000 contacts"
    assert second["span"] is None


def test_ties_are_told_as_data_and_in_words() -> None:
    assert through_json(card())["known_from"] == [
        {
            "how": "connection",
            "since": "2019-05-02",
            "until": None,
            "count": None,
            "detail": "",
            "text": "connected since 2019",
        },
        {
            "how": "wrote",
            "since": "2020-01-03",
            "until": "2024-03-09",
            "count": 14,
            "detail": "",
            "text": "wrote 14 times, last on 9 March 2024",
        },
    ]


def test_an_open_question_is_told_with_what_it_may_change() -> None:
    asked = OpenQuestion("contacts_count", 0.25, Action.ACCEPT)
    assert through_json(card(question=asked))["open_question"] == {
        "fact": "contacts_count",
        "question": "How many contacts does the profile show?",
        "likelihood": 0.25,
        "changes_to": "accept",
    }


@given(st.lists(POINTS, max_size=12))
def test_points_add_up_to_the_score_to_the_letter(points: list[float]) -> None:
    shown = card(*evidence(points))
    line = json_line(said(shown))
    for each in json.loads(line, parse_float=Decimal)["kinds"].values():
        assert sum(one["points"] for one in each["evidence"]) == each["score"]
        assert (
            abs(probability_of(float(each["score"])) - float(each["probability"]))
            < 1e-6
        )


@given(st.lists(POINTS, max_size=12))
def test_rounding_moves_a_score_by_less_than_a_thousandth(points: list[float]) -> None:
    shown = card(*evidence(points))
    exact = shown.assessment.kinds[Kind.COLLECTOR].score
    assert abs(said(shown)["kinds"][Kind.COLLECTOR]["score"] - exact) < 0.001


@given(st.text())
def test_any_words_stay_on_one_line_and_arrive_to_the_letter(words: str) -> None:
    line = json_line(said(card(Evidence("a", 1.0, words))))
    assert line.splitlines() == [line[:-1]]
    read = json.loads(line)
    assert read["kinds"]["collector"]["evidence"][1]["quote"] == words


def test_no_terminal_obeys_an_answer() -> None:
    line = json_line(said(card(Evidence("a", 1.0, "\x1b[2J\x9b1m\u202egnp.exe\x7f"))))
    assert not any(sign in line for sign in "\x1b\x9b\u202e\x7f")


def test_umlauts_stay_readable() -> None:
    assert "Jörg 👋" in json_line(said(card(Evidence("a", 1.0, "Jörg 👋"))))


@pytest.mark.parametrize(
    "question", [None, OpenQuestion("has_picture", 0.1, Action.HOLD)]
)
def test_an_answer_keeps_to_its_own_type(question: OpenQuestion | None) -> None:
    line = json_line(said(card(Evidence("a", 1.0, "x", (0, 1)), question=question)))
    assert msgspec.json.decode(line, type=RequestAnswer)["action"] is Action.IGNORE
