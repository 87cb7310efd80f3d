"""Tables of contacts of Google, Outlook and Thunderbird, in German and English."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.errors import SourceError
from vorzimmer.importers.contacts_csv import contacts_of, fits, is_header, read
from vorzimmer.items import FileRead, ImportedContact, Item
from vorzimmer.model import Person, Skipped

GOOGLE = (
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Website 1 - Value\n"
)
OUTLOOK_DE = (
    "Vorname;Weitere Vornamen;Nachname;Firma;Position;E-Mail-Adresse;E-Mail-Typ\n"
)


def items(text: str | bytes) -> list[Item]:
    raw = text.encode() if isinstance(text, str) else text
    *found, end = contacts_of("c.csv", [raw])
    assert isinstance(end, FileRead)
    return found


def contact(text: str | bytes) -> ImportedContact:
    (found,) = items(text)
    assert isinstance(found, ImportedContact), found
    return found


def test_google_today() -> None:
    row = (
        'Merle,,Quast,Deichwerk AG,Einkauf,"zwei\nZeilen",* myContacts,Work,'
        "Merle@example.org ::: merle@example.net,m.q@example.com,"
        "https://www.linkedin.com/in/merle-quast\n"
    )
    assert contact("\ufeff" + GOOGLE + row) == ImportedContact(
        person=Person(
            name="Merle Quast",
            company="Deichwerk AG",
            position="Einkauf",
            email="merle@example.org",
            profile_url="https://www.linkedin.com/in/merle-quast",
        ),
        emails=("merle@example.org", "merle@example.net", "m.q@example.com"),
        profile_urls=("https://www.linkedin.com/in/merle-quast",),
    )


def test_google_until_2024() -> None:
    found = contact(
        "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
        "Organization 1 - Name\n"
        "Owen Harcastle,Owen,Harcastle,* myContacts,* Work,owen@example.com,Tidewell\n"
    )
    assert found.person == Person(
        name="Owen Harcastle", email="owen@example.com", company="Tidewell"
    )
    assert not found.is_collected


def test_what_google_collected_by_itself_says_so() -> None:
    row = "Owen,,Harcastle,,,,* Other Contacts,,owen@example.com,,\n"
    assert contact(GOOGLE + row).is_collected
    both = row.replace("* Other Contacts", "* Other Contacts ::: * myContacts")
    assert not contact(GOOGLE + both).is_collected


def test_outlook_in_english() -> None:
    found = contact(
        "First Name,Middle Name,Last Name,Title,Web Page,E-mail Address,E-mail Type,"
        "E-mail Display Name,E-mail 2 Address,Company,Job Title\n"
        "Owen,J.,Harcastle,Mr,,owen@example.com,SMTP,Owen (owen@example.com),"
        "oh@example.net,Tidewell,Buyer\n"
    )
    assert found.person.name == "Owen J. Harcastle"
    assert found.emails == ("owen@example.com", "oh@example.net")
    assert (found.person.company, found.person.position) == ("Tidewell", "Buyer")


@pytest.mark.parametrize("coding", ["utf-8", "cp1252"])
def test_outlook_in_german_with_semicolons_and_code_page(coding: str) -> None:
    row = "Jörg;;Weiß;Röhrenbau;Geschäftsführer;joerg@example.org;SMTP\n"
    found = contact_of_first(items((OUTLOOK_DE + row).encode(coding)))
    assert found.person == Person(
        name="Jörg Weiß",
        company="Röhrenbau",
        position="Geschäftsführer",
        email="joerg@example.org",
    )


def contact_of_first(found: list[Item]) -> ImportedContact:
    first = found[0]
    assert isinstance(first, ImportedContact)
    return first


def test_thunderbird_in_german() -> None:
    found = contact(
        "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,"
        "Sekundäre E-Mail-Adresse,Organisation\n"
        ",,Merle Quast,,merle@example.org,mq@example.net,Deichwerk\n"
    )
    assert found.person.name == "Merle Quast"
    assert found.emails == ("merle@example.org", "mq@example.net")


def test_a_table_of_linkedin_is_left_to_its_importer() -> None:
    header = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am"
    assert not is_header(header.split(","))
    assert not is_header(["Name", "Telefon"])
    assert is_header(header.split(",")[:-1])


def test_a_row_of_nobody_is_told() -> None:
    (told,) = items(GOOGLE + ",,,,,,,,,,https://example.org\n")
    assert isinstance(told, Skipped)
    assert (told.line, "neither a name nor" in str(told.reason)) == (2, True)


def test_nul_and_formulas_are_text_and_harm_nothing() -> None:
    row = '"=HYPERLINK(""http://example.net"")",,Qu\0ast,,,,,,a@example.org,,\n'
    found = contact_of_first(items(GOOGLE + row))
    assert found.person.name == '=HYPERLINK("http://example.net") Quast'


def test_a_broken_row_costs_only_itself() -> None:
    rows = 'Ada,"Lin\nBo,,Assist,,,,,,bo@example.org,,\n'
    found = items(GOOGLE + rows)
    assert [type(each) for each in found] == [Skipped, ImportedContact]


def test_other_tables_are_refused_in_words(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("Datum,Betrag\n1.2.2024,5\n", "utf-8")
    assert not fits(source)
    with pytest.raises(SourceError, match="whose headings we know"):
        list(read(source))


def test_a_table_is_recognised_whatever_its_name(tmp_path: Path) -> None:
    source = tmp_path / "Kontakte.txt"
    source.write_text(OUTLOOK_DE + "Ada;;Lindt;;;ada@example.org;\n", "cp1252")
    assert fits(source)
    assert [type(each) for each in read(source)] == [ImportedContact, FileRead]


CELLS = st.sampled_from(["Ada", "a@example.org", '"', ",", ";", "\n", "=1+1", "\0", ""])


@given(st.lists(CELLS | st.text(max_size=4), max_size=40))
def test_whatever_the_rows_reading_ends_and_invents_nothing(cells: list[str]) -> None:
    raw = (GOOGLE + ",".join(cells)).encode("utf-8", "replace")
    found = list(contacts_of("c.csv", [raw]))
    assert isinstance(found[-1], FileRead)
    for each in found[:-1]:
        if isinstance(each, ImportedContact):
            assert each.person.name or each.emails or each.profile_urls
