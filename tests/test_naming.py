"""Quick tests for names never rule out what the slow way finds."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import MEMBER
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.acquaintance.strangers import BY_ADDRESS, Strangers
from vorzimmer.kernels.places import may_name, places_of
from vorzimmer.lines import encoded, in_lines
from vorzimmer.model import Education, Member, Person, Position, Tie, TieKind
from vorzimmer.names import fold, may_have_keys, name_keys
from vorzimmer.names.sounds import consonants, plain_consonants, sound_of
from vorzimmer.text import normalise

PEOPLE = [
    "Jörg Öztürk", "Aleksandra Marks", "Anna O'Neil", "Søren Ågård", "Karl-Heinz Mey",
    "Michael Łuczak", "Ana Petrović", "Иван Петров", "Bo Li", "Mia Kess",
]  # fmt: skip
PLACES = ["S.A.P. AG", "Nordlicht Logistik GmbH", "Öko & Söhne KG", "Aksel"]
PIECES = st.sampled_from(
    [
        *PEOPLE, *PLACES, "Joerg", "Jorg", "Oeztuerk", "Oztuerk's", "Alexandra", "Marx",
        "ONeil", "O’Neil's", "o'neil_x", "Soren", "Agard", "Aagaard", "Karl", "Heinz",
        "Mei", "Luczak", "Michal", "Ivan", "Petrov", "SAP", "bei", "at", "Nordlicht",
        "Oeko", "Soehne", "Axel", "und", "Keks", "kes", "Mia's Kess", "Петрова", "'s",
    ]
)  # fmt: skip
TEXTS = st.lists(
    PIECES | st.text("ksaey'_ -.,ßüñ", max_size=5) | st.text(max_size=3), max_size=7
).flatmap(
    lambda words: st.sampled_from(["", " ", "-"]).map(lambda gap: gap.join(words))
)


@cache
def known() -> Acquaintance:
    member = Member(
        name=MEMBER.name,
        positions=tuple(Position(company=each) for each in PLACES[:3]),
        educations=(Education(school=PLACES[3]),),
    )
    ties = [Tie(person=Person(name=each), kind=TieKind.CONNECTION) for each in PEOPLE]
    return Acquaintance(ties, member)


@settings(max_examples=300)
@given(st.lists(TEXTS, max_size=3))
def test_mentions_in_many_notes_are_those_of_each(texts: list[str]) -> None:
    notes = [normalise(each) for each in texts]
    assert known().mentions_in(notes, encoded(notes)) == [
        known().mentions(each) for each in notes
    ]


def test_the_examples_of_the_test_above_are_named() -> None:
    notes = [normalise(f"Grüße von {each}, bis bald") for each in PEOPLE]
    assert sum(map(bool, known().mentions_in(notes, encoded(notes)))) >= len(PEOPLE) - 1


@given(PIECES | st.text("ksxaeiouyjälñéßþ'", max_size=9))
def test_folding_keeps_the_consonants(word: str) -> None:
    for each in word.split():
        heard = plain_consonants(each)
        if heard is not None:
            assert consonants(fold(each)) == consonants(each)
            assert heard == consonants(each).encode("cp1252")


@given(
    st.tuples(
        st.sampled_from(" ".join(PEOPLE).split()) | st.text(max_size=4),
        st.sampled_from(" ".join(PEOPLE).split()) | st.text(max_size=4),
    ).map(" ".join)
    | st.sampled_from(["Tom Braun", "von Braun", "Dr Maier", "Graf Ulm", "de Silva"])
)
def test_no_key_of_a_name_is_missed(name: str) -> None:
    for key in name_keys(name):
        assert may_have_keys(name, {key})


@given(TEXTS, TEXTS)
def test_no_shared_place_is_missed(company: str, headline: str) -> None:
    quick, slow = known(), _without_test()
    sender = Person(name="Rex Vertrieb", company=company, headline=headline)
    assert quick.look_up(sender).ties == slow.look_up(sender).ties


@cache
def _without_test() -> Acquaintance:
    made = Acquaintance((), Member())
    made.__dict__.update(known().__dict__ | {"_sounds": ((b"",),)})
    return made


SENDERS = st.builds(
    Person,
    name=st.none()
    | TEXTS
    | st.sampled_from(["Alex Marx", "Karl Mey", "x\ny", "Bo²  Li"]),
    company=st.none() | TEXTS,
    headline=st.none() | TEXTS,
    email=st.none() | st.sampled_from(["ana@example.org", "bo@example.org", ""]),
    profile_url=st.none()
    | st.sampled_from(
        [
            "https://www.linkedin.com/in/Jörg-Ö/", "linkedin.com/in/j%C3%B6rg-%C3%96",
            "https://www.linkedin.com/in/BO-LI?trk=x", "de.linkedin.com/in/bo-li//",
            "https://www.xing.com/profile/Bo_Li", " https://www.xing.com/profile/bo_li",
            "linkedin.com/in/other-bo", "http://linkedin.com", "bo-li", "a\nb", "",
        ]
    ),
)  # fmt: skip


@cache
def addressed() -> Acquaintance:
    member = Member(positions=tuple(Position(company=each) for each in PLACES))
    people = [
        Person(name="Jörg Ö", profile_url="https://www.linkedin.com/in/jörg-ö"),
        Person(name="Bo Li", profile_url="https://linkedin.com/in/bo-li"),
        Person(profile_url="https://xing.com/profile/bo_li", email="bo@example.org"),
        Person(name="Alexander Marx", email="ana@example.org"),
        *(Person(name=each) for each in PEOPLE),
    ]
    card = Tie(
        person=Person(name="Bo", profile_url="https://linkedin.com/in/other-bo"),
        kind=TieKind.IMPORTED_CONTACT,
        detail="https://xing.com/profile/bo_li",
    )
    ties = [Tie(person=each, kind=TieKind.CONNECTION) for each in people]
    return Acquaintance([*ties, card], member)


@settings(max_examples=300)
@given(st.lists(SENDERS, max_size=4))
def test_who_is_known_among_many_is_who_is_known_alone(senders: list[Person]) -> None:
    alone = [addressed().look_up(each) for each in senders]
    assert addressed().look_up_all(senders) == alone


def test_the_senders_of_the_test_above_may_be_known() -> None:
    asked = [
        Person(profile_url="de.linkedin.com/in/bo-li//"),
        Person(profile_url="linkedin.com/in/j%C3%B6rg-%C3%96"),
        Person(profile_url="linkedin.com/in/jörg-ö"),
        Person(profile_url="linkedin.com/in/JÖRG-o\u0308"),
        Person(email="bo@example.org"),
        Person(name="Mia Keß"),
        Person(name="Axel Rot", company="Nordlicht Logistik"),
    ]
    assert all(each.ties for each in addressed().look_up_all(asked))


def test_an_address_with_an_umlaut_is_as_plain_as_another() -> None:
    known = Strangers(["p:linkedin.com/in/jörg-ö"], [], [])
    slugs = ("jörg-ö", "jörg-ü", "jurg-o", "JÖRG-Ö", "jo\u0308rg", "jörğ-ö")
    asked = [Person(profile_url=f"linkedin.com/in/{slug}") for slug in slugs]
    assert known.ways(asked) == [BY_ADDRESS, 0, 0, BY_ADDRESS, BY_ADDRESS, BY_ADDRESS]


def test_texts_without_each_word_of_a_place_are_ruled_out() -> None:
    names = ["nordlicht logistik", "loreal"]
    words = [[consonants(word).encode() for word in name.split()] for name in names]
    sought = places_of(words, sound_of=sound_of)
    may = [
        "Logistik | Nördlicht",
        "bei LOREAL",
        "L’Oréal",
        "Lore\u0301al",
        "№ 1",
        "S.A.",
    ]
    cannot = [
        "Nordlicht",
        "Nordlichter Logistik",
        "Loreals – Köln",
        "a|b",
        "",
        "ab\ncd",
    ]
    lines = np.frombuffer(in_lines([*may, *cannot]), np.uint8)
    found = may_name(lines, len(may) + len(cannot), sought).tolist()
    assert found == [True] * len(may) + [False] * len(cannot)
