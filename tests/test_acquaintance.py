from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.acquaintance import Acquaintance, describe, tie_strength
from vorzimmer.model import Education, Member, Person, Position, Tie, TieKind
from vorzimmer.names.words import COMMON_FIRST, COMMON_LAST
from vorzimmer.people import identity, is_nobody, profile_key
from vorzimmer.text import normalise

IN = "https://www.linkedin.com/in/"
MEMBER = Member(
    name="Katrin Feddersen",
    positions=(
        Position(
            company="Nordlicht Logistik GmbH",
            started_on=date(2012, 3, 1),
            ended_on=date(2016, 5, 31),
        ),
        Position(company="Wexford AG", started_on=date(2016, 6, 1)),
        Position(
            company="Nordlicht Logistik",
            started_on=date(2009, 1, 1),
            ended_on=date(2010, 1, 1),
        ),
        Position(company="Target"),
        Position(company="Freiberuflich"),
    ),
    educations=(Education(school="Technische Hochschule Elmshorn"),),
)


def tie(name: str, kind: TieKind = TieKind.CONNECTION, **facts: Any) -> Tie:  # noqa: ANN401 - facts of any type
    """Return a tie to a person; what no tie has is a fact about the person."""
    own = {key: facts.pop(key) for key in ("since", "until", "count") if key in facts}
    detail = facts.pop("detail", "")
    return Tie(person=Person(name=name, **facts), kind=kind, detail=detail, **own)


def acquaintance(*ties: Tie) -> Acquaintance:
    return Acquaintance(ties, MEMBER)


def kinds(index: Acquaintance, **sender: Any) -> list[TieKind]:  # noqa: ANN401 - facts of any type
    return [each.kind for each in index.look_up(Person(**sender)).ties]


def test_an_address_is_certain_however_it_is_written() -> None:
    index = acquaintance(tie("Jörg Müller", profile_url=f"{IN}jörg-müller-7"))
    for url in (
        "http://de.linkedin.com/in/J%C3%B6rg-M%C3%BCller-7/?trk=abc",
        "linkedin.com/in/jörg-müller-7",
        f"{IN}JÖRG-MÜLLER-7#about",
    ):
        assert kinds(index, name="J. Maiden", profile_url=url) == [TieKind.CONNECTION]


def test_an_email_is_certain() -> None:
    index = acquaintance(
        tie("Jörg Müller", TieKind.IMPORTED_CONTACT, email="joerg@example.org")
    )
    assert kinds(index, email="Joerg@Example.org ") == [TieKind.IMPORTED_CONTACT]


def test_a_rare_name_without_any_address_is_enough() -> None:
    index = acquaintance(tie("Svantje Brömmelhaus"))
    sender = {"name": "Dr. Svantje Broemmelhaus", "profile_url": f"{IN}svantje-b"}
    assert kinds(index, **sender) == [TieKind.CONNECTION]


def test_a_rare_name_is_not_enough_against_another_address() -> None:
    index = acquaintance(tie("Svantje Brömmelhaus", profile_url=f"{IN}svantje-1"))
    found = index.look_up(
        Person(name="Svantje Brömmelhaus", profile_url=f"{IN}svantje-2")
    )
    assert found.ties == ()
    assert [each.person.profile_url for each in found.doubles] == [f"{IN}svantje-1"]


def test_a_mail_with_a_rare_name_needs_more_than_the_name() -> None:
    index = acquaintance(
        tie("Svantje Brömmelhaus", profile_url=f"{IN}svantje-1"),
        tie(
            "Eike Tannwald",
            TieKind.IMPORTED_CONTACT,
            email="eike@example.org",
        ),
    )
    assert kinds(index, name="Svantje Brömmelhaus", email="x@example.net") == []
    assert kinds(index, name="Eike Tannwald", email="x@example.net") == []


def test_a_half_frequent_name_needs_the_company_too() -> None:
    index = acquaintance(tie("Thomas Brömmelhaus", company="Wexford AG"))
    assert kinds(index, name="Thomas Brömmelhaus") == []
    agreeing = {"name": "Thomas Brömmelhaus", "headline": "Head of IT at Wexford"}
    assert TieKind.CONNECTION in kinds(index, **agreeing)
    assert TieKind.CONNECTION in kinds(
        index, name="Thomas Brömmelhaus", company="WEXFORD"
    )


common_names = st.builds(
    "{} {}".format,
    st.sampled_from(sorted(COMMON_FIRST)),
    st.sampled_from(sorted(COMMON_LAST)),
)


@given(common_names, st.none() | st.just(f"{IN}somebody"))
def test_a_frequent_name_alone_is_never_known(name: str, url: str | None) -> None:
    index = acquaintance(
        tie(name, company="Wexford AG"),
        tie(name, TieKind.WROTE, count=20),
        tie(name, TieKind.IMPORTED_CONTACT, email="a@example.org"),
    )
    for written in (name, name.upper(), f"Dr. {name}", " ".join(name.split()[::-1])):
        found = index.look_up(Person(name=written, profile_url=url))
        assert found.ties == found.doubles == ()


def test_two_contacts_of_one_name_make_it_ambiguous() -> None:
    index = acquaintance(
        tie("Svantje Brömmelhaus", company="Wexford AG"),
        tie("Svantje Brömmelhaus", company="Eichenhof eG"),
    )
    assert kinds(index, name="Svantje Brömmelhaus") == []
    found = index.look_up(Person(name="Svantje Brömmelhaus", company="Eichenhof"))
    assert [each.person.company for each in found.ties] == ["Eichenhof eG"]


def test_a_changed_last_name_is_not_recognised_by_the_first_one() -> None:
    index = acquaintance(tie("Svantje Brömmelhaus"))
    assert kinds(index, name="Svantje Tannwald") == []


def test_a_name_of_hundreds_is_a_frequent_one() -> None:
    index = acquaintance(
        *(tie("Svantje Brömmelhaus", company=f"Firma {n}") for n in range(201))
    )
    assert kinds(index, name="Svantje Brömmelhaus", company="Firma 7") == []


def test_doubles_are_told_only_of_people_who_are_really_known() -> None:
    index = acquaintance(
        tie("Svantje Brömmelhaus", TieKind.WROTE_TO_YOU, profile_url=f"{IN}svantje-1"),
        tie("Eike Tannwald", TieKind.WROTE, count=1, profile_url=f"{IN}eike-1"),
        tie("Enno Tannwald", TieKind.WROTE, count=9, profile_url=f"{IN}enno-1"),
    )
    for name, count in (("Svantje Brömmelhaus", 0), ("Eike Tannwald", 0)):
        found = index.look_up(Person(name=name, profile_url=f"{IN}other"))
        assert len(found.doubles) == count
    found = index.look_up(Person(name="Enno Tannwald", profile_url=f"{IN}other"))
    assert len(found.doubles) == 1


def test_a_double_of_a_frequent_name_must_copy_the_company() -> None:
    index = acquaintance(
        tie("Thomas Müller", company="Wexford AG", profile_url=f"{IN}thomas-1")
    )
    double = Person(
        name="Thomas Mueller", company="Wexford", profile_url=f"{IN}thomas-2"
    )
    found = index.look_up(double)
    assert [each.kind for each in found.ties] == [TieKind.SHARED_EMPLOYER]
    assert len(found.doubles) == 1


def test_a_known_person_is_nobodys_double() -> None:
    index = acquaintance(
        tie("Svantje Brömmelhaus", profile_url=f"{IN}svantje-1"),
        tie("Svantje Brömmelhaus", profile_url=f"{IN}svantje-2"),
    )
    found = index.look_up(
        Person(name="Svantje Brömmelhaus", profile_url=f"{IN}svantje-2")
    )
    assert len(found.ties) == 1
    assert found.doubles == ()


def test_another_network_and_opaque_addresses_contradict_nothing() -> None:
    for url in (
        "https://www.xing.com/profile/Svantje_Broemmelhaus",
        f"{IN}ACoAAB1c2d3e4f5g6h7i8j9k",
    ):
        index = acquaintance(
            tie("Svantje Brömmelhaus", company="Eichenhof eG", profile_url=url)
        )
        sender = Person(
            name="Svantje Brömmelhaus",
            company="Eichenhof",
            profile_url=f"{IN}svantje-2",
        )
        found = index.look_up(sender)
        assert [each.kind for each in found.ties] == [TieKind.CONNECTION]
        assert found.doubles == ()


def test_former_employers_are_shared_across_legal_forms() -> None:
    found = acquaintance().look_up(Person(company="NORDLICHT Logistik SE"))
    (shared,) = found.ties
    assert shared.kind is TieKind.SHARED_EMPLOYER
    assert shared.detail == "Nordlicht Logistik GmbH"
    assert (shared.since, shared.until) == (date(2009, 1, 1), date(2016, 5, 31))


@pytest.mark.parametrize(
    ("headline", "place"),
    [
        ("Disponentin bei Nordlicht Logistik", "Nordlicht Logistik GmbH"),
        ("ex-Wexford | Beirätin", "Wexford AG"),
        ("Wexford", "Wexford AG"),
        ("Buyer, Wexford Deutschland GmbH", "Wexford AG"),
        ("Sales at Target", "Target"),
        (
            "Ingenieurin, Technische Hochschule Elmshorn",
            "Technische Hochschule Elmshorn",
        ),
    ],
)
def test_headlines_name_places(headline: str, place: str) -> None:
    found = acquaintance().look_up(Person(headline=headline))
    assert [each.detail for each in found.ties] == [place]


@pytest.mark.parametrize(
    "headline",
    [
        "We reach every target group",
        "Target groups are my life",
        "Head of IT at Wexford Energy",
        "Freiberuflich",
        "",
    ],
)
def test_headlines_that_only_sound_alike_name_no_place(headline: str) -> None:
    assert acquaintance().look_up(Person(headline=headline)).ties == ()


def test_ties_come_strongest_first_and_one_a_kind() -> None:
    url = f"{IN}svantje"
    facts: list[tuple[TieKind, dict[str, Any]]] = [
        (TieKind.WROTE_TO_YOU, {"count": 3, "until": date(2024, 1, 2)}),
        (TieKind.ENDORSED, {"detail": "Chartering"}),
        (TieKind.IMPORTED_CONTACT, {}),
        (TieKind.ENDORSED, {"detail": "Zollrecht", "since": date(2020, 1, 1)}),
        (TieKind.WROTE, {"count": 14, "until": date(2024, 3, 9)}),
        (TieKind.CONNECTION, {"since": date(2019, 5, 2)}),
    ]
    index = acquaintance(
        *(
            tie("Svantje Brömmelhaus", kind, profile_url=url, **more)
            for kind, more in facts
        )
    )
    found = index.look_up(Person(profile_url=url)).ties
    assert [str(describe(each)) for each in found] == [
        "connected since 2019",
        "you wrote to each other 14 times, last on 2024-03-09",
        "you endorsed this person for Zollrecht and one more skill",
        "in your address book",
    ]


def test_one_message_weighs_little_and_five_weigh_all() -> None:
    weights = [
        tie_strength(tie("Eike Tannwald", TieKind.WROTE, count=count))
        for count in (None, 1, 2, 5, 50)
    ]
    assert weights == pytest.approx([0.3, 0.3, 0.475, 1.0, 1.0])


def test_every_kind_has_a_strength_and_words() -> None:
    day = date(2021, 4, 5)
    for kind in TieKind:
        assert 0.0 < tie_strength(tie("Eike Tannwald", kind)) <= 1.0
        for facts in ({}, {"since": day}, {"until": day}, {"since": day, "until": day}):
            words = str(describe(tie("Eike Tannwald", kind, detail="Ulm", **facts)))
            assert words
            assert "{" not in words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"count": 1}, "you wrote to this person"),
        ({"count": 2}, "you wrote to this person 2 times"),
        ({"count": 1, "until": date(2024, 3, 9)}, "you wrote to this person once, on"),
        ({"count": 1, "detail": "mutual"}, "you wrote to each other"),
        ({"count": 2, "detail": "mutual"}, "you wrote to each other 2 times"),
    ],
)
def test_what_was_written_is_counted(facts: dict[str, Any], words: str) -> None:
    assert str(describe(tie("Eike Tannwald", TieKind.WROTE, **facts))).startswith(words)


@pytest.mark.parametrize("kind", [TieKind.ENDORSED, TieKind.WAS_ENDORSED_BY])
def test_endorsed_skills_are_counted(kind: TieKind) -> None:
    said = [
        str(describe(tie("Eike Tannwald", kind, detail=detail, count=count)))
        for detail, count in (("", None), ("Zoll", 1), ("Zoll", 2), ("Zoll", 3))
    ]
    assert [each.partition(" for ")[2] for each in said] == [
        "",
        "Zoll",
        "Zoll and one more skill",
        "Zoll and 2 more skills",
    ]


def test_notes_name_people_and_places() -> None:
    index = acquaintance(
        tie("Karl-Heinz Brömmelhaus"),
        tie("Ursula von der Heydte"),
        tie("Anna Thiele-Wittkamp"),
        tie("Katrin Feddersen"),
        tie("Eike Tannwald", TieKind.WROTE_TO_YOU),
    )
    note = normalise(
        "Liebe Katrin Feddersen, Karl-Heinz Broemmelhaus und Ursula von der Heydte "
        "(Nordlicht Logistik) grüßen; ANNA THIELE und Eike Tannwald auch. "
        "Ich war bei Target und kenne die Technische Hochschule Elmshorn. "
        "Your target group at Wexford's?"
    )
    found = index.mentions(note)
    assert [(each.name, note[slice(*each.span)], each.is_person) for each in found] == [
        ("Karl-Heinz Brömmelhaus", "karl-heinz broemmelhaus", True),
        ("Ursula von der Heydte", "ursula von der heydte", True),
        ("Nordlicht Logistik GmbH", "nordlicht logistik", False),
        ("Anna Thiele-Wittkamp", "anna thiele", True),
        ("Target", "target", False),
        ("Technische Hochschule Elmshorn", "technische hochschule elmshorn", False),
        ("Wexford AG", "wexford", False),
    ]


def test_names_of_ordinary_words_are_not_looked_for() -> None:
    index = acquaintance(tie("Will Long"), tie("Bo Li"), tie("Frank Summer"))
    note = "it will long be warm, frank summer days; bo li"
    assert index.mentions(note) == ()


@given(st.text(max_size=200))
def test_mentions_stand_in_the_note(text: str) -> None:
    index = acquaintance(tie("Anna Thiele"), tie("Ute Bo"))
    note = normalise(f"{text} Anna Thiele {text}")
    spans = [each.span for each in index.mentions(note)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(note) for start, end in spans)


@given(st.permutations(range(6)))
def test_the_order_of_ties_is_irrelevant(order: list[int]) -> None:
    ties = [
        tie("Svantje Brömmelhaus", kind, profile_url=f"{IN}svantje", count=3, since=day)
        for kind in (TieKind.WROTE, TieKind.CONNECTION, TieKind.NOTED)
        for day in (date(2020, 1, 1), date(2021, 1, 1))
    ]
    index = acquaintance(*(ties[each] for each in order))
    sender = Person(name="Svantje Brömmelhaus", profile_url=f"{IN}svantje")
    assert index.look_up(sender) == acquaintance(*ties).look_up(sender)


def test_profile_addresses_have_one_key() -> None:
    assert (
        profile_key("https://de.linkedin.com/in/Ay%C5%9Fe/") == "linkedin.com/in/ayşe"
    )
    assert profile_key("http://www.linkedin.com/in/ays\u0327e?x=1#y") == profile_key(
        "linkedin.com/in/ayşe"
    )
    assert profile_key("https://m.xing.com/profile/A_B") == "xing.com/profile/a_b"
    assert profile_key("https://social.example/@mira") == "social.example/@mira"
    for nothing in (None, "", "mira", "https://linkedin.com"):
        assert profile_key(nothing) == ""


def test_closed_accounts_and_companies_are_nobody() -> None:
    for name in ("LinkedIn Member", "LinkedIn-Mitglied", "Utente LinkedIn", "🚀", None):
        assert is_nobody(Person(name=name))
        assert identity(Person(name=name)) == ""
    page = Person(name="Nordlicht", profile_url="https://linkedin.com/company/77")
    assert identity(page) == ""
    assert not is_nobody(Person(name="Svantje Brömmelhaus"))
