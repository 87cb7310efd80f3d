"""Requests that wait are scored together, and say what each says when looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from builders import WORDINGS, request, screening
from vorzimmer.bulk import Scores
from vorzimmer.cards import Card
from vorzimmer.crowds import Crowd, Crowds
from vorzimmer.desk import Desk
from vorzimmer.model import Action, ContactRequest, Kind
from vorzimmer.policy_file import preset_policy
from vorzimmer.sample import write_archive
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening
from vorzimmer.settings import Settings
from vorzimmer.signal import Context


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def desk(archive: Path, tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(database=str(tmp_path / "desk.db"))) as opened:
        opened.import_from(archive)
        yield opened


def waiting(desk: Desk) -> list[Card]:
    return [card for _, group in desk.session().groups for card in group]


def said(card: Card) -> tuple[object, ...]:
    return (
        card.request,
        card.proposal,
        card.known_from,
        card.state,
        card.campaign,
        card.turn,
        card.glance.leading_kind,
        {kind: card.glance.probability(kind) for kind in Kind},
        card.question,
        {kind: found.score for kind, found in card.assessment.kinds.items()},
    )


def alone(desk: Desk, card: Card) -> Card:
    """Return the card of a request that was looked at without a session."""
    with Desk.open(desk.settings) as other:
        return other.card(card.request.id)


def test_a_session_says_of_each_what_the_request_alone_says(desk: Desk) -> None:
    shown = waiting(desk)
    with Desk.open(desk.settings) as other:
        assert [said(card) for card in shown] == [
            said(other.card(card.request.id)) for card in shown
        ]


def test_no_evidence_is_looked_for_before_somebody_looks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    screen_in = Screening.screen_in

    def noted(
        self: Screening, requests: Sequence[ContactRequest], contexts: Sequence[Context]
    ) -> list[Screened]:
        asked.extend(each.id for each in requests)
        return screen_in(self, requests, contexts)

    monkeypatch.setattr(Screening, "screen_in", noted)
    first, *_ = waiting(desk)
    assert not asked
    assert first.assessment.request_id == first.request.id
    assert asked == [first.request.id]


def test_what_the_member_typed_in_counts_in_the_session(desk: Desk) -> None:
    before = next(
        card for card in waiting(desk) if card.request.sender.has_picture is None
    )
    desk.give_fact(before.request.id, "has_picture", value=False)
    (after,) = (card for card in waiting(desk) if card.request.id == before.request.id)
    assert after.request.sender.has_picture is False
    assert said(after) == said(alone(desk, after))


def test_a_session_after_learning_is_that_of_a_desk_opened_then(desk: Desk) -> None:
    shown = waiting(desk)
    before = {card.request.id: said(card) for card in shown}
    for card in shown[::2]:
        desk.teaching.correct(card.request.id, Kind.SOLICITATION)
    assert desk.teaching.learned().shifts
    after = waiting(desk)
    assert {card.request.id: said(card) for card in after} != before
    with Desk.open(desk.settings) as other:
        assert [said(card) for card in after] == [said(card) for card in waiting(other)]


def test_deciding_many_writes_down_what_each_looks_like(desk: Desk) -> None:
    shown = waiting(desk)
    made = desk.reactions.decide_many(
        [card.request.id for card in shown], Action.IGNORE
    )
    assert {each.request_id: each.looked_like for each in made} == {
        card.request.id: card.assessment.leading_kind for card in shown
    }


def test_a_crowd_is_scored_by_new_weights_as_if_read_anew() -> None:
    asked = [request(note, name=f"Sender {at}") for at, note in enumerate(WORDINGS)]
    policy, today = preset_policy("ask-back"), screening()
    crowd = Crowd.read(asked, today.contexts(asked, None), today)
    taught = replace(today, weights={"asks_for_call": 5.0}, shifts={Kind.DANGER: 0.4})
    assert crowd.scored(today, policy) == Scores(today, policy).of(asked)
    assert crowd.scored(taught, policy) == Scores(taught, policy).of(asked)
    assert crowd.scored(taught, policy) != crowd.scored(today, policy)


def test_crowds_know_who_is_in_which() -> None:
    today, crowds, policy = screening(), Crowds(), preset_policy("ask-back")
    for some in ([request(name="A"), request(name="B")], [request(name="C")]):
        crowds.add(Crowd.read(some, today.contexts(some, None), today))

    def scored(*ids: str) -> list[str]:
        return [each.request_id for each in crowds.scored(ids, today, policy)]

    assert "r-C" in crowds
    assert "r-D" not in crowds
    assert scored("r-B") == ["r-A", "r-B"]
    assert scored("r-C", "r-B") == ["r-A", "r-B", "r-C"]


def test_who_is_taken_out_of_the_crowds_is_read_anew() -> None:
    today, policy = screening(), preset_policy("ask-back")
    before = Crowds()
    some = [request("Hallo!", name="A"), request("Hallo!", name="B")]
    before.add(Crowd.read(some, today.contexts(some, None), today))
    after = before.without({"r-B"})
    assert "r-B" in before
    assert "r-B" not in after
    alone = [request(WORDINGS[0], name="B")]
    after.add(Crowd.read(alone, today.contexts(alone, None), today))
    scored = {
        each.request_id: each for each in after.scored(["r-A", "r-B"], today, policy)
    }
    assert scored["r-B"] == Scores(today, policy).of(alone)[0]
    assert scored["r-A"] == Scores(today, policy).of(some)[0]
