"""Rehearsals: at once as one by one, from strict to open, and what became of whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import request, screening
from rehearsal_cases import Said, item, one_by_one, pasts, policies, shares
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.columns import ACTIONS, clause_names, proposals
from vorzimmer.model import (
    Action,
    Channel,
    ContactRequest,
    Decision,
    Member,
    Person,
    Tie,
    TieKind,
)
from vorzimmer.past import Earlier, Fate, Past, earlier_requests, ties_of_then
from vorzimmer.policy import (
    Clause,
    Policy,
    Range,
)
from vorzimmer.policy_file import preset_policies
from vorzimmer.rehearsal import (
    FEWEST,
    MOST_OPEN,
    Door,
    as_clauses,
    caveats,
    differences,
    only,
    pace_of,
    rehearse,
    scale,
    slid,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MEMBER = Member(name="Katrin Brandt", profile_url="https://www.linkedin.com/in/katrin")


@settings(max_examples=40)
@given(pasts, policies)
def test_all_at_once_is_as_one_by_one(past: Past, policy: Policy) -> None:
    found, numbers = proposals(past.columns, policy)
    names = clause_names(policy)
    at_once = [
        (ACTIONS[int(action)], names[int(number)])
        for action, number in zip(found, numbers, strict=True)
    ]
    assert at_once == one_by_one(past, policy)


@settings(max_examples=20)
@given(pasts, st.floats(-MOST_OPEN, MOST_OPEN))
def test_a_slid_policy_is_a_policy_like_any_other(past: Past, openness: float) -> None:
    for policy in preset_policies().values():
        moved = slid(policy, openness)
        asked = rehearse(moved, past)
        expected = one_by_one(past, moved)
        assert [
            (asked.action(n), asked.clause(n)) for n in range(len(past.items))
        ] == expected


def test_a_condition_that_no_file_can_say_is_asked_one_by_one() -> None:
    past = Past(
        (item(request(has_picture=True)), item(request())), (Said({}), Said({}))
    )
    assert past.columns.mask("has_picture", Range(at_least=1)).tolist() == [True, False]


@cache
def sample_past() -> Past:
    """Requests of many sorts, with what screening says of them."""
    notes = ("", "Hallo", "Hätten Sie 15 Minuten für einen kurzen Austausch?", None)
    asked = [
        request(note, name=f"Rex {place}", contacts_count=count, has_picture=has)
        for place, (note, count, has) in enumerate(
            (note, count, has)
            for note in notes
            for count in (None, 100, 900)
            for has in (None, True, False)
        )
    ]
    screened = screening().screen(asked)
    return Past(
        tuple(item(each.request) for each in screened),
        tuple(each.assessment for each in screened),
    )


def test_the_more_open_the_more_may_come_in_with_the_plainest_of_policies() -> None:
    policy = Policy(
        "plain",
        {},
        {},
        (
            Clause("bad", Action.IGNORE, (("solicitation", Range(at_least=0.5)),)),
            Clause("good", Action.ACCEPT, (("personal", Range(at_least=0.3)),)),
        ),
        Action.HOLD,
    )
    steps = [found for _, found in scale(policy, sample_past())]
    accepted = [each[Door.ACCEPTED] for each in steps]
    ignored = [each[Door.IGNORED] for each in steps]
    assert accepted == sorted(accepted)
    assert ignored == sorted(ignored, reverse=True)
    assert accepted[0] < accepted[-1]


def test_the_middle_of_the_scale_is_the_policy_as_written() -> None:
    for policy in preset_policies().values():
        found = dict(scale(policy, sample_past()))
        assert found[0] == rehearse(policy, sample_past()).counts
        assert slid(policy, 0) is policy


@given(shares, shares, st.floats(-MOST_OPEN, MOST_OPEN))
def test_sliding_keeps_bounds_apart_and_certainties_where_they_are(
    low: float, high: float, openness: float
) -> None:
    low, high = sorted((low, high))
    if low == high:
        return
    clause = Clause("x", Action.HOLD, (("danger", Range(low, high)),))
    policy = Policy("p", {}, {}, (clause,), Action.ASK)
    made = slid(policy, openness)
    for each in (made, Policy("p", {}, {}, as_clauses(made), Action.ASK)):
        ((_, moved),) = each.clauses[0].conditions
        assert isinstance(moved, Range)
        assert moved.at_least is not None
        assert moved.below is not None
        assert 0 <= moved.at_least < moved.below <= 1
        assert (moved.at_least == 0) == (low == 0)
        assert (moved.below == 1) == (high == 1)


def decision(request_id: str, action: Action, **more: object) -> Decision:
    at = more.get("at", NOON)
    assert isinstance(at, datetime)
    actor = str(more.get("actor", "member"))
    return Decision(id=1, request_id=request_id, action=action, actor=actor, at=at)


def person(name: str) -> Person:
    url = f"https://www.linkedin.com/in/{name.casefold().replace(' ', '-')}"
    return Person(name=name, profile_url=url)


def asked_by(name: str) -> ContactRequest:
    return ContactRequest(
        id=name,
        sender=person(name),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note="Hallo",
        sent_at=NOON,
    )


def tie_to(
    name: str, kind: TieKind, since: date | None, until: date | None = None
) -> Tie:
    return Tie(person=person(name), kind=kind, since=since, until=until, count=2)


BEFORE, AFTER = NOON.date() - timedelta(days=90), NOON.date() + timedelta(days=9)


def found_past(ties: list[Tie], *decided: Decision) -> dict[str, Earlier]:
    asked = {each.request_id: asked_by(each.request_id) for each in decided}
    found = earlier_requests(
        asked,
        {each.request_id: each for each in decided},
        ties,
        Acquaintance(ties, MEMBER),
    )
    return {each.request.sender.name or "": each for each in found}


@pytest.mark.parametrize(
    ("ties", "fate"),
    [
        ([tie_to("Ada Lind", TieKind.WROTE, AFTER, AFTER)], Fate.WROTE),
        ([tie_to("Ada Lind", TieKind.WROTE, BEFORE, AFTER)], Fate.WROTE),
        ([tie_to("Ada Lind", TieKind.WROTE, BEFORE, BEFORE)], Fate.SILENT),
        ([tie_to("Ada Lind", TieKind.WROTE_TO_YOU, AFTER, AFTER)], Fate.ONLY_THEY),
        ([tie_to("Ada Lind", TieKind.MET, AFTER)], Fate.WROTE),
        ([tie_to("Bo Falk", TieKind.WROTE, AFTER, AFTER)], Fate.SILENT),
        ([], Fate.NOT_KNOWN),
    ],
)
def test_what_became_of_somebody_is_read_from_messages_since(
    ties: list[Tie], fate: Fate
) -> None:
    has_messages = tie_to("Cy Moor", TieKind.WROTE, BEFORE, BEFORE)
    known = [*ties, has_messages] if ties else []
    found = found_past(known, decision("Ada Lind", Action.ACCEPT))
    assert found["Ada Lind"].fate is fate


def test_of_whom_was_not_let_in_silence_says_nothing() -> None:
    ties = [tie_to("Cy Moor", TieKind.WROTE, BEFORE, BEFORE)]
    found = found_past(ties, decision("Ada Lind", Action.IGNORE))
    assert found["Ada Lind"].fate is Fate.NOT_KNOWN


def test_who_was_removed_again_or_advertised_is_not_missed() -> None:
    wrote = tie_to("Ada Lind", TieKind.WROTE, AFTER, AFTER)
    found = found_past([wrote], decision("Ada Lind", Action.REMOVE))
    assert (found["Ada Lind"].fate, found["Ada Lind"].was_let_in) == (
        Fate.UNWANTED,
        True,
    )
    ada = decision("Ada Lind", Action.ACCEPT)
    (advertised,) = earlier_requests(
        {"Ada Lind": asked_by("Ada Lind")},
        {"Ada Lind": ada},
        [wrote],
        Acquaintance([wrote], MEMBER),
        unwanted={"Ada Lind"},
    )
    assert advertised.fate is Fate.UNWANTED


def test_what_was_put_off_is_no_past() -> None:
    assert found_past([], decision("Ada Lind", Action.HOLD)) == {}


def test_a_contact_without_a_request_counts_unless_the_member_asked() -> None:
    ties = [
        tie_to("Ada Lind", TieKind.CONNECTION, BEFORE),
        tie_to("Bo Falk", TieKind.CONNECTION, BEFORE),
        tie_to("Bo Falk", TieKind.INVITED, BEFORE),
        tie_to("Cy Moor", TieKind.CONNECTION, AFTER),
        tie_to("Cy Moor", TieKind.WROTE, AFTER, AFTER),
    ]
    found = found_past(ties, decision("Ada Lind", Action.ACCEPT, actor="archive"))
    assert set(found) == {"Ada Lind", "Cy Moor"}
    assert not found["Ada Lind"].is_contact
    assert found["Cy Moor"].is_contact
    assert found["Cy Moor"].request.note is None
    assert found["Cy Moor"].request.network == "linkedin"


def test_nobody_is_judged_by_what_came_of_the_request() -> None:
    ties = [
        tie_to("Ada Lind", TieKind.CONNECTION, AFTER),
        tie_to("Ada Lind", TieKind.WROTE, AFTER, AFTER),
        tie_to("Ada Lind", TieKind.ENDORSED, None),
        tie_to("Ada Lind", TieKind.IMPORTED_CONTACT, BEFORE),
        tie_to("Bo Falk", TieKind.WROTE, AFTER, AFTER),
    ]
    found = found_past(ties, decision("Ada Lind", Action.ACCEPT))
    then = ties_of_then(ties, found.values())
    assert then == ties[3:]


def test_missed_is_who_wrote_later_and_spared_of_whom_nothing_came() -> None:
    fates = (
        *(Fate.WROTE, Fate.ONLY_THEY, Fate.SILENT),
        *(Fate.UNWANTED, Fate.NOT_KNOWN),
    )
    items = tuple(item(asked_by(fate.value), fate) for fate in fates)
    shut = Policy("shut", {}, {}, (), Action.IGNORE)
    said = tuple(Said({}) for _ in items)
    found = rehearse(shut, Past(items, said, pace_s=30))
    assert [each.fate for each in found.missed] == [Fate.WROTE]
    assert [each.fate for each in found.spared] == [Fate.ONLY_THEY, Fate.SILENT]
    assert [each.fate for each in found.unwanted] == [Fate.UNWANTED]
    assert (found.kept_out, found.minutes) == (5, 2.5)
    wide = rehearse(Policy("wide", {}, {}, (), Action.ASK), Past(items, said))
    assert (wide.missed, wide.spared, wide.minutes) == ((), (), 0)


def test_differences_name_both_clauses_and_begin_with_whom_one_wrote() -> None:
    items = (item(asked_by("A")), item(asked_by("B"), Fate.WROTE))
    past = Past(items, (Said({}), Said({})))
    one = rehearse(Policy("a", {}, {}, (), Action.ASK), past)
    clause = Clause("xing", Action.HOLD, (("network", ("linkedin",)),))
    other = rehearse(Policy("b", {}, {}, (clause,), Action.ASK), past)
    count, found = differences(one, other, most=1)
    assert count == 2
    assert [(each.item.request.id, each.one_clause) for each in found] == [
        ("B", "otherwise")
    ]
    assert (found[0].other, found[0].other_clause) == (Action.HOLD, "xing")
    assert differences(one, one) == (0, [])


def said_of(past: Past) -> str:
    return " ".join(map(str, caveats(past)))


def test_a_thin_past_is_called_thin() -> None:
    assert "There is no past yet" in said_of(Past((), ()))
    few = Past((item(asked_by("A")),), (Said({}),))
    assert "This past is thin" in said_of(few)
    assert "left no trace" not in said_of(few)
    many = Past(few.items * FEWEST, few.assessed * FEWEST)
    assert "thin" not in said_of(many)


def test_what_an_archive_cannot_tell_is_told() -> None:
    ties = [tie_to("Cy Moor", TieKind.CONNECTION, AFTER)]
    found = found_past(ties, decision("Ada Lind", Action.ACCEPT, actor="archive"))
    past = Past(tuple(found.values()), (Said({}), Said({})))
    said = said_of(past)
    assert "You decided 0 of these yourself" in said
    assert "Of 1 contacts, no request is left" in said
    assert "nobody knows what became of your contacts" in said
    assert len(only(past, contacts=True).items) == 1
    assert not only(past, contacts=False).items[0].is_contact


def test_the_pace_is_measured_without_pauses() -> None:
    def at(*seconds: int) -> list[Decision]:
        return [
            decision("A", Action.IGNORE, at=NOON + timedelta(seconds=each))
            for each in seconds
        ]

    assert pace_of(at(0, 5, 10)) is None
    assert pace_of(at(0, 5, 11, 18, 5000)) == 6.0
    assert pace_of([]) is None
