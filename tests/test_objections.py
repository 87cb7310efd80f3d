"""When it is advertising again after a no, and when it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from repeated_advertising import AGAIN, KIND, PITCH, START, asked, wrote
from vorzimmer.model import Action, Assessment, Decision, Kind, KindScore
from vorzimmer.objections import (
    REFUSALS,
    Arrival,
    Repeated,
    arrival_of,
    arrival_of_message,
    find_repeated,
)

EVEN = KindScore(score=0.0, probability=0.5, prior=0.0)


def looks(*, like_advertising: bool = True, personal: float = 0.0) -> Assessment:
    share = 0.9 if like_advertising else 0.1
    score = 2.2 if like_advertising else -2.2
    scores = dict.fromkeys(Kind, EVEN)
    scores[Kind.SOLICITATION] = KindScore(score, share, 0.0)
    scores[Kind.PERSONAL] = KindScore(personal, 0.5, 0.0)
    return Assessment(request_id="", kinds=scores)


ADVERT = looks()


def decided(
    request_id: str,
    action: Action = Action.DECLINE,
    *,
    days: float = 1,
    actor: str = "member",
) -> Decision:
    return Decision(
        id=int(days * 10) + 1,
        request_id=request_id,
        action=action,
        actor=actor,
        at=START + timedelta(days=days),
    )


def found(*decisions: Decision, more: tuple[Arrival, ...] = ()) -> Repeated | None:
    requests = [asked("a"), asked("b", AGAIN, days=9)]
    arrivals = [*(arrival_of(each, ADVERT) for each in requests), *more]
    return find_repeated(
        requests, arrivals, {each.request_id: each for each in decisions}
    )


@pytest.mark.parametrize("action", REFUSALS)
def test_one_before_the_no_and_one_after_it_is_advertising_again(
    action: Action,
) -> None:
    again = found(decided("a", action))
    assert again is not None
    assert (again.request_id, again.count) == ("a", 2)
    assert again.latest.request_id == "b"
    assert [each.request_id for each in again.thread] == ["a", "b"]
    assert str(again.told).startswith("Second advertisement, after you")


def test_nothing_is_objected_to_before_a_no_or_without_one() -> None:
    assert found() is None
    assert found(decided("b", days=12)) is None
    assert found(decided("a", days=12)) is None
    assert found(decided("a", Action.IGNORE)) is None
    assert found(decided("a", actor="archive")) is None


def test_whoever_was_let_in_later_is_not_refused_any_more() -> None:
    assert found(decided("a"), decided("b", Action.ACCEPT, days=10)) is None


def test_the_first_advertisement_after_a_no_to_something_else_is_the_first() -> None:
    requests = [asked("a", KIND), asked("b", AGAIN, days=9)]
    arrivals = [
        arrival_of(requests[0], looks(like_advertising=False)),
        arrival_of(requests[1], ADVERT),
    ]
    assert find_repeated(requests, arrivals, {"a": decided("a")}) is None


def test_what_has_no_words_is_no_advertisement() -> None:
    for note in (None, "", "  "):
        assert not arrival_of(asked("a", note), ADVERT).is_advertising
        said = arrival_of(asked("a", note), ADVERT, said=Kind.SOLICITATION)
        assert not said.is_advertising


def test_what_is_rather_personal_is_no_advertisement() -> None:
    assert not arrival_of(asked("a"), looks(personal=3.0)).is_advertising


def test_what_the_member_said_goes_before_screening() -> None:
    assert not arrival_of(asked("a"), ADVERT, said=Kind.PERSONAL).is_advertising
    unlike = looks(like_advertising=False)
    assert arrival_of(asked("a"), unlike, said=Kind.SOLICITATION).is_advertising


def test_what_two_sources_brought_counts_once() -> None:
    again = arrival_of_message(wrote(f" {AGAIN}", days=9.2), ADVERT)
    twice = found(decided("a"), more=(again,))
    assert twice is not None
    assert twice.count == 2


def test_a_later_message_counts_and_the_sentence_says_how_many() -> None:
    third = arrival_of_message(wrote(PITCH + " Und?", days=12), ADVERT)
    again = found(decided("a"), more=(third,))
    assert again is not None
    assert again.count == 3
    assert again.latest == third
    assert str(again.told).startswith("3 advertisements, the latest after your decline")
    assert again.since(START + timedelta(days=10)) == 1


def test_a_request_without_a_day_counts_only_if_it_is_the_one_refused() -> None:
    undated = [asked("a", days=None), asked("b", AGAIN, days=9)]
    arrivals = [arrival_of(each, ADVERT) for each in undated]
    assert find_repeated(undated, arrivals, {"a": decided("a")}) is not None
    dated = [replace(undated[0], sent_at=START), replace(undated[1], sent_at=None)]
    arrivals = [arrival_of(each, ADVERT) for each in dated]
    assert find_repeated(dated, arrivals, {"a": decided("a")}) is None


def test_links_are_cut_and_all_other_words_stay() -> None:
    arrival = arrival_of(asked("a", AGAIN), ADVERT)
    assert arrival.words == AGAIN.replace("?ref=k7Q3#los", "")
