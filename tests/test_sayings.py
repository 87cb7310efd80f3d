"""Of what several sources say, all is kept and the fresher holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contributions import ARCHIVE, MAIL, MARCH_3, MIRA, NOTE, PASTE, part, parts
from vorzimmer.intake.joining import Contribution
from vorzimmer.intake.sayings import agree, leader, merged, sayings

NOBODY: dict[str, int] = {}


def key_of(each: Contribution) -> tuple[int, str]:
    return each.source, each.request.id


def test_the_fresher_headline_holds_and_the_older_is_kept() -> None:
    older = part("a", headline="Einkauf", said_day=0)
    newer = part("b", source=PASTE, headline="Einkaufsleitung", said_day=9)
    assert merged([newer, older], "a").sender.headline == "Einkaufsleitung"
    assert [each.value for each in sayings([older, newer])["headline"]] == [
        "Einkaufsleitung",
        "Einkauf",
    ]


def test_what_nobody_said_is_not_known() -> None:
    assert "company" not in sayings([part("a")])
    assert merged([part("a"), part("b")], "a").sender.company is None


def test_words_hold_before_none_and_whole_ones_before_their_beginning() -> None:
    blank = part("a", source=ARCHIVE, note="", said_day=9)
    cut = part("b", source=MAIL, note=NOTE[:30] + "…", said_day=8)
    whole = part("c", source=PASTE, note=NOTE, said_day=1)
    assert merged([blank, cut], "a").note == NOTE[:30] + "…"
    assert merged([blank, cut, whole], "a").note == NOTE


def test_the_day_of_sending_is_the_archives_else_the_earliest() -> None:
    mail, reminder = part("a"), part("b", day=7)
    archive = part("c", source=ARCHIVE, day=1)
    assert merged([mail, reminder], "a").sent_at == MARCH_3
    assert merged([mail, reminder, archive], "a").sent_at == MARCH_3 + timedelta(days=1)


def test_a_readable_address_holds_before_a_cryptic_one() -> None:
    cryptic = part("a", url="https://www.linkedin.com/in/ACoAAB1", said_day=9)
    assert merged([cryptic, part("b", url=MIRA)], "a").sender.profile_url == MIRA


def test_one_contribution_alone_only_takes_the_name_it_goes_by() -> None:
    alone = part("a", note=NOTE)
    assert merged([alone], "a") is alone.request
    assert merged([alone], "z").note == NOTE
    assert merged([alone], "z").id == "z"


def test_a_request_goes_by_the_id_that_was_decided() -> None:
    group = [part("a", source=ARCHIVE), part("b"), part("c", source=PASTE)]
    assert leader(group, decided={"c": 3, "b": 2}, stored={"b"}) == "c"
    assert leader(group, decided=NOBODY, stored={"b"}) == "b"
    assert leader(group, decided=NOBODY, stored=()) == "a"


@pytest.mark.parametrize(
    ("fact", "one", "two", "is_same"),
    [
        ("profile_url", MIRA, f"https://de.linkedin.com{MIRA[24:]}/", True),
        ("headline", "Einkauf  &  Logistik", "einkauf & logistik", True),
        ("headline", "Einkauf", "Verkauf", False),
        ("sent_at", MARCH_3, MARCH_3 + timedelta(hours=3), True),
        ("contacts_count", 500, 312, False),
        ("note", NOTE, NOTE[:30] + "…", True),
        ("note", NOTE, "Guten Abend …", False),
        ("note", NOTE, "…", False),
    ],
)
def test_values_agree_however_they_are_spelt(
    fact: str, one: object, two: object, *, is_same: bool
) -> None:
    assert agree(fact, one, two) is is_same


@given(
    st.lists(parts, min_size=1, max_size=6, unique_by=key_of), st.permutations(range(6))
)
def test_the_order_in_which_sources_speak_does_not_matter(
    said: list[Contribution], order: list[int]
) -> None:
    shuffled = [said[place] for place in order if place < len(said)]
    assert merged(shuffled, "z") == merged(said, "z")
    assert leader(shuffled, decided=NOBODY, stored={"b"}) == leader(
        said, decided=NOBODY, stored={"b"}
    )
