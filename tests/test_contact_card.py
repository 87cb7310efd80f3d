"""The card says what the policy does, and is read back only where it is one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.contact_card import (
    CardError,
    ContactCard,
    Door,
    Sort,
    card_json,
    card_text,
    contact_card,
    door_of,
    read_card,
)
from vorzimmer.policy_file import preset_policy
from vorzimmer.translation import translator

DOORS = {
    "worked-together": Door.CLOSED,
    "three-reasons": Door.ASKS,
    "ask-back": Door.ASKS,
    "answer-collectors": Door.ASKS,
    "open-door": Door.OPEN,
}
SORTS = st.lists(st.sampled_from(Sort), unique=True).map(tuple)


@pytest.mark.parametrize(("name", "door"), DOORS.items())
def test_each_preset_opens_as_wide_as_it_says(name: str, door: Door) -> None:
    assert door_of(preset_policy(name)) is door


@pytest.mark.parametrize("name", DOORS)
def test_every_sort_stands_in_a_card_once(name: str) -> None:
    card = contact_card(preset_policy(name))
    assert sorted((*card.welcome, *card.say_why, *card.unwelcome)) == sorted(Sort)


def test_a_card_says_in_words_what_the_policy_does() -> None:
    strict = contact_card(preset_policy("worked-together"))
    assert card_text(strict, translator("en").say) == (
        "I am glad to connect with: people I know. Please write why you would like to"
        " connect. Please no: standard texts, job offers, advertising, collecting of"
        " contacts."
    )
    wide = card_text(contact_card(preset_policy("open-door")), translator("de").say)
    assert "allen, auch ohne ein Wort dazu" in wide
    assert "Grund" not in wide


@given(st.builds(ContactCard, SORTS, SORTS, SORTS, st.just(("de", "en"))))
def test_a_card_comes_back_from_its_json(card: ContactCard) -> None:
    assert read_card(card_json(card)) == card


@given(st.builds(ContactCard, SORTS, SORTS, SORTS), st.sampled_from(("de", "en")))
def test_whatever_a_policy_does_the_text_has_no_gaps(
    card: ContactCard, language: str
) -> None:
    text = card_text(card, translator(language).say)
    assert "{" not in text
    assert "  " not in text
    assert ": ." not in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"vorzimmer_contact_card": 2}',
        '{"vorzimmer_contact_card": 1, "welcome": ["everything"]}',
        '{"vorzimmer_contact_card": 1, "languages": ["<b>"]}',
        '{"vorzimmer_contact_card": 1, "more": 1}',
        b"\xff\xfe",
        "[" * 20_000,
        json.dumps({"vorzimmer_contact_card": 1, "welcome": ["known"] * 5_000}),
    ],
)
def test_what_is_no_card_is_said_to_be_none(text: str | bytes) -> None:
    with pytest.raises(CardError):
        read_card(text)
