from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_rows import (
    DAY,
    EIKE,
    ENNO,
    GONE,
    IN,
    ME,
    OWN,
    REX,
    SVANTJE,
    bare,
    connected,
    invited,
    message,
    only,
    past,
    ties,
)
from vorzimmer.intake import gather
from vorzimmer.items import (
    Account,
    Connection,
    Endorsement,
    FileRead,
    ImportedContact,
    Item,
    OwnFact,
    PrivateNote,
    Recommendation,
)
from vorzimmer.model import (
    Action,
    Education,
    Person,
    Position,
    Skipped,
    TieKind,
    say,
)


def test_a_blank_invitation_has_a_blank_note() -> None:
    assert only(gather([invited(SVANTJE)])).note == ""


def test_an_invitation_of_ones_own_is_a_tie() -> None:
    intake = gather([OWN])
    assert intake.requests == ()
    assert ties(intake) == {("Enno Wittkamp", TieKind.INVITED): None}


def test_an_accepted_invitation_is_past() -> None:
    intake = gather([invited(SVANTJE), connected(SVANTJE, days=2), OWN])
    (decision,) = intake.past
    assert decision.request_id == only(intake).id
    assert decision.action is Action.ACCEPT
    assert decision.at == datetime(2025, 3, 12, tzinfo=UTC)


def test_without_addresses_a_rare_name_shows_acceptance() -> None:
    old: list[Item] = [
        invited(bare(SVANTJE), to=bare(ME)),
        Connection(person=bare(SVANTJE), connected_on=date(2025, 3, 11)),
    ]
    assert past(gather(old)) == [Action.ACCEPT]


def test_a_contact_of_the_same_name_from_before_is_somebody_else() -> None:
    old: list[Item] = [
        invited(bare(SVANTJE), to=bare(ME)),
        Connection(person=bare(SVANTJE), connected_on=date(2020, 3, 11)),
    ]
    assert past(gather(old)) == []


def test_a_frequent_name_shows_no_acceptance() -> None:
    thomas = Person(name="Thomas Müller")
    old: list[Item] = [invited(thomas, to=bare(ME)), connected(thomas, days=1)]
    assert past(gather(old)) == []


def test_two_contacts_of_one_name_show_no_acceptance() -> None:
    contacts = [
        connected(replace(bare(SVANTJE), company=company), days=1)
        for company in ("Eichenhof eG", "Wexford AG")
    ]
    assert past(gather([invited(bare(SVANTJE), to=bare(ME)), *contacts])) == []


def test_all_kinds_of_rows_become_ties() -> None:
    day = date(2024, 5, 6)
    intake = gather(
        [
            connected(SVANTJE),
            ImportedContact(
                person=replace(bare(EIKE), email="eike@example.org"),
                emails=("eike@example.org", "et@example.net"),
                created_on=day,
            ),
            Endorsement(person=SVANTJE, skill="Zoll", is_given=True, endorsed_on=day),
            Endorsement(person=SVANTJE, skill="Häfen", is_given=True),
            Endorsement(person=SVANTJE, skill="Häfen", is_given=False),
            Recommendation(person=SVANTJE, is_given=True, written_on=day),
            Recommendation(person=SVANTJE, is_given=False),
            PrivateNote(person=SVANTJE, written_on=day),
        ]
    )
    found = [(each.kind, each.person.email, each.detail) for each in intake.ties]
    assert found == [
        (TieKind.IMPORTED_CONTACT, "eike@example.org", ""),
        (TieKind.IMPORTED_CONTACT, "et@example.net", "eike@example.org"),
        (TieKind.CONNECTION, None, ""),
        (TieKind.ENDORSED, None, "Häfen"),
        (TieKind.ENDORSED, None, "Zoll"),
        (TieKind.NOTED, None, ""),
        (TieKind.RECOMMENDED, None, ""),
        (TieKind.WAS_ENDORSED_BY, None, "Häfen"),
        (TieKind.WAS_RECOMMENDED_BY, None, ""),
    ]


def test_ties_show_all_that_is_known_of_a_person() -> None:
    card = replace(SVANTJE, company="Eichenhof eG", email="s@example.org")
    intake = gather([message(ME, "Moin!", to=(SVANTJE,)), connected(card), OWN])
    (wrote,) = (each for each in intake.ties if each.kind is TieKind.WROTE)
    assert wrote.person == card


def test_the_member_is_found_by_invitations() -> None:
    intake = gather([invited(SVANTJE), OWN, Account(first_name="K.", last_name="F.")])
    assert intake.member.profile_url == ME.profile_url
    assert intake.member.name == "K. F."


def test_the_member_is_found_by_taking_part_in_nearly_all() -> None:
    talk: list[Item] = [
        message(person, "Hallo", talk=f"2-{n}")
        for n, person in enumerate((SVANTJE, EIKE, ENNO, REX))
    ]
    intake = gather(talk)
    assert intake.member.name == "Katrin Feddersen"
    assert intake.member.first_name == "Katrin"
    assert intake.member.last_name == "Feddersen"
    assert len(intake.requests) == 4


def test_the_member_is_found_by_name_where_recipients_have_no_address() -> None:
    me = bare(ME)
    intake = gather(
        [
            Account(first_name="Katrin", last_name="Feddersen"),
            message(SVANTJE, "Hallo", talk="2-a", to=(me,)),
            message(ME, "Moin Svantje!", talk="2-a", to=(bare(SVANTJE),), days=1),
            message(REX, "15 Minuten?", talk="2-b", to=(me,)),
        ]
    )
    assert intake.member.profile_url == ME.profile_url
    assert len(intake.requests) == 2
    wrote = [each.person for each in intake.ties if each.kind is TieKind.WROTE]
    assert wrote == [SVANTJE]


def test_two_in_all_conversations_cannot_be_told_apart() -> None:
    talk: list[Item] = [message(REX, f"Hallo {n}", talk=f"2-{n}") for n in range(4)]
    intake = gather(talk)
    assert intake.member.name == ""
    assert intake.requests == ()
    assert "which of the people" in str(intake.notices[0])


def test_the_profile_becomes_the_member() -> None:
    jobs = [
        Position(company="Wexford AG", started_on=date(2016, 6, 1)),
        Position(company="Nordlicht Logistik GmbH", started_on=date(2012, 3, 1)),
    ]
    intake = gather(
        [
            Account(
                first_name="Katrin",
                last_name="Feddersen",
                headline="Leiterin",
                industry="Logistik",
                location="Elmshorn",
            ),
            OwnFact("email", "katrin@example.org"),
            OwnFact("skill", "Zoll"),
            OwnFact("skill", "Zoll"),
            OwnFact("language", "Plattdeutsch"),
            *jobs[::-1],
            Education(school="Technische Hochschule Elmshorn"),
            ImportedContact(
                person=Person(email="katrin@example.org"),
                emails=("katrin@example.org",),
            ),
        ]
    )
    member = intake.member
    assert member.name == "Katrin Feddersen"
    assert member.headline == "Leiterin"
    assert (member.industry, member.location) == ("Logistik", "Elmshorn")
    assert member.emails == ("katrin@example.org",)
    assert member.skills == ("Zoll",)
    assert member.languages == ("Plattdeutsch",)
    assert member.positions == tuple(jobs)
    assert len(member.educations) == 1
    assert intake.ties == ()


def test_an_older_export_names_the_same_request_by_an_alias() -> None:
    new = gather([invited(SVANTJE, "Hallo!"), OWN])
    old = gather([invited(bare(SVANTJE), "Hallo!", to=bare(ME))])
    assert new.aliases == {only(old).id: only(new).id}
    assert old.aliases == {}


def test_an_alias_of_two_requests_is_left_out() -> None:
    namesake = replace(SVANTJE, profile_url=f"{IN}svantje-2")
    intake = gather([invited(SVANTJE), invited(namesake), OWN])
    assert len(intake.requests) == 2
    assert intake.aliases == {}


def test_ids_depend_on_the_day_and_not_on_the_spelling_of_addresses() -> None:
    first = only(gather([invited(SVANTJE)]))
    other = replace(
        SVANTJE, name="S. B.", profile_url="http://linkedin.com/in/SVANTJE/"
    )
    later = replace(invited(other), sent_at=DAY + timedelta(hours=3))
    assert only(gather([later])).id == first.id
    assert only(gather([invited(SVANTJE, days=1)])).id != first.id
    assert only(gather([invited(SVANTJE)], network="xing")).id != first.id


def test_unknown_senders_of_one_day_stay_apart() -> None:
    intake = gather([invited(GONE, "Hallo"), invited(GONE, "Guten Tag"), OWN])
    assert len(intake.requests) == 2


def test_of_two_rows_for_one_request_the_longer_note_is_kept() -> None:
    intake = gather([invited(SVANTJE, "Hallo!"), invited(SVANTJE), OWN])
    assert only(intake).note == "Hallo!"


def test_rows_are_counted_and_skipped_ones_kept() -> None:
    skipped = Skipped("messages.csv", 7, say("This is a draft that was never sent."))
    intake = gather(
        [
            FileRead("messages.csv", 3),
            skipped,
            FileRead("Connections.csv", 9),
            FileRead("messages.csv", 2),
            FileRead("Profile.csv", None),
        ]
    )
    assert intake.counts == {"messages.csv": 5, "Connections.csv": 9}
    assert intake.skipped == (skipped,)
    assert intake.notices == ()


def test_part_one_of_two_is_recognised() -> None:
    files = ("Connections.csv", "Invitations.csv", "messages.csv")
    intake = gather([FileRead("Profile.csv", 1), *(FileRead(f, None) for f in files)])
    (notice,) = intake.notices
    assert "part one of two" in str(notice)


@pytest.mark.parametrize("file", ["Connections.csv", "Invitations.csv", "messages.csv"])
def test_a_single_missing_file_is_told(file: str) -> None:
    (notice,) = gather([FileRead(file, None)]).notices
    assert file in str(notice)
    assert gather([FileRead(file, None), FileRead(file, 0)]).notices == ()


people = st.sampled_from([SVANTJE, EIKE, ENNO, REX, GONE, bare(EIKE), bare(REX)])
texts = st.sampled_from(["Hallo!", "Kein Interesse", "", "Moin, wie geht es?"])
days = st.integers(0, 5)
rows = st.one_of(
    st.builds(invited, people, texts, days=days),
    st.builds(lambda to, days: invited(ME, to=to, days=days), people, days),
    st.builds(
        lambda who, text, talk, days: message(who, text, talk=talk, days=days),
        people,
        texts,
        st.sampled_from("ab"),
        days,
    ),
    st.builds(
        lambda to, text, talk, days: message(ME, text, to=(to,), talk=talk, days=days),
        people,
        texts,
        st.sampled_from("ab"),
        days,
    ),
    st.builds(connected, people, days),
    st.builds(lambda who: ImportedContact(person=who), people),
    st.builds(
        lambda who, skill: Endorsement(person=who, skill=skill, is_given=True),
        people,
        st.sampled_from(["Zoll", "Häfen"]),
    ),
)
sources = st.lists(rows, max_size=12).map(lambda items: [OWN, *items])


@given(sources, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(items: list[Item], chance: Random) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert gather(shuffled) == gather(items)


@given(sources)
def test_reading_every_row_twice_changes_nothing(items: list[Item]) -> None:
    assert gather([*items, *items]) == gather(items)


@given(sources)
def test_every_request_has_its_own_id_and_every_past_decision_its_request(
    items: list[Item],
) -> None:
    intake = gather(items)
    ids = {each.id for each in intake.requests}
    assert len(ids) == len(intake.requests)
    assert {each.request_id for each in intake.past} <= ids
    assert set(intake.aliases.values()) <= ids
    keys = [(each.person, each.kind, each.detail) for each in intake.ties]
    assert len(set(keys)) == len(keys)
    assert ME.profile_url not in {each.person.profile_url for each in intake.ties}
