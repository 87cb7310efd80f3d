"""One person known through five sources is one person; two people stay two."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from archives import write_zip
from builders import MEMBER
from intake_rows import IN
from vorzimmer.acquaintance import Acquaintance, Acquainted, describe
from vorzimmer.desk import Desk
from vorzimmer.importers import sources_of
from vorzimmer.model import Kind, Person, Tie, TieKind
from vorzimmer.settings import Settings
from vorzimmer.sources import take_in
from vorzimmer.store import Store

MERLE = f"{IN}merle-quast"
ARCHIVE = {
    "Profile.csv": [{"First Name": "Katrin", "Last Name": "Brandt"}],
    "Invitations.csv": [
        {
            "From": "Merle Quast",
            "To": "Katrin Brandt",
            "Sent At": "9/20/26, 4:10 PM",
            "Direction": "INCOMING",
            "inviterProfileUrl": MERLE,
            "inviteeProfileUrl": f"{IN}katrin-brandt",
        }
    ],
    "Endorsement_Given_Info.csv": [
        {
            "Skill Name": "Zoll",
            "Endorsee First Name": "Merle",
            "Endorsee Last Name": "Quast",
            "Endorsee Public Url": MERLE,
        }
    ],
}
CARD = f"""BEGIN:VCARD
VERSION:3.0
FN:Merle Quast
EMAIL:m.quast@example.org
EMAIL:merle@example.net
URL:{MERLE}
END:VCARD
"""
TABLE = "Vorname;Nachname;E-Mail-Adresse\nMerle;Quast;merle@example.net\n"
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:7
DTSTART:20250303T090000
ORGANIZER:mailto:katrin@example.org
ATTENDEE;CN=Quast Merle:mailto:merle@example.net
END:VEVENT
BEGIN:VEVENT
UID:8
DTSTART:20250304T090000
ORGANIZER:mailto:katrin@example.org
END:VEVENT
END:VCALENDAR
"""
MAILS = "".join(
    f"From - x\nFrom: katrin@example.org\nTo: {to}\nDate: 3 Jun {year} 10:00:00 +0200"
    f"\nMessage-ID: <{year}@example.org>\n\nText\n\n"
    for to, year in (
        ("M.Quast@example.org", 2019),
        ("Merle <merle@example.net>", 2024),
        ("merle@example.net", 2025),
    )
)


def five_sources(folder: Path) -> list[Path]:
    texts = {"c.vcf": CARD, "c.csv": TABLE, "c.ics": CALENDAR, "Sent": MAILS}
    for name, text in texts.items():
        (folder / name).write_text(text, "cp1252")
    archive = write_zip(folder / "Basic_LinkedInDataExport.zip", ARCHIVE)
    return [archive, *(folder / name for name in texts)]


def test_five_sources_one_person(tmp_path: Path) -> None:
    settings = Settings(database=str(tmp_path / "desk.db"))
    with Desk.open(settings) as desk:
        for _ in range(2):  # twice is as once
            for source in reversed(five_sources(tmp_path)):
                desk.import_from(source)
        ((_, cards),) = desk.session().groups
        (request,) = [card.request.id for card in cards]
        assessment = desk.card(request).assessment
    said = [str(describe(tie)) for tie in assessment.known_from]
    assert said == [
        "you met on 2025-03-03",
        "you endorsed this person for Zoll",
        "you mailed this person 3 times since 2019",
        "in your address book",
    ]
    assert assessment.probability(Kind.KNOWN) > 0.9


def test_twice_is_as_once_in_the_store(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    with Desk.open(Settings(database=place)) as desk:
        sources = five_sources(tmp_path)
        first = [desk.import_from(each).ties for each in sources]
        again = [desk.import_from(each).ties for each in sources]
    # The table's one contact stands on the card, too.
    assert (first, again) == ([1, 2, 1, 1, 2], [0] * 5)
    store = Store.open(place)
    with store.reading() as reading:
        assert len(reading.ties()) == 7
    store.close()


def test_each_source_is_recognised_by_what_is_in_it(tmp_path: Path) -> None:
    found = [sources_of(each) for each in five_sources(tmp_path)]
    names = ("linkedin_archive", "vcard", "contacts_csv", "calendar")
    mails = ("sent_mail", "mail_files")
    assert found == [*((name,) for name in names), mails]
    together = tmp_path / "all"
    together.mkdir()
    for each in five_sources(tmp_path)[1:]:
        each.rename(together / each.name)
    assert sources_of(together) == (*names[1:], *mails)
    assert len(take_in(together).ties) == 6
    (tmp_path / "empty.ics").write_bytes(b"")
    assert sources_of(tmp_path / "empty.ics") == ("calendar",)


def acquainted(ties: Iterable[Tie], **sender: Any) -> Acquainted:  # noqa: ANN401 - facts of any type
    return Acquaintance(ties, MEMBER).look_up(Person(**sender))


def card(name: str, email: str, url: str | None = None, first: str = "") -> Tie:
    person = Person(name=name, email=email, profile_url=url)
    return Tie(person=person, kind=TieKind.IMPORTED_CONTACT, detail=first)


def mailed(email: str, count: int = 1, name: str | None = None) -> Tie:
    person = Person(name=name, email=email)
    return Tie(person=person, kind=TieKind.MAILED, count=count)


def kinds(found: Acquainted) -> list[TieKind]:
    return [tie.kind for tie in found.ties]


def test_the_addresses_of_one_card_lead_to_each_other() -> None:
    ties = [
        card("Merle Quast", "a@example.org", MERLE),
        card("Merle Quast", "b@example.org", first=MERLE),
        mailed("b@example.org", 9),
    ]
    assert TieKind.MAILED in kinds(acquainted(ties, profile_url=MERLE))
    assert TieKind.MAILED in kinds(acquainted(ties, email="a@example.org"))
    (first, _) = acquainted(ties, email="b@example.org").ties
    assert (first.kind, first.count) == (TieKind.MAILED, 9)


@pytest.mark.parametrize("email", ["info@example.org", "familie@example.org"])
def test_an_address_of_an_office_joins_nobody(email: str) -> None:
    ties = [card("Merle Quast", email, MERLE), mailed(email, 9)]
    assert kinds(acquainted(ties, profile_url=MERLE)) == [TieKind.IMPORTED_CONTACT]


def test_an_address_that_two_people_use_joins_nobody() -> None:
    ties = [
        card("Merle Quast", "us@example.org", MERLE),
        mailed("us@example.org", 9, name="Hinnerk Quast"),
    ]
    assert kinds(acquainted(ties, profile_url=MERLE)) == [TieKind.IMPORTED_CONTACT]
    profiles = [
        card("Merle Quast", "us@example.org", MERLE),
        card("Merle Quast", "us@example.org", f"{IN}someone-else"),
        mailed("us@example.org", 9),
    ]
    assert TieKind.MAILED not in kinds(acquainted(profiles, profile_url=MERLE))


def test_two_profiles_on_one_network_never_become_one_person() -> None:
    other = f"{IN}hinnerk-quast"
    ties = [
        card("Merle Quast", "m@example.org", MERLE),
        card("Quast", "h@example.org", first="m@example.org"),
        card("Hinnerk Quast", "h@example.org", other),
        Tie(person=Person(profile_url=other), kind=TieKind.CONNECTION),
    ]
    assert TieKind.CONNECTION not in kinds(acquainted(ties, profile_url=MERLE))


def test_a_namesake_whose_card_shows_another_profile_is_somebody_else() -> None:
    ties = [
        card("Merle Quast", "m@example.org", f"{IN}merle-quast-2"),
        mailed("m@example.org", 9, name="Merle Quast"),
    ]
    found = acquainted(ties, name="Merle Quast", profile_url=MERLE)
    assert found.ties == ()
    assert [tie.person.name for tie in found.doubles] == ["Merle Quast"]


def test_a_rare_name_alone_leads_to_all_that_is_known_of_the_person() -> None:
    ties = [
        card("Merle Quast", "m@example.org"),
        card("Merle Quast", "b@example.org", first="m@example.org"),
        mailed("b@example.org", 9),
    ]
    assert TieKind.MAILED in kinds(acquainted(ties, name="Merle Quast"))


def test_a_frequent_name_alone_leads_to_nobody() -> None:
    ties = [mailed("a@example.org", 9, name="Thomas Müller")]
    assert acquainted(ties, name="Thomas Müller").ties == ()


def test_nobody_who_bears_the_members_name_is_known_by_it() -> None:
    name = MEMBER.name
    ties = [mailed("katrin@example.org", 9, name=name), card(name, "kb@example.org")]
    assert acquainted(ties, name=name, headline="CEO").ties == ()


@pytest.mark.parametrize(
    ("email", "facts", "is_known"),
    [
        ("anna@deichwerk.example", {"company": "Deichwerk AG"}, True),
        ("anna@nord-deich.example", {"company": "NordDeich GmbH"}, True),
        ("anna@mail.deichwerk.co.uk", {"headline": "Buyer at Deichwerk"}, True),
        ("anna@deichwerk.example", {"company": "Tidewell"}, False),
        ("anna@gmx.example", {"company": "GMX"}, False),
        ("anna@web.example", {"headline": "Web designer at Web"}, False),
        ("anna@example", {"company": "Deichwerk AG"}, False),
    ],
)
def test_the_host_of_an_address_may_name_the_company_that_decides(
    email: str, facts: dict[str, str], *, is_known: bool
) -> None:
    ties = [mailed(email, 9, name="Anna Wulfers")]
    found = acquainted(ties, name="Anna Wulfers", **facts)
    assert (TieKind.MAILED in kinds(found)) == is_known


def test_a_zip_of_calendars_and_cards_is_read_as_it_comes(tmp_path: Path) -> None:
    files = {"Takeout/Calendar/k@example.org.ics": CALENDAR, "Takeout/all.vcf": CARD}
    source = write_zip(tmp_path / "takeout.zip", files)
    assert sources_of(source) == ("vcard", "calendar")
    assert len(take_in(source).ties) == 3
