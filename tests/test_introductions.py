"""Who could introduce the member: ways, order, evidence, honest absence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import MEMBER
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.introductions import (
    MOST_LIKELY,
    MOST_WAYS,
    Circle,
    find_ways,
    read_wanted,
)
from vorzimmer.model import (
    ContactRequest,
    Member,
    Person,
    Position,
    Tie,
    TieKind,
)
from vorzimmer.ways import AskReply, IntroductionAsk, Wanted, answer_rates

FIRM = "Heidekrug Waagenbau GmbH"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def contact(name: str, company: str = FIRM, position: str | None = None) -> Person:
    address = name.casefold().replace(" ", "-")
    return Person(
        name=name,
        company=company,
        position=position,
        profile_url=f"https://www.linkedin.com/in/{address}",
    )


JONNA = contact("Jonna Ahlers", position="Einkäuferin")
PIET = contact("Piet Wübben")
TARGET = "Ocke Bruhns"


def connected(person: Person, year: int = 2020) -> Tie:
    return Tie(person=person, kind=TieKind.CONNECTION, since=date(year, 3, 1))


def wrote(person: Person, count: int = 5) -> Tie:
    return Tie(person=person, kind=TieKind.WROTE, count=count, until=date(2026, 4, 1))


def circle(
    *ties: Tie, requests: tuple[ContactRequest, ...] = (), member: Member = MEMBER
) -> Circle:
    return Circle(
        ties=ties,
        requests=requests,
        acquaintance=Acquaintance(ties, member),
        member=member,
    )


def test_who_works_there_is_found_with_evidence_best_known_first() -> None:
    ways = find_ways(
        Wanted(firm="Heidekrug Waagenbau"),
        circle(connected(PIET), connected(JONNA), wrote(JONNA)),
    )
    assert [each.person.name for each in ways.found] == ["Jonna Ahlers", "Piet Wübben"]
    first = ways.found[0]
    assert (first.closeness, first.firm, first.last_on) == (2.0, FIRM, date(2026, 4, 1))
    assert [str(each.says) for each in first.links] == [
        f"works at {FIRM} (Einkäuferin), as your list of contacts says"
    ]
    assert first.is_shown


def test_a_person_is_reached_over_the_firm_that_the_data_name() -> None:
    asked = ContactRequest(id="r", sender=Person(name=TARGET, company=FIRM))
    ways = find_ways(Wanted(TARGET), circle(connected(JONNA), requests=(asked,)))
    assert ways.is_firm_known_from_data
    assert ways.firms == (FIRM,)
    assert [each.person.name for each in ways.found] == ["Jonna Ahlers"]


def test_nobody_is_said_honestly() -> None:
    ways = find_ways(Wanted(TARGET), circle(connected(JONNA)))
    assert (ways.found, ways.firms, ways.themselves) == ((), (), ())
    assert find_ways(Wanted(firm="Moorlicht"), circle(connected(JONNA))).found == ()


def test_whom_one_knows_oneself_needs_no_introduction() -> None:
    ways = find_ways(Wanted("Jonna Ahlers"), circle(connected(JONNA), connected(PIET)))
    assert [each.person.name for each in ways.themselves] == ["Jonna Ahlers"]
    assert [each.person.name for each in ways.found] == ["Piet Wübben"]


@pytest.mark.parametrize(
    ("tie", "words"),
    [
        (
            Tie(person=Person(name="Jonna Ahlers", company=FIRM), kind=TieKind.NOTED),
            "your data name",
        ),
        (
            Tie(
                person=Person(name="Jonna Ahlers", company=FIRM),
                kind=TieKind.RECOMMENDED,
            ),
            "when one of you recommended the other",
        ),
        (
            Tie(
                person=Person(name="Jonna Ahlers", company=FIRM),
                kind=TieKind.IMPORTED_CONTACT,
            ),
            "stands in your address book",
        ),
        (
            Tie(
                person=Person(
                    name="Jonna Ahlers", email="jonna@heidekrug-waagenbau.example"
                ),
                kind=TieKind.MAILED,
                count=9,
            ),
            "has a mail address at heidekrug-waagenbau.example",
        ),
        (
            Tie(
                person=Person(
                    name="Jonna Ahlers",
                    headline="Einkäuferin bei Heidekrug Waagenbau",
                    profile_url="https://www.linkedin.com/in/jonna",
                ),
                kind=TieKind.CONNECTION,
            ),
            "the profile says",
        ),
    ],
)
def test_each_trace_of_a_firm_is_named(tie: Tie, words: str) -> None:
    (way,) = find_ways(Wanted(firm=FIRM), circle(tie)).found
    assert words in str(way.links[0].says)


def test_an_old_trace_stands_beside_the_job_of_today() -> None:
    now = contact("Jonna Ahlers", "Moorlicht Optik")
    then = Tie(
        person=Person(name="Jonna Ahlers", company=FIRM, profile_url=now.profile_url),
        kind=TieKind.WAS_RECOMMENDED_BY,
        since=date(2019, 1, 1),
    )
    (way,) = find_ways(Wanted(firm=FIRM), circle(connected(now), then)).found
    assert way.person.company == "Moorlicht Optik"
    assert "was at" in str(way.links[0].says)


def test_who_became_a_contact_while_the_member_was_there_is_only_likely() -> None:
    stay = Position(
        company=FIRM, started_on=date(2018, 1, 1), ended_on=date(2021, 1, 1)
    )
    member = Member(name="Katrin Brandt", positions=(stay,))
    left = contact("Swantje Ohm", "Moorlicht Optik")
    later = contact("Birte Eilers", "Moorlicht Optik")
    ties = (connected(left, 2019), connected(later, 2022), connected(JONNA, 2019))
    ways = find_ways(Wanted(firm=FIRM), circle(*ties, member=member))
    assert [each.person.name for each in ways.found] == ["Jonna Ahlers", "Swantje Ohm"]
    assert [each.is_shown for each in ways.found] == [True, False]
    assert "while you were at" in str(ways.found[1].links[0].says)
    assert len(ways.found[0].links) == 1


def test_a_note_that_names_the_person_is_a_way() -> None:
    note = ContactRequest(
        id="r", sender=PIET, sent_at=NOON, note="Ocke Bruhns hat mir von Ihnen erzählt."
    )
    (way,) = find_ways(Wanted(TARGET), circle(connected(PIET), requests=(note,))).found
    assert str(way.links[0].says) == "names this person in a note to you of 2026-05-04"
    assert way.firm == ""


def test_strangers_are_not_asked_for_a_favour() -> None:
    stranger = Tie(person=contact("Wiebke Thode"), kind=TieKind.WROTE_TO_YOU, count=1)
    ways = find_ways(Wanted(firm=FIRM), circle(stranger, connected(JONNA)))
    assert [each.person.name for each in ways.found] == ["Jonna Ahlers"]
    assert ways.hardly == 1


def test_the_card_of_a_contact_in_the_address_book_is_no_second_person() -> None:
    card = Tie(
        person=Person(name="Jonna Ahlers", email="jonna@example.org", company=FIRM),
        kind=TieKind.IMPORTED_CONTACT,
    )
    assert len(find_ways(Wanted(firm=FIRM), circle(connected(JONNA), card)).found) == 1


def test_the_member_and_companies_are_nobody_to_ask() -> None:
    own = Tie(
        person=Person(name=MEMBER.name, company=FIRM), kind=TieKind.IMPORTED_CONTACT
    )
    page = Tie(
        person=Person(name=FIRM, profile_url="https://www.linkedin.com/company/heide"),
        kind=TieKind.CONNECTION,
    )
    assert find_ways(Wanted(firm=FIRM), circle(own, page)).found == ()


def test_long_lists_end_and_say_so() -> None:
    letters = [f"{a}{b}" for a in "bcdfgh" for b in "aeiouyäöü"]
    ties = [connected(contact(f"Enno {each}rkens".title())) for each in letters]
    ways = find_ways(Wanted(firm=FIRM), circle(*ties))
    assert len(ways.found) == MOST_WAYS
    assert ways.left_out == len(letters) - MOST_WAYS
    assert MOST_LIKELY < MOST_WAYS


@pytest.mark.parametrize(
    ("asked", "firm", "wanted"),
    [
        ("heidekrug waagenbau", "", Wanted(firm="heidekrug waagenbau")),
        ("Heidekrug", "", Wanted(firm="Heidekrug")),
        ("Ocke  Bruhns", "", Wanted(name="Ocke Bruhns")),
        ("Bruhns", "", Wanted(firm="Bruhns")),
        ("Nordwind Kessel GmbH", "", Wanted(firm="Nordwind Kessel GmbH")),
        (
            "Heidekrug Waagenbau",
            "Moorlicht",
            Wanted("Heidekrug Waagenbau", "Moorlicht"),
        ),
    ],
)
def test_one_line_asks_for_a_firm_or_a_person(
    asked: str, firm: str, wanted: Wanted
) -> None:
    assert read_wanted(asked, circle(connected(JONNA)), firm=firm) == wanted


@given(st.text(max_size=60), st.text(max_size=30))
def test_whatever_is_asked_is_answered(asked: str, firm: str) -> None:
    here = circle(connected(JONNA), wrote(JONNA))
    ways = find_ways(read_wanted(asked, here, firm=firm), here)
    assert all(each.links and each.closeness >= 0.5 for each in ways.found)


def test_answers_count_once_their_day_has_come() -> None:
    today = date(2026, 6, 1)

    def ask(
        number: int, days: int, outcome: AskReply | None, text: str
    ) -> IntroductionAsk:
        return IntroductionAsk(
            id=number,
            via=JONNA,
            wanted=Wanted(firm=FIRM),
            text="",
            text_id=text,
            asked_at=NOON,
            due_on=today + timedelta(days=days),
            outcome=outcome,
        )

    asks = [
        ask(1, 0, AskReply.REFUSED, "a"),
        ask(2, -3, None, "a"),
        ask(3, 3, AskReply.INTRODUCED, "a"),
        ask(4, -1, AskReply.INTRODUCED, "b"),
    ]
    rates = answer_rates(asks, today)
    assert [(name, share.hits, share.count) for name, share in rates] == [
        ("a", 1, 2),
        ("b", 1, 1),
    ]
    assert asks[1].is_silent(today)
    assert not asks[0].is_silent(today)
