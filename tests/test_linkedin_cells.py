from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.linkedin.cells import (
    day_of,
    moment_of,
    name_of,
    person_of,
    plain_text,
    profile_url_of,
    recipients_of,
    text_of,
)
from vorzimmer.model import Person

# A busy machine is no fault of ours; hanging is.
UNHURRIED = settings(deadline=10_000, max_examples=50)
IN = "https://www.linkedin.com/in/"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-08-01 02:00:05 UTC", datetime(2026, 8, 1, 2, 0, 5, tzinfo=UTC)),
        ("2026-08-01 02:00 UTC", datetime(2026, 8, 1, 2, tzinfo=UTC)),
        ("2026-08-01 02:00:05", datetime(2026, 8, 1, 2, 0, 5, tzinfo=UTC)),
        ("2026-08-01T02:00:05.123Z", datetime(2026, 8, 1, 2, 0, 5, tzinfo=UTC)),
        ("2026-08-01T02:00:05+02:00", datetime(2026, 8, 1, 0, 0, 5, tzinfo=UTC)),
        ("2024/02/01 15:02:55 UTC", datetime(2024, 2, 1, 15, 2, 55, tzinfo=UTC)),
        ("9/20/26, 4:10 PM", datetime(2026, 9, 20, 16, 10, tzinfo=UTC)),
        ("9/20/26, 4:10\u202fPM", datetime(2026, 9, 20, 16, 10, tzinfo=UTC)),
        ("9/20/2026, 4:10:09\xa0pm", datetime(2026, 9, 20, 16, 10, 9, tzinfo=UTC)),
        ("12/31/25, 12:00 AM", datetime(2025, 12, 31, tzinfo=UTC)),
        ("12/31/25, 12:30 PM", datetime(2025, 12, 31, 12, 30, tzinfo=UTC)),
        ("5 Mar 2019, 14:22", datetime(2019, 3, 5, 14, 22, tzinfo=UTC)),
        ("15.03.2024 07:05", datetime(2024, 3, 15, 7, 5, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_every_form_that_was_seen(
    cell: str, moment: datetime
) -> None:
    assert moment_of(cell) == moment


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05 Mar 2024", date(2024, 3, 5)),
        ("5-Jun-24", date(2024, 6, 5)),
        ("12-May-17", date(2017, 5, 12)),
        ("1-Jul-98", date(1998, 7, 1)),
        ("03/15/2024", date(2024, 3, 15)),
        ("15/03/2024", date(2024, 3, 15)),
        ("2024-03-05", date(2024, 3, 5)),
        ("3. März 2022", date(2022, 3, 3)),
        ("07 Okt. 2021", date(2021, 10, 7)),
        ("March 5, 2024", date(2024, 3, 5)),
        ("Mar 2019", date(2019, 3, 1)),
        ("2019", date(2019, 1, 1)),
    ],
)
def test_days_are_read_in_every_form_that_was_seen(cell: str, day: date) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(
    "cell",
    [
        *("", "soon", "31 Feb 2024", "13/13/2024", "5 Foo 2024", "0/0/00"),
        *("9/20/26, 14:10 PM", "9/20/26, 25:00", "2024-03-05 UTC", "1805"),
        *("9999-01-01 00:00:00 UTC", "2024-13-01 00:00:00 UTC", "0 UTC", "99999"),
    ],
)
def test_what_is_no_date_is_not_known(cell: str) -> None:
    assert moment_of(cell) is None


@UNHURRIED
@given(st.datetimes(datetime(1970, 1, 1), datetime(2069, 12, 31)))  # noqa: DTZ001 -- a time of day without zone is what the cell holds
def test_the_time_of_an_invitation_survives_its_american_form(when: datetime) -> None:
    half = "AM" if when.hour < 12 else "PM"
    hour = when.hour % 12 or 12
    cell = (
        f"{when.month}/{when.day}/{when.year % 100:02}, {hour}:{when.minute:02} {half}"
    )
    expected = when.replace(second=0, microsecond=0, tzinfo=UTC)
    assert moment_of(cell) == expected


@UNHURRIED
@given(cell=st.text() | st.text("0123456789/-:,. APM<>&;#"))
def test_no_cell_whatever_makes_a_reader_fail(cell: str) -> None:
    moment, url = moment_of(cell), profile_url_of(cell)
    assert moment is None or moment.tzinfo is UTC
    assert url is None or profile_url_of(url) == url
    assert plain_text(text_of(cell)) == plain_text(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "https://www.linkedin.com/in/ay%C5%9Fe-%C3%B6rnek-9z",
        "http://de.linkedin.com/in/Ay%c5%9fe-%c3%b6rnek-9Z/",
        "www.linkedin.com/in/ayşe-örnek-9z?trk=mail&token=abc#top",
        "linkedin.com/in/ays%CC%A7e-o%CC%88rnek-9z/de",
    ],
)
def test_one_person_has_one_address_however_it_is_written(cell: str) -> None:
    assert profile_url_of(cell) == f"{IN}ayşe-örnek-9z"


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("https://www.linkedin.com/company/4711", "company/4711"),
        ("https://linkedin.com/pub/Mira-Muster/1/2a3/4B5", "pub/mira-muster/1/2a3/4b5"),
        (f"{IN}ACoAAAB1cD2eF3gH4iJ5kL6", "in/ACoAAAB1cD2eF3gH4iJ5kL6"),
    ],
)
def test_other_addresses_of_the_network_keep_their_kind(cell: str, url: str) -> None:
    assert profile_url_of(cell) == f"https://www.linkedin.com/{url}"


@pytest.mark.parametrize(
    "cell",
    [
        *("", "Mira", "https://www.linkedin.com/", "https://www.linkedin.com/feed/x"),
        *("https://evil.example/?u=linkedin.com/in/mira", f"{IN}a%2Fb", f"{IN}a%0Ab"),
        *("https://linkedin.com.evil.example/in/mira", f"{IN}a%20b", f"{IN}%3Cb%3E"),
        *(
            "javascript:alert(1)//linkedin.com/in/mira",
            IN + "x" * 500,
            f"{IN}%E2%80%AE",
        ),
    ],
)
def test_what_is_no_profile_address_is_not_known(cell: str) -> None:
    assert profile_url_of(cell) is None


@UNHURRIED
@given(st.text("abcäöüßğıéñ中ж09-", min_size=1, max_size=40))
def test_a_profile_address_is_read_alike_coded_and_decoded(slug: str) -> None:
    plain = profile_url_of(IN + slug)
    assert plain is not None
    assert profile_url_of(IN + quote(slug)) == plain
    assert profile_url_of(plain) == plain


def test_a_hidden_account_has_no_name_and_no_address() -> None:
    for hidden in (
        "LinkedIn Member",
        "linkedin mitglied",
        "LinkedIn-Mitglied",
        "Miembro de LinkedIn",
        "Usuário do LinkedIn",
    ):
        assert person_of(hidden) == Person()
    assert person_of(" Mira \n Muster ") == Person(name="Mira Muster")
    assert name_of("", " ") is None


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("JÃ¶rg", "Jörg"),
        ("RenÃ©e dâ€™Arc", "Renée d’Arc"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("âge", "âge"),
        ("Jörg und JÃ¶rg", "Jörg und JÃ¶rg"),
    ],
)
def test_text_coded_twice_is_repaired_where_that_is_certain(
    broken: str, meant: str
) -> None:
    assert text_of(broken) == meant


@pytest.mark.parametrize("letters", ["é", "Ünïcödé", "naïve café – “so”"])
def test_coding_twice_is_taken_back(letters: str) -> None:
    assert text_of(letters.encode().decode("latin-1")) == letters


def test_names_with_titles_are_aligned_with_their_addresses() -> None:
    found = recipients_of("Tom Frei, Wanda Holz, Ph.D., Li Na", f"{IN}t,{IN}w;{IN}l")
    assert [each.name for each in found] == ["Tom Frei", "Wanda Holz, Ph.D.", "Li Na"]
    assert [each.profile_url for each in found] == [f"{IN}t", f"{IN}w", f"{IN}l"]


def test_one_address_takes_the_whole_name() -> None:
    [person] = recipients_of("Holz, Wanda, MBA", f"{IN}wanda")
    assert person == Person(name="Holz, Wanda, MBA", profile_url=f"{IN}wanda")


def test_names_that_cannot_be_aligned_are_not_guessed() -> None:
    found = recipients_of("Ada Nord, Bo Ost, Cy West", f"{IN}ada {IN}cy")
    assert found == (Person(profile_url=f"{IN}ada"), Person(profile_url=f"{IN}cy"))


def test_without_addresses_the_names_count() -> None:
    assert recipients_of("Ada Nord, LinkedIn Member, Bo Ost", "") == (
        Person(name="Ada Nord"),
        Person(name="Bo Ost"),
    )
    assert recipients_of("", "") == ()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<p>Guten Tag</p><p>R&amp;D &#8211; <b>neu</b>!</p>",
            "Guten Tag\n\nR&D – neu!",
        ),
        ("Hallo<br>Welt<br/>!", "Hallo\nWelt\n!"),
        ("<ul><li>eins</li><li>zwei</li></ul>", "eins\nzwei"),
        ("a<script>alert('<p>')</script>b<style>p{}</style>c", "abc"),
        ("<p>a<script>never closed", "a"),
        ("<p>a<!-- hidden -->b<!-- open", "ab open"),
        ("<!DOCTYPE html><html><head><title>x</title></head><p>y", "y"),
        ('<p class="x" onclick="steal()">a', "a"),
        ("R&amp;D", "R&D"),
        ("<p>&lt;script&gt;", "<script>"),
        ("<p>&#" + "9" * 5000 + ";", "\ufffd"),
        ("I <3 List<String> & a < b > c", "I <3 List<String> & a < b > c"),
        ("two\r\nlines  here\r", "two\nlines  here"),
    ],
)
def test_html_becomes_text_and_text_stays_text(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize("trap", ["<p", "<!--", "<p ", "</", "&#x", "<script>", "<"])
def test_hostile_html_takes_no_longer_than_its_length(trap: str) -> None:
    text = "<p>" + trap * (131_072 // len(trap))
    assert len(plain_text(text)) <= len(text)
