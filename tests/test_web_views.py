"""What the pages show, made from cards: order, changes, answers, pace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vorzimmer.adding_up import BOUNDS
from vorzimmer.cards import Card, Session, make_session
from vorzimmer.model import (
    Action,
    Assessment,
    ContactRequest,
    Evidence,
    Kind,
    KindScore,
    Person,
    Proposal,
)
from vorzimmer.policy_file import preset_policy
from vorzimmer.screening import probability_of
from vorzimmer.shares import PRIORS
from vorzimmer.signal import Group
from vorzimmer.signals import all_signals
from vorzimmer.translation import translator
from vorzimmer.web.office import environment
from vorzimmer.web.views import (
    EntryError,
    Finding,
    Round,
    form_of,
    listed,
    read_answer,
    view,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def signals_of(group: Group) -> list[str]:
    return [each.name for each in all_signals() if each.group is group]


NOTE_SIGNALS = signals_of(Group.NOTE)
(OF_SENDER, *_) = signals_of(Group.SENDER)


def scored(kind: Kind, points: float) -> KindScore:
    evidence = (Evidence("a_signal", points, "words"),) if points else ()
    score = PRIORS[kind] + points
    return KindScore(score, probability_of(score), PRIORS[kind], evidence)


def card(
    request_id: str,
    action: Action = Action.ASK,
    sender: Person | None = None,
    **points: float,
) -> Card:
    request = ContactRequest(id=request_id, sender=sender or Person(), note="Hallo")
    kinds = {kind: scored(kind, points.get(kind.value, 0.0)) for kind in Kind}
    return Card(
        request=request,
        glance=Assessment(request_id, kinds),
        known_from=(),
        proposal=Proposal(action, "a clause"),
    )


def session(*cards: Card) -> Session:
    return make_session(cards, preset_policy("ask-back"), decided_count=0)


def test_findings_stand_likeliest_first_and_the_rest_is_named() -> None:
    shown = view(card("1", solicitation=1.0, danger=5.5))
    assert [each.kind for each in shown.findings] == [Kind.DANGER, Kind.SOLICITATION]
    assert len(shown.findings) + len(shown.without) == len(Kind)


def test_an_answer_shows_what_it_changed() -> None:
    before = card("1", Action.ASK)
    after = replace(
        card("1", Action.IGNORE, collector=3.0), given={"contacts_count": 999}
    )
    shown = view(after, before)
    (finding,) = shown.findings
    assert finding.before == pytest.approx(probability_of(PRIORS[Kind.COLLECTOR]))
    assert shown.before is Action.ASK


def test_an_answer_that_changes_nothing_marks_nothing() -> None:
    shown = view(card("1", collector=3.0), card("1", collector=3.0))
    assert shown.before is None
    assert [each.before for each in shown.findings] == [None]


def test_a_fact_that_is_known_to_be_no_is_shown_and_not_asked() -> None:
    shown = view(card("1", sender=Person(has_picture=False, company="")))
    assert dict(shown.facts) == {"has_picture": False}
    assert "has_picture" not in shown.asked
    assert "contacts_count" in shown.asked


def test_the_next_request_is_the_one_that_stood_below() -> None:
    cards = [card(name) for name in "abc"]
    way = Round.of(session(*cards))
    assert [each.request.id for each in way.cards] == ["a", "b", "c"]
    assert way.after("b", Round.of(session(cards[0], cards[2]))) == "c"


def test_after_the_last_request_comes_the_nearest_above() -> None:
    cards = [card(name) for name in "abc"]
    way = Round.of(session(*cards))
    assert way.after("c", Round.of(session(*cards[:2]))) == "b"
    assert way.after("c", Round.of(session())) is None


def test_a_request_put_off_makes_way_for_the_next() -> None:
    cards = [card(name) for name in "ab"]
    way = Round.of(session(*cards))
    assert way.after("a", way) == "b"
    assert way.after("b", way) == "a"


def test_there_is_no_neighbour_beyond_the_ends() -> None:
    way = Round.of(session(card("a"), card("b")))
    assert (way.neighbour("a", -1), way.neighbour("a", 1)) == (None, "b")
    assert way.neighbour("nobody", 1) is None


def test_a_session_knows_where_each_request_stands() -> None:
    waiting = session(card("a"), card("b"), card("c", Action.ACCEPT))
    assert [each.request.id for each in waiting.way] == ["c", "a", "b"]
    assert waiting.group_of("c") == (Action.ACCEPT, 0)
    assert waiting.group_of("b") == (Action.ASK, 1)
    assert waiting.group_of("nobody") is None


def test_a_long_group_is_listed_around_the_request_in_hand() -> None:
    cards = [card(str(number)) for number in range(200)]
    shown = [each.request.id for each in listed(cards, 100)]
    assert len(shown) == 80
    assert "100" in shown
    assert listed(cards, 0)[0].request.id == "0"
    assert listed(cards, 199)[-1].request.id == "199"


@pytest.mark.parametrize(
    ("fact", "typed", "meant"),
    [
        ("contacts_count", " 500+ ", 500),
        ("contacts_count", "1.234", 1234),
        ("contacts_count", "0", 0),
        ("has_picture", "no", False),
        ("visited_profile", "yes", True),
        ("created_on", "2024-03-01", date(2024, 3, 1)),
        ("company", " Nordlicht ", "Nordlicht"),
    ],
)
def test_answers_are_understood(fact: str, typed: str, meant: object) -> None:
    assert read_answer(fact, typed) == meant


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        ("contacts_count", "many"),
        ("contacts_count", "-3"),
        ("contacts_count", "٣"),
        ("contacts_count", "9" * 8),
        ("has_picture", ""),
        ("created_on", "yesterday"),
        ("company", "  "),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(fact: str, typed: str) -> None:
    with pytest.raises(EntryError, match="Please"):
        read_answer(fact, typed)


def test_each_fact_is_asked_in_its_own_way() -> None:
    facts = ("has_picture", "contacts_count", "created_on", "company")
    assert [form_of(fact) for fact in facts] == ["yesno", "number", "day", "text"]


def test_what_one_part_can_show_at_most_is_told() -> None:
    def finding(*evidence: tuple[str, float]) -> Finding:
        found = tuple(Evidence(name, points, "words") for name, points in evidence)
        prior = PRIORS[Kind.SOLICITATION]
        score = prior + sum(points for _, points in evidence)
        whole = KindScore(score, probability_of(score), prior, found)
        return Finding(Kind.SOLICITATION, whole, ())

    most = BOUNDS[Kind.SOLICITATION][Group.NOTE][1]
    first, second = NOTE_SIGNALS[:2]
    assert finding((first, most - 1), (second, 1.0)).is_at_most
    assert not finding((first, most - 1)).is_at_most
    # With something else for it, more would be possible.
    assert not finding((first, most), (OF_SENDER, 0.5)).is_at_most
    assert finding((first, most), (OF_SENDER, -0.5)).is_at_most
    assert not finding(("a_retired_signal", most)).is_at_most
    assert not finding().is_at_most


@pytest.mark.parametrize(
    ("clause", "german", "english"),
    [
        (
            "first reason: collects contacts",
            "Erster Grund: sammelt Kontakte",
            "first reason: collects contacts",
        ),
        (
            "no answer to your question",
            "Grund: keine Antwort auf Ihre Nachfrage",
            "because: no answer to your question",
        ),
    ],
)
def test_a_reason_is_announced_once(clause: str, german: str, english: str) -> None:
    because = environment().get_template("_parts.html").module.because  # type: ignore[attr-defined] # a macro
    assert because(translator("de"), clause) == german
    assert because(translator("en"), clause) == english
