"""The simulated members: their desks learn what a desk learns, and count as it does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from simulate_learning import Asked, Figures, SimulatedMember, assessment_of
from taught_notes import COPIES, DIFFERENT, sent
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.campaigns import group_notes
from vorzimmer.cards import make_screening
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.desk import Desk
from vorzimmer.learning import FEWEST_FOR_SHIFT, Learned
from vorzimmer.model import ContactRequest, Kind, Member
from vorzimmer.policy import propose
from vorzimmer.policy_file import preset_policy
from vorzimmer.screening import Screening
from vorzimmer.settings import Settings

POLICY = "three-reasons"
ALL = range(len(COPIES) + len(DIFFERENT) + 1)


@pytest.fixture(scope="module")
def screening() -> Screening:
    return make_screening(
        book=shipped_phrasebook(),
        member=Member(),
        acquaintance=Acquaintance((), Member()),
        weights={},
    )


def member(screening: Screening, notes: Mapping[str, Kind]) -> SimulatedMember:
    """Return a member to whom these notes come, and who is asked about them, too."""
    requests = [sent(number, note) for number, note in enumerate(notes)]
    groups = group_notes(requests)
    screened = screening.screen(requests, same_notes=groups.senders)
    inbox = tuple(
        Asked(each, kind, frozenset())
        for each, kind in zip(screened, notes.values(), strict=True)
    )
    return SimulatedMember(preset_policy(POLICY), screening, inbox, inbox)


def copies(kind: Kind) -> dict[str, Kind]:
    return dict.fromkeys(COPIES, kind)


def said(figures: Figures) -> list[Mapping[Kind, float]]:
    return [each.probabilities for each in figures.judged]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(database=str(tmp_path / "desk.db"), policy=POLICY)
    with Desk.open(settings) as opened:
        yield opened


def put(desk: Desk, requests: list[ContactRequest], folder: Path) -> None:
    lines = [
        json.dumps(
            {
                "id": each.id,
                "network": each.network,
                "kind": "invitation_note",
                "note": each.note,
                "sender": {
                    "name": each.sender.name,
                    "profile_url": each.sender.profile_url,
                },
            }
        )
        for each in requests
    ]
    source = folder / "requests.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    desk.import_from(source)


def test_what_a_simulated_member_teaches_a_desk_learns_from_the_same_deeds(
    screening: Screening, desk: Desk, tmp_path: Path
) -> None:
    asked = member(screening, {**copies(Kind.PERSONAL), **DIFFERENT})
    *_, simulated = asked.teach(ALL)
    put(desk, [each.request for each in asked.inbox], tmp_path)
    corrected = 0
    for each in asked.inbox:
        key = each.request.id
        if desk.card(key).assessment.leading_kind is each.truth:
            action = propose(asked.policy, each.request, assessment_of(each)).action
            desk.decide(key, action)
        else:
            desk.teaching.correct(key, each.truth)
            corrected += 1
        if corrected == simulated.corrections:
            break
    assert simulated.learned.shifts
    assert desk.teaching.learned() == simulated.learned
    for each, judged in zip(asked.asked, simulated.judged, strict=True):
        assessment = desk.card(each.request.id).assessment
        assert judged.probabilities == {
            kind: found.probability for kind, found in assessment.kinds.items()
        }


def test_one_text_under_many_names_is_one_case_in_the_simulation_too(
    screening: Screening,
) -> None:
    cold, *taught = member(screening, copies(Kind.PERSONAL)).teach(ALL)
    assert len(taught) == len(COPIES)
    assert {max(each.learned.judged.values()) for each in taught} == {1}
    assert {(*each.learned.weights, *each.learned.shifts) for each in taught} == {()}
    assert [said(each) for each in taught] == [said(cold)] * len(taught)


def test_different_notes_are_as_many_cases_in_the_simulation(
    screening: Screening,
) -> None:
    notes = {each: kind for each, kind in DIFFERENT.items() if kind is Kind.PERSONAL}
    cold, *_, last = member(screening, notes).teach(ALL)
    assert (cold.corrections, cold.learned) == (0, Learned())
    assert last.corrections == last.learned.judged[Kind.PERSONAL] >= FEWEST_FOR_SHIFT
    assert last.learned.shifts[Kind.PERSONAL] > 0
    assert said(last) != said(cold)


def test_a_simulated_member_is_asked_when_wanted_and_stops_after_that(
    screening: Screening,
) -> None:
    asked = member(screening, copies(Kind.PERSONAL))
    assert [each.corrections for each in asked.teach((2, 4))] == [2, 4]
