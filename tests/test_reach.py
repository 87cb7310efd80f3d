"""What accepting would bring: counted from the member's contacts, or not known."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import MEMBER, request, requests
from vorzimmer.fields_of_work import field_names, fields_in
from vorzimmer.model import Person, Tie, TieKind
from vorzimmer.reach import CAPPED, NewPeople, Reach, Value, new_people
from vorzimmer.translation import translator
from vorzimmer.web.reach_words import FIELDS

CONTACTS = [
    Tie(
        person=Person(
            name=f"Kontakt {number}",
            profile_url=f"https://www.linkedin.com/in/k-{number}",
            company="Nordkai Umschlag GmbH" if number < 3 else f"Firma {number}",
            position="Disponent" if number % 2 else "Einkäuferin",
        ),
        kind=TieKind.CONNECTION,
    )
    for number in range(60)
]
REACH = Reach(CONTACTS, MEMBER)


def value(**sender: object) -> Value:
    return REACH.value(request("Moin", **sender))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Leiterin Supply Chain", {"logistics"}),
        ("Head of Purchasing & Logistics", {"purchasing", "logistics"}),
        ("Fachanwältin für Arbeitsrecht", set()),
        ("Rechtsanwältin", {"law"}),
        ("Recruiterin im Gesundheitswesen", {"people"}),
        ("IT-Leiter", {"software"}),
        ("Italienischlehrer", set()),
        ("", set()),
    ],
)
def test_fields_are_told_from_words(text: str, fields: set[str]) -> None:
    assert fields_in(text) == fields


def test_every_field_has_a_name_in_both_languages() -> None:
    assert set(FIELDS) == set(field_names())
    german = translator("de")
    same = {each for each, words in FIELDS.items() if german.say(words) == str(words)}
    assert same == set()


def test_shared_new_and_rare_fields_and_the_firm() -> None:
    found = value(position="Lagerleiter", company="Nordkai Umschlag")
    assert found.shared_fields == ("logistics",)
    assert found.company == ("Nordkai Umschlag", 3)
    lawyer = value(headline="Rechtsanwältin", company="Kanzlei Alt")
    assert lawyer.new_fields == ("law",)
    assert lawyer.company == ("Kanzlei Alt", 0)
    rare = Reach(
        [
            *CONTACTS,
            Tie(person=Person(name="R", position="Juristin"), kind=TieKind.CONNECTION),
        ],
        MEMBER,
    )
    assert rare.value(request("", headline="Rechtsanwalt")).rare_fields == (("law", 1),)


def test_who_is_a_contact_already_does_not_count_as_another() -> None:
    known = CONTACTS[0].person
    found = REACH.value(
        request(
            "", name=known.name, profile_url=known.profile_url, company=known.company
        )
    )
    assert found.company == ("Nordkai Umschlag GmbH", 2)


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("Hamburg, Germany", ("Hamburg, Germany", True)),
        ("Kiel, Germany", ("Kiel, Germany", False)),
        (None, None),
        ("", None),
    ],
)
def test_the_place_is_the_same_another_or_not_known(
    location: str | None, place: tuple[str, bool] | None
) -> None:
    assert value(location=location).place == place


def test_of_an_unknown_sender_nothing_is_said() -> None:
    found = value()
    assert found == Value()
    assert not found.is_known


def test_whether_it_helps_with_work_is_said_only_to_who_looks_for_it() -> None:
    looking = Reach(CONTACTS, MEMBER, is_looking_for_work=True)
    assert value(headline="Recruiterin").helps_with_work is None
    assert looking.value(request("", headline="Recruiterin")).helps_with_work is True
    assert looking.value(request("", headline="Apotheker")).helps_with_work is False
    new_firm = request("", headline="Disponent", company="Ganz Neu AG")
    assert looking.value(new_firm).helps_with_work is True


def test_the_estimate_is_what_its_formula_says() -> None:
    found = new_people(201, 10)
    share = 10 / 201
    already = 1 - (1 - share * 0.25) ** 200
    assert found == NewPeople(
        low=round(190 * (1 - share * 0.5) ** 400),
        middle=round(190 * (1 - already)),
        high=round(190 * (1 - share * 0.1) ** 100),
        contacts=201,
        shared=10,
        already=already,
    )


def test_without_the_number_of_contacts_there_is_no_estimate() -> None:
    assert new_people(None, 12) is None


def test_a_capped_number_is_a_lower_bound() -> None:
    found = new_people(500, None)
    assert found is not None
    assert found.high is None
    assert value(contacts_count=500).is_capped


@given(st.integers(0, 40_000), st.none() | st.integers(0, 40_000))
def test_the_spread_holds_its_middle_and_never_exceeds_the_contacts(
    contacts: int, shared: int | None
) -> None:
    found = new_people(contacts, shared)
    assert found is not None
    assert 0 <= found.low <= found.middle <= contacts
    if contacts in CAPPED:
        assert found.high is None
    else:
        assert found.high is not None
        assert found.middle <= found.high <= contacts


@given(st.integers(20, 5_000), st.integers(1, 9))
def test_more_shared_contacts_bring_fewer_new_people(
    contacts: int, shared: int
) -> None:
    few, many = new_people(contacts, shared), new_people(contacts, 2 * shared)
    assert few is not None
    assert many is not None
    assert many.middle <= few.middle


@given(requests)
def test_any_request_can_be_valued(each: object) -> None:
    found = REACH.value(each)  # type: ignore[arg-type] # a ContactRequest
    assert found.is_known in {True, False}


def test_a_question_costs_far_less_than_a_millisecond() -> None:
    asked = request(
        "", headline="Leiterin Einkauf", company="Firma 7", contacts_count=310
    )
    best = 1.0
    for _ in range(5):
        begun = process_time()
        for _again in range(100):
            REACH.value(asked)
        best = min(best, (process_time() - begun) / 100)
    assert best < 0.001
