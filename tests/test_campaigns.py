"""Campaigns are found whatever the order, keep their ids, and show what is common."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import screening
from vorzimmer.campaigns import Groups, group_notes, shown
from vorzimmer.campaigns.common_text import common_text
from vorzimmer.cards import make_cards
from vorzimmer.model import ContactRequest, Kind, Person
from vorzimmer.policy_file import preset_policy

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
NAMES = ("Anna", "Jörg", "Mira", "Tom", "Ayşe", "Lena", "Paul", "Vera", "Ivo")
WEBINAR = (
    "Hallo {name}, am {day} zeigen wir in 45 Minuten live, wie Werkleiter ihre"
    " Stromkosten halbieren. Soll ich Ihnen einen Platz freihalten?"
)
LION = (
    "Hi {name}, I never refuse an invitation and have {day} thousand contacts to"
    " share. Invite me back and our networks will grow together!"
)
OTHERS = (
    "Guten Tag Frau Brandt, wir saßen beim Vortrag über Weichen nebeneinander.",
    "Hallo Katrin, der Kuchen beim Richtfest war von mir; hier das Rezept.",
    "Dear Ms Brandt, your article on signal boxes helped me with my thesis.",
    "Liebe Katrin, Paul meinte, du suchst jemanden für die Abendschicht.",
)


POLICY = preset_policy("ask-back")


def asked(number: int, note: str, *, sender: int | None = None) -> ContactRequest:
    name = f"Person {number if sender is None else sender}"
    sent_at = START + timedelta(hours=number)
    person = Person(name=name)
    return ContactRequest(id=f"r{number}", sender=person, note=note, sent_at=sent_at)


def incoming() -> list[ContactRequest]:
    notes = [
        text.format(name=name, day=day)
        for day, name in enumerate(NAMES, 1)
        for text in (WEBINAR, LION)
    ]
    return [asked(at, note) for at, note in enumerate([*notes, *OTHERS])]


def members(found: Groups) -> set[frozenset[str]]:
    return {
        frozenset(request.id for request in each.requests) for each in found.campaigns
    }


def test_two_campaigns_are_told_apart_and_the_rest_is_left_alone() -> None:
    found = group_notes(incoming()).campaigns
    assert [len(each.requests) for each in found] == [9, 9]
    texts = sorted(shown(each.text) for each in found)
    assert texts[0].startswith("Hallo … am … zeigen wir in 45 Minuten live, wie")
    assert texts[1].startswith("Hi … I never refuse an invitation and have … thousand")
    assert texts[1].endswith("contacts to share. " + LION.partition("share. ")[2])


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_requests_changes_nothing(chance: random.Random) -> None:
    shuffled = incoming()
    chance.shuffle(shuffled)
    first, second = group_notes(incoming()), group_notes(shuffled)
    assert members(first) == members(second)
    assert {each.id for each in first.campaigns} == {
        each.id for each in second.campaigns
    }


@settings(max_examples=15)
@given(st.integers(3, 9))
def test_an_id_stays_when_later_notes_come(count: int) -> None:
    early = [
        asked(at, WEBINAR.format(name=name, day=at))
        for at, name in enumerate(NAMES[:count])
    ]
    (before,) = group_notes(early).campaigns
    after = group_notes([*incoming()[len(early) * 2 :], *early]).campaigns
    assert before.id in {each.id for each in after}


def test_ids_of_requests_without_a_day_stay_when_others_are_added() -> None:
    undated = [
        ContactRequest(id=str(at), note=WEBINAR.format(name=name, day=at))
        for at, name in enumerate(NAMES)
    ]
    before, after = group_notes(undated[:4]), group_notes(undated)
    assert [each.id for each in before.campaigns] == [
        each.id for each in after.campaigns
    ]
    assert after.campaigns[0].since is None


def test_a_campaign_tells_since_when_and_from_how_many() -> None:
    same = [
        asked(at, WEBINAR.format(name="Anna", day=at), sender=at % 3) for at in range(5)
    ]
    (found,) = group_notes(same).campaigns
    assert (found.since, found.until) == (START, START + timedelta(hours=4))
    assert (len(found.requests), found.senders) == (5, 3)


def test_senders_are_counted_not_requests() -> None:
    note = "Ich freue mich auf einen spannenden Austausch mit Ihnen!"
    twice = [asked(1, note, sender=1), asked(2, note.upper(), sender=1)]
    found = group_notes([*twice, asked(3, f"{note} ", sender=3)])
    assert list(found.senders.values()) == [2]


@pytest.mark.parametrize("note", [None, "", "Hallo!", "👋"])
def test_blank_and_short_notes_are_in_no_campaign(note: str | None) -> None:
    requests = [ContactRequest(id=str(at), note=note) for at in range(5)]
    found = group_notes(requests)
    assert found.campaigns == ()
    assert found.campaign_of(requests[0]) is None


def test_a_shared_greeting_makes_no_campaign() -> None:
    greeting = "Guten Tag, vielen Dank für die Vernetzung und herzliche Grüße! "
    found = group_notes([asked(at, greeting + each) for at, each in enumerate(OTHERS)])
    assert found.campaigns == ()


def test_a_note_much_like_that_of_others_is_evidence() -> None:
    cards = make_cards(incoming(), screening(), policy=POLICY)
    quotes = [
        str(each.quote)
        for each in cards[0].assessment.kinds[Kind.COLLECTOR].evidence
        if each.signal == "same_note_from_others"
    ]
    assert quotes == ["8 other people sent this note or one much like it"]
    assert cards[0].campaign is not None
    assert cards[-1].campaign is None


def test_a_networks_own_words_are_no_campaign() -> None:
    text = "I'd like to add you to my professional network on LinkedIn."
    own = [asked(at, text) for at in range(5)]
    cards = make_cards(own, screening(), policy=POLICY)
    assert {card.campaign for card in cards} == {None}


def test_the_common_text_is_the_same_for_one_note_and_its_copies() -> None:
    assert shown(common_text(["Wir sehen uns!"] * 4)) == "Wir sehen uns!"


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_any_notes_have_a_common_text(notes: list[str]) -> None:
    parts = common_text(notes)
    assert all(part.is_slot or part.text for part in parts)
    flags = [part.is_slot for part in parts]
    assert all(one != other for one, other in pairwise(flags))
