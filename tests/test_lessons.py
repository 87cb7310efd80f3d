"""What words and deeds of a member teach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builders import NOON, request
from vorzimmer.learning import Label
from vorzimmer.lessons import (
    EXCLUSIVE,
    labels_of_correction,
    labels_of_decision,
    labels_of_fate,
)
from vorzimmer.model import Action, Decision, Kind


def decision(action: Action, **facts: object) -> Decision:
    known = {"id": 1, "request_id": "r", "actor": "member", "at": NOON, **facts}
    return Decision(action=action, **known)  # type: ignore[arg-type] # facts of any type


def test_what_it_is_counts_in_full_and_what_it_is_not_by_half() -> None:
    own, *others = labels_of_correction(Kind.SOLICITATION)
    assert own == Label(Kind.SOLICITATION, holds=True)
    assert {each.kind for each in others} == {*EXCLUSIVE} - {Kind.SOLICITATION}
    assert {(each.holds, each.weight) for each in others} == {(False, 0.5)}


def test_who_the_sender_is_says_nothing_of_the_words() -> None:
    for kind in (Kind.KNOWN, Kind.UNVERIFIABLE):
        assert labels_of_correction(kind) == (Label(kind, holds=True),)


def test_an_accepted_request_is_neither_dangerous_nor_insulting() -> None:
    labels = labels_of_decision(decision(Action.ACCEPT), is_looked_at=False)
    assert {(each.kind, each.holds) for each in labels} == {
        (Kind.DANGER, False),
        (Kind.ABUSE, False),
    }


def test_declining_asking_and_waiting_alone_teach_nothing() -> None:
    for action in (Action.DECLINE, Action.ASK, Action.IGNORE, Action.HOLD):
        assert labels_of_decision(decision(action), is_looked_at=True) == ()


def test_silence_confirms_only_where_the_member_corrects() -> None:
    did = decision(Action.DECLINE, clause="c", looked_like=Kind.SOLICITATION)
    assert labels_of_decision(did, is_looked_at=False) == ()
    labels = labels_of_decision(did, is_looked_at=True)
    assert {each.kind for each in labels if each.holds} == {Kind.SOLICITATION}
    assert {each.kind for each in labels} == set(EXCLUSIVE)
    assert {each.weight for each in labels} == {0.5}


def test_a_choice_of_ones_own_confirms_nothing() -> None:
    did = decision(Action.DECLINE, clause="", looked_like=Kind.SOLICITATION)
    assert labels_of_decision(did, is_looked_at=True) == ()


def test_an_action_is_believed_before_what_the_desk_thought() -> None:
    did = decision(Action.ACCEPT, clause="otherwise", looked_like=Kind.DANGER)
    labels = labels_of_decision(did, is_looked_at=True)
    assert not any(each.holds for each in labels)


def test_what_was_done_before_the_desk_teaches_nothing() -> None:
    did = decision(Action.ACCEPT, actor="archive")
    assert labels_of_decision(did, is_looked_at=True) == ()


URL = "https://network.example/in/rex"


def test_who_was_accepted_and_advertised_later_teaches_for_the_next() -> None:
    first = replace(request("Hallo!", profile_url=URL), id="first")
    later = replace(first, id="later", sent_at=NOON + timedelta(days=3))
    requests = {each.id: each for each in (first, later)}
    accepted = {"first": decision(Action.ACCEPT, request_id="first")}
    fates = labels_of_fate(requests, accepted, {"later": Kind.SOLICITATION})
    assert fates == {"first": (Label(Kind.SOLICITATION, holds=True, weight=0.5),)}
    # Neither a friendly message later, nor an advertisement before, is such a fate.
    assert labels_of_fate(requests, accepted, {"later": Kind.PERSONAL}) == {}
    turned = {**requests, "later": replace(later, sent_at=NOON - timedelta(days=3))}
    assert labels_of_fate(turned, accepted, {"later": Kind.SOLICITATION}) == {}


def test_whom_the_member_removed_again_was_not_personal() -> None:
    only = replace(request("Hallo!"), id="only")
    removed = {"only": decision(Action.REMOVE, request_id="only")}
    fates = labels_of_fate({"only": only}, removed, {})
    assert fates == {"only": (Label(Kind.PERSONAL, holds=False, weight=0.5),)}
