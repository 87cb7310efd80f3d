"""How somebody usually writes: numbers only, and what differs from them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.habits import (
    FEWEST,
    Habit,
    Habits,
    Tally,
    Trait,
    differences,
    habit_of,
    traits_of,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
GERMAN_DU = [
    "Moin, kommst du Freitag zum Rudern? Ich bring Kuchen mit.",
    "Hast du die Liste noch? Ich finde sie nicht.",
    "Danke dir, das war nett von euch.",
    "Du, der Zug ist weg, ich komme später.",
    "Ich ruf dich an, wenn ich zu Hause bin.",
    "Hast du Lust auf Kaffee? Ich bin bei dir um die Ecke.",
    "Alles gut bei dir? Ich hab lange nichts gehört.",
]
FRIEND = habit_of((each, NOON) for each in GERMAN_DU)


@pytest.mark.parametrize(
    ("text", "language", "address"),
    [
        ("Hast du morgen Zeit für mich?", "de", "du"),
        ("Guten Tag, haben Sie die Unterlagen bekommen?", "de", "sie"),
        ("Ich komme mit dem Zug und bin um acht da.", "de", ""),
        ("Can you send me the list for the meeting?", "en", ""),
        ("Ich habe dich gefragt, und Sie haben nicht geantwortet.", "de", ""),
        ("Merci beaucoup, à demain", "", ""),
        ("👍", "", ""),
        ("", "", ""),
    ],
)
def test_language_and_form_of_address_show_in_small_words(
    text: str, language: str, address: str
) -> None:
    traits = traits_of(text)
    assert (traits.language, traits.address) == (language, address)


def test_sie_at_the_beginning_of_a_sentence_may_be_they() -> None:
    assert traits_of("Sie kommen später, ich habe die Liste.").address == ""


def test_links_emoji_and_the_time_of_day_are_seen() -> None:
    traits = traits_of("Schau: https://boote.example/x 😀", NOON)
    assert (traits.has_link, traits.has_emoji, traits.quarter) == (True, True, 2)
    assert traits_of("Schau mal").quarter is None


def test_a_message_as_always_differs_in_nothing() -> None:
    assert differences(FRIEND, traits_of(GERMAN_DU[0], NOON)) == {}


def test_everything_that_differs_is_told_the_language_first() -> None:
    other = traits_of(
        "Dear friend, I am in trouble, please send me money at once and do not tell"
        " anybody about it. You will find all that you need at"
        " https://help.example/pay, and I will pay you back as soon as I can. 🙏"
    )
    found = differences(FRIEND, other)
    assert list(found) == [Trait.LANGUAGE, Trait.LINK, Trait.LENGTH, Trait.EMOJI]
    assert str(found[Trait.LINK]) == "none of 7 earlier messages had a link"


def test_sie_from_somebody_who_says_du_is_told_and_the_reverse() -> None:
    polite = traits_of("Guten Tag, haben Sie die Unterlagen bekommen?")
    assert Trait.ADDRESS in differences(FRIEND, polite)
    formal = habit_of([("Haben Sie die Unterlagen bekommen, Frau Brandt?", NOON)] * 7)
    assert Trait.ADDRESS in differences(formal, traits_of(GERMAN_DU[1]))


def test_a_rare_hour_needs_many_messages_to_be_rare() -> None:
    night = traits_of("Hast du die Liste noch?", NOON.replace(hour=3))
    assert Trait.HOUR not in differences(FRIEND, night)
    often = habit_of((each, NOON) for each in GERMAN_DU * 4)
    assert Trait.HOUR in differences(often, night)


def test_what_was_done_now_and_then_is_not_unusual() -> None:
    now_and_then = habit_of(
        [(each, NOON) for each in GERMAN_DU]
        + [("Schau dir das an: https://boote.example", NOON)]
    )
    link = traits_of("Hast du das gesehen? https://boote.example/zwei")
    assert Trait.LINK not in differences(now_and_then, link)


def test_of_few_messages_nothing_is_said() -> None:
    few = habit_of((each, NOON) for each in GERMAN_DU[: FEWEST - 1])
    assert differences(few, traits_of("Dear friend, please look: evil.example/x")) == {}


texts = st.lists(st.sampled_from(GERMAN_DU) | st.text(max_size=60), max_size=12)


@given(texts, st.randoms(use_true_random=False))
def test_the_order_of_messages_does_not_matter(
    found: list[str], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    pairs, others = ([(each, NOON) for each in side] for side in (found, shuffled))
    assert habit_of(pairs) == habit_of(others)


@given(texts, texts)
def test_what_is_left_out_was_never_there(kept: list[str], left_out: list[str]) -> None:
    tally = Tally()
    for each in (*kept, *left_out):
        tally.add(traits_of(each, NOON))
    rest = tally.habit(besides=[traits_of(each, NOON) for each in left_out])
    expected = habit_of((each, NOON) for each in kept)
    assert rest.count == expected.count
    assert rest.quarters == expected.quarters
    assert rest.log_sum == pytest.approx(expected.log_sum, abs=1e-5)


@given(st.text(max_size=300))
def test_any_message_can_be_compared(text: str) -> None:
    assert set(differences(FRIEND, traits_of(text, NOON))) <= set(Trait)


def test_no_word_of_a_message_is_kept() -> None:
    numbers = [getattr(FRIEND, name) for name in Habit.__dataclass_fields__]
    assert all(isinstance(each, int | float | tuple) for each in numbers)


def test_habits_are_found_by_who_it_is() -> None:
    habits = Habits({"p:x": FRIEND})
    assert habits.of("p:x") is FRIEND
    assert habits.of("p:y") is None
    assert not Habits()
