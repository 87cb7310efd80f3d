"""The same request from several sources is one, and two people stay two."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contributions import ARCHIVE, MAIL, MIRA, NOTE, PASTE, ids, part, parts
from vorzimmer.intake.joining import Contribution, joined, keys_of, neighbours
from vorzimmer.model import Channel


def test_a_mail_without_an_address_and_the_archive_are_one() -> None:
    mail = part("m", source=MAIL, headline="Kranführerin", day=1)
    archive = part("a", source=ARCHIVE, url=MIRA)
    assert ids(mail, archive) == [["a", "m"]]


def test_all_ways_in_together_are_one_request() -> None:
    everything = (
        part("a", source=ARCHIVE, url=MIRA, note=NOTE),
        part("m", source=MAIL, note=NOTE[:50] + "…", headline="Kranführerin"),
        part("p", source=PASTE, url=f"{MIRA}/?trk=x", day=1),
        part("a", source=4),
    )
    assert ids(*everything) == [["a", "m", "p"]]


def test_a_reminder_is_the_request_that_it_reminds_of() -> None:
    assert ids(part("a", source=ARCHIVE, url=MIRA), part("m", url=MIRA, day=12)) == [
        ["a", "m"]
    ]


def test_who_writes_something_else_days_later_asks_anew() -> None:
    other = "Noch einmal: Hätten Sie Zeit für unser Webinar über Kranhydraulik?"
    first = part("a", source=ARCHIVE, url=MIRA, note=NOTE)
    assert ids(first, part("m", url=MIRA, note=other, day=5)) == [["a"], ["m"]]
    assert ids(first, part("m", url=MIRA, note=other, day=None)) == [["a"], ["m"]]
    assert ids(first, part("m", url=MIRA, note=NOTE[:40] + "…", day=5)) == [["a", "m"]]
    assert ids(first, part("m", url=MIRA, note="", day=5)) == [["a", "m"]]


def test_who_asks_again_after_withdrawing_asks_anew() -> None:
    assert ids(part("a", source=ARCHIVE, url=MIRA), part("m", url=MIRA, day=24)) == [
        ["a"],
        ["m"],
    ]


def test_two_addresses_are_two_people_of_one_name() -> None:
    assert ids(part("a", url=MIRA), part("b", source=PASTE, url=f"{MIRA}-2")) == [
        ["a"],
        ["b"],
    ]


def test_a_cryptic_address_contradicts_no_readable_one() -> None:
    cryptic = "https://www.linkedin.com/in/ACoAAB12345"
    assert ids(part("a", url=MIRA), part("b", source=PASTE, url=cryptic)) == [
        ["a", "b"]
    ]


def test_between_two_people_of_one_name_a_mail_joins_neither() -> None:
    archive = [
        part("a", source=ARCHIVE, url=MIRA),
        part("b", source=ARCHIVE, url=f"{MIRA}-2"),
    ]
    assert ids(*archive, part("m")) == [["a"], ["b"], ["m"]]


def test_between_two_people_of_one_name_an_equal_note_decides() -> None:
    archive = [
        part("a", source=ARCHIVE, url=MIRA, note=NOTE),
        part("b", source=ARCHIVE, url=f"{MIRA}-2", note=""),
    ]
    assert ids(*archive, part("m", note=NOTE)) == [["a", "m"], ["b"]]


def test_two_ids_in_one_reading_of_an_archive_stay_two() -> None:
    archive = [
        part("a", source=ARCHIVE, url=MIRA),
        part("b", source=ARCHIVE, url=MIRA, day=1),
    ]
    assert ids(*archive) == [["a"], ["b"]]
    assert ids(*archive, part("m", url=MIRA)) == [["a", "m"], ["b"]]


def test_two_readings_of_one_archive_may_join() -> None:
    older = part("a", source=ARCHIVE, run=1)
    newer = part("b", source=ARCHIVE, run=2, url=MIRA)
    assert ids(older, newer) == [["a", "b"]]


@pytest.mark.parametrize(
    "other",
    [
        part("b", source=PASTE, day=2),
        part("b", source=PASTE, name="Mara Sondermann"),
        part("b", source=PASTE, channel=Channel.MESSAGE),
        part("b", source=PASTE, headline="Einkauf"),
        part("b", source=PASTE, note="Suchen Sie gerade eine neue Stelle?"),
        part("b", source=PASTE, day=None),
    ],
    ids=["later", "other name", "message", "other headline", "other note", "no day"],
)
def test_a_name_alone_joins_only_what_agrees_with_it(other: Contribution) -> None:
    assert ids(part("a", headline="Kranführerin", note=NOTE), other) == [["a"], ["b"]]


def test_an_equal_note_outweighs_another_headline() -> None:
    one = part("a", headline="Kranführerin", note=NOTE)
    assert ids(one, part("b", source=PASTE, headline="Einkauf", note=NOTE)) == [
        ["a", "b"]
    ]


@pytest.mark.parametrize("is_proven", [False, None])
def test_what_may_be_forged_is_joined_by_its_id_only(is_proven: bool | None) -> None:  # noqa: FBT001 - a parameter of pytest
    real = part("a", source=ARCHIVE, url=MIRA, note=NOTE)
    forged = part("b", url=MIRA, note=NOTE)
    request = replace(
        forged.request, leads_to="phish.example", is_origin_proven=is_proven
    )
    forged = replace(forged, request=request)
    assert ids(real, forged) == [["a"], ["b"]]
    proven = replace(request, is_origin_proven=True)
    assert ids(real, replace(forged, request=proven)) == [["a", "b"]]


@given(st.lists(parts, max_size=9), st.sampled_from("abcdefgh"))
def test_nothing_beyond_the_neighbours_changes_what_is_joined(
    said: list[Contribution], seed: str
) -> None:
    links = [
        (
            each.request.id,
            *keys_of(each.request.sender.name, each.request.sender.profile_url),
        )
        for each in said
    ]
    near = neighbours(links, {seed})
    alone = ids(*(each for each in said if each.request.id in near))
    assert alone == [group for group in ids(*said) if near & {*group}]


def test_a_frequent_name_needs_more_than_a_day() -> None:
    one = part("a", name="Thomas Müller", headline="Einkauf bei Nordlicht")
    two = part("b", source=PASTE, name="Thomas Müller")
    three = part("c", source=PASTE, name="Thomas Müller", headline="Einkauf")
    assert ids(one, two) == [["a"], ["b"]]
    assert ids(one, three) == [["a", "c"]]


def test_a_default_text_does_not_tell_people_of_a_frequent_name_apart() -> None:
    text = "Ich möchte Sie gern zu meinem Netzwerk hinzufügen"
    one = part("a", name="Thomas Müller", note=text)
    two = part("b", source=PASTE, name="Thomas Müller", note=text)
    assert ids(one, two) == [["a"], ["b"]]


def test_hidden_names_join_nobody() -> None:
    one = part("a", name="LinkedIn Member")
    assert ids(one, part("b", source=PASTE, name="LinkedIn Member")) == [["a"], ["b"]]


def test_thousands_under_one_name_are_not_compared_with_each_other() -> None:
    many = [part(f"m{number}", source=number) for number in range(2_000)]
    assert len(joined(many)) == len(many)


@given(st.lists(parts, max_size=9), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(said: list[Contribution], chance: Random) -> None:
    told = ids(*said)
    chance.shuffle(said)
    assert ids(*said) == told


@given(st.lists(parts, max_size=9))
def test_saying_it_twice_changes_nothing(said: list[Contribution]) -> None:
    assert ids(*said, *said) == ids(*said)


@given(st.lists(parts, max_size=9))
def test_each_contribution_is_in_just_one_group(said: list[Contribution]) -> None:
    found = [each for group in joined(said) for each in group]
    assert sorted(map(repr, found)) == sorted(map(repr, said))


@given(st.lists(parts, max_size=9))
def test_one_reading_of_an_archive_is_never_joined(said: list[Contribution]) -> None:
    for group in joined(said):
        for one, two in combinations(group, 2):
            is_same = one.request.id == two.request.id
            same_reading = (one.source, one.run) == (two.source, two.run)
            assert is_same or not (same_reading and one.has_own_ids)
