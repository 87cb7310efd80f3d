"""New notes find their campaign without all notes being looked at again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from test_campaigns import LION, OTHERS, WEBINAR, asked, incoming, members
from vorzimmer import campaigns
from vorzimmer.campaigns import Groups, group_notes
from vorzimmer.desk import Desk
from vorzimmer.note import normal_form
from web_client import line, open_desk


@pytest.fixture(params=["few", "many"])
def known(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Groups:
    """Return the groups of the incoming notes, held as few are or as many are."""
    if request.param == "many":
        monkeypatch.setattr(campaigns, "_MANY", 5)
        monkeypatch.setattr(campaigns, "_NEW_OF_100", 20)
    found = group_notes(incoming(), will_grow=True)
    assert (found.index is not None) == (request.param == "many")
    return found


@pytest.mark.parametrize("text", [WEBINAR, LION])
def test_one_more_note_is_told_its_campaign(known: Groups, text: str) -> None:
    new = asked(90, text.format(name="Ida", day=31))
    found = known.with_one(new)
    campaign = found.campaign_of(new)
    assert campaign is not None
    assert len(campaign.requests) == 10
    assert campaign.id in {each.id for each in known.campaigns}
    assert found.senders[normal_form(new.note)] == 10
    assert known.campaign_of(new) is None  # it was not kept


@pytest.mark.parametrize("note", [None, "", "Hallo!", "Der Zug um acht fällt aus, Ida"])
def test_one_more_note_of_its_own_has_no_campaign(
    known: Groups, note: str | None
) -> None:
    new = asked(90, note or "")
    assert known.with_one(new).campaign_of(new) is None


def test_one_more_note_takes_the_place_of_its_older_wording(known: Groups) -> None:
    (first, *_) = known.campaigns
    campaign = known.with_one(first.requests[3]).campaign_of(first.requests[3])
    assert campaign is not None
    assert campaign.requests == first.requests
    moved = asked(int(first.requests[3].id[1:]), OTHERS[0])
    assert known.with_one(moved).campaign_of(moved) is None


def test_new_notes_join_the_groups_that_there_are(known: Groups) -> None:
    new = [asked(90, WEBINAR.format(name="Ida", day=31)), asked(91, OTHERS[0] + " Ja?")]
    found = group_notes([*incoming(), *new], before=known, will_grow=True)
    assert members(found) == members(group_notes([*incoming(), *new]))
    assert found.index is known.index
    assert found.normals.keys() - known.normals.keys() == {each.note for each in new}


def test_many_new_notes_are_looked_at_with_all_others(known: Groups) -> None:
    new = [
        asked(90 + day, f"{LION} {day} of them".format(name=1, day=day))
        for day in range(9)
    ]
    found = group_notes([*incoming(), *new], before=known, will_grow=True)
    assert found.index is not known.index or found.index is None
    assert members(found) == members(group_notes([*incoming(), *new]))


def test_nothing_is_left_of_a_note_that_is_gone(known: Groups) -> None:
    left = incoming()[2:]
    found = group_notes(left, before=known, will_grow=True)
    assert found.normals.keys() == {each.note for each in left}
    assert found.numbers.keys() == {found.normals[each.note or ""] for each in left}
    assert found.index is not known.index or found.index is None


def test_the_desk_adds_what_comes_to_the_groups_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "_MANY", 5)
    monkeypatch.setattr(campaigns, "_NEW_OF_100", 20)
    rows = [
        line(each.id, each.note or "", name=each.sender.name) for each in incoming()
    ]
    with open_desk(tmp_path, rows) as desk:
        before = sizes(desk)
        made: list[int] = []
        monkeypatch.setattr(
            campaigns, "cluster", lambda lines, **_: made.append(len(lines))
        )
        late = tmp_path / "late.jsonl"
        note = WEBINAR.format(name="Ida", day=31)
        late.write_text(json.dumps(line("late", note, name="Late")), "utf-8")
        desk.import_from(late)
        assert sizes(desk) == [before[0] + 1, *before[1:]]
        assert made == []


def sizes(desk: Desk) -> list[int]:
    return [len(each.requests) for each in desk.campaigns()]
