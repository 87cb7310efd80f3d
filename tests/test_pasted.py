"""What is read out of pasted texts: samples, figures, hostile input."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasted_samples import FIELDS, MEMBER, TODAY, Sample, accuracy, found, samples
from vorzimmer.errors import PasteError
from vorzimmer.pasted import Found, Pasted, Sureness, read_paste
from vorzimmer.pasted.figures import contacts_count, day_of, shared_contacts
from vorzimmer.pasted.lines import MAX_CHARS, clean_text, lines_of

FIRST = ("linkedin_en", "linkedin_de", "xing", "hard")
# Not found, and known: the words are in both networks' pages, or the line is in an
# order that only people use.
NOT_YET = {
    "second-public_profile_search_hit": {"headline"},
    "second-app_invitation_short": {"network"},
    "second-de_einladung_mit_titel": {"network"},
}


@pytest.mark.parametrize("sample", list(samples()), ids=lambda each: each.name)
def test_a_sample_is_read_field_by_field(sample: Sample) -> None:
    values = found(sample)
    wrong = {
        field: (sample.wanted.get(field), values.get(field))
        for field in FIELDS
        if values.get(field) != sample.wanted.get(field)
    }
    assert set(wrong) == NOT_YET.get(sample.name, set()), wrong


def test_there_are_enough_samples_of_each_sort() -> None:
    assert len(list(samples(*FIRST))) >= 60
    assert len(list(samples("hard"))) >= 15
    assert len(list(samples("second"))) >= 15
    assert accuracy(*FIRST)["note"][1] >= 25


def test_how_sure_it_is_follows_from_the_signs() -> None:
    named = read_paste("Jana Ostermann\n• 2nd\nBuyer").name
    alone = read_paste("Jana Ostermann").name
    signed = read_paste("Guten Tag, wie geht es?\nViele Grüße\nJana Ostermann").name
    assert named is not None
    assert alone is not None
    assert signed is not None
    assert named.sure > alone.sure > signed.sure
    assert (named.sureness, signed.sureness) == (Sureness.SURE, Sureness.CHECK)


def test_without_a_day_nothing_counts_back() -> None:
    text = "Jana Ostermann wants to connect\n3 days ago\nAccept"
    assert read_paste(text).sent_on is None
    assert read_paste(text, today=TODAY).sent_on == Found(date(2026, 11, 18), 0.95)


def test_no_token_of_an_address_is_kept() -> None:
    text = (
        "Jana Ostermann\n• 2nd\n"
        "https://www.linkedin.com/in/jana-ostermann?token=SECRET1#SECRET2\n"
        "Hi Katrin, see https://me:SECRET3@shop.example.org/a?key=SECRET4 please.\n"
        "https://www.linkedin.com/comm/accept/sharedKey/SECRET5\nAccept"
    )
    pasted = read_paste(text, today=TODAY)
    assert "SECRET" not in repr(pasted)
    assert pasted.profile_url is not None
    assert pasted.profile_url.value == "https://www.linkedin.com/in/jana-ostermann"


def test_what_is_too_long_is_refused_in_a_sentence() -> None:
    assert read_paste("a" * MAX_CHARS).name is None
    with pytest.raises(PasteError, match="more than the 100000 characters"):
        read_paste("a" * 1_000_000)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("500+ connections", 500),
        ("1,204 connections", 1204),
        ("1.204 Kontakte", 1204),
        ("Kontakte (37)", 37),
        ("999+ Kontakte", 999),
        ("Mehr als 500 Kontakte", 500),
        ("12 mutual connections", None),
        ("500 followers", None),
        ("I have 500 connections and like it", None),
    ],
)
def test_contacts_are_counted_as_shown(text: str, count: int | None) -> None:
    assert contacts_count(text) == count


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("12 gemeinsame Kontakte", (12, ())),
        ("1 mutual connection", (1, ())),
        ("Ida Holm and 3 others", (4, ("Ida Holm",))),
        ("Ida Holm, Ben Krull und 3 weitere", (5, ("Ida Holm", "Ben Krull"))),
        (
            "Ida Holm und Ben Krull sind gemeinsame Kontakte",
            (2, ("Ida Holm", "Ben Krull")),
        ),
        ("Keine gemeinsamen Kontakte", (0, ())),
        ("500+ connections", None),
        ("we met 3 others", None),
    ],
)
def test_shared_contacts_are_counted_with_those_named(
    text: str, shared: tuple[int, tuple[str, ...]] | None
) -> None:
    assert shared_contacts(text) == shared


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Yesterday", date(2026, 11, 20)),
        ("vor 3 Tagen", date(2026, 11, 18)),
        ("2w", date(2026, 11, 7)),
        ("Montag", date(2026, 11, 16)),
        ("14. Okt.", date(2026, 10, 14)),
        ("Dec 24", date(2025, 12, 24)),
        ("03.11.2026 09:14", date(2026, 11, 3)),
        ("Mon, 16 Nov 2026 08:12:00 +0100", date(2026, 11, 16)),
        ("31.02.2026", None),
        ("999 years ago", None),
        ("Mai", None),
        ("3 pallets ago", None),
    ],
)
def test_days_are_read_in_many_forms(text: str, day: date | None) -> None:
    read = day_of(text, TODAY)
    assert (read[0] if read else None) == day


def test_glued_lines_are_parted_and_doubled_ones_told_once() -> None:
    lines = lines_of("Jana OstermannJana Ostermann\n\nJana Ostermann· 2ndBuyer")
    assert [(line.text, line.times) for line in lines] == [
        ("Jana Ostermann", 3),
        ("2nd", 1),
        ("Buyer", 1),
    ]


def test_what_is_not_seen_is_gone() -> None:
    hidden = "A\u200bb\u202ec\x00d\x1b[31m\ue001\u00ad\r\ne\u2028f\tg"
    assert clean_text(hidden) == "Abcd[31m\ne\nf\ng"


PIECES = st.sampled_from(
    [line for each in samples() for line in each.text.split("\n") if line]
    + [
        "• 2nd",
        "Accept",
        "12:30",
        "You",
        "Name:",
        ">",
        "“",
        "Note: x",
        "\u202e",
        "\x00",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(PIECES, max_size=25).map("\n".join),
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=8).map("\t".join),
)


@pytest.mark.parametrize("sign", ["· 2.", "· 3.+", "500+ Kontakte"])
def test_a_german_page_of_linkedin_is_known_by_its_signs(sign: str) -> None:
    text = f"Emine Aydın\n{sign}\nEinkaufsleiterin bei Nordkai\nAnnehmen\nIgnorieren\n"
    found = read_paste(text).network
    assert found is not None
    assert found.value == "linkedin"


@settings(max_examples=40)
@given(TEXTS)
def test_whatever_is_pasted_every_field_is_a_piece_of_it(text: str) -> None:
    pasted = read_paste(text, today=TODAY, member=MEMBER)
    whole = _bare(clean_text(text))
    for field in ("name", "headline", "company", "place"):
        value = getattr(pasted, field)
        assert value is None or (value.value and _bare(value.value) in whole)
    assert all(_bare(name) in whole for name in pasted.shared_names + pasted.others)
    for count in (pasted.contacts_count, pasted.shared_count):
        assert count is None or 0 <= count.value < 10_000_000
    assert _are_sure(pasted)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _are_sure(pasted: Pasted) -> bool:
    values = [getattr(pasted, field) for field in FIELDS]
    return all(0 < each.sure <= 1 for each in values if isinstance(each, Found))


@settings(max_examples=40)
@given(TEXTS)
def test_a_note_holds_no_word_that_was_not_pasted(text: str) -> None:
    pasted = read_paste(text, today=TODAY, member=MEMBER)
    if pasted.note:
        whole = _bare(clean_text(text))
        assert all(_bare(word) in whole for word in pasted.note.value.split())


@pytest.mark.parametrize(
    "text",
    [
        "Jana Ostermann\n• 2nd\n" * 5_000,
        "A, " * 33_000,
        "Ab and " * 14_000,
        "9" * 100_000,
        "1 " * 50_000,
        "12:30 Ab Cd: hi\n" * 6_000,
        "https://www.linkedin.com/in/a?b " * 3_100,
        "Name: " * 16_000,
        "\u202e\u0000" * 50_000,
        "(" * 100_000,
    ],
    ids=[f"hostile-{number}" for number in range(10)],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    read_paste(text[:MAX_CHARS], today=TODAY, member=MEMBER)
    assert time.process_time() - start < 2
