"""vCards of every version and program become contacts; what is broken is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.errors import SourceError
from vorzimmer.importers import vcard
from vorzimmer.importers.vcard import cards_of, fits, read
from vorzimmer.items import FileRead, ImportedContact, Item
from vorzimmer.model import Person, Skipped

APPLE = b"""BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//macOS 14//EN\r
N:Quast;Merle;Luise;Dr.;\r
FN:Dr. Merle Luise Quast\r
ORG:Deichwerk AG;Einkauf\r
TITLE:Leiterin Einkauf\\, Nord\r
item1.EMAIL;type=INTERNET;type=pref:Merle.Quast@example.org\r
EMAIL;type=HOME:merle@example.net\r
item2.URL;type=pref:https\\://www.linkedin.com/in/merle-quast/?tok=abc\r
item2.X-ABLabel:LinkedIn\r
X-SOCIALPROFILE;type=xing:https://www.xing.com/profile/Merle_Quast7\r
TEL;type=CELL:+49 170 0000000\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r
 AAAQABAAD/2wBDAAgGBg\r
END:VCARD\r
"""
OLD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
    b"N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:H=F6rmann;J=\r\n=F6rg\r\n"
    b"ORG;QUOTED-PRINTABLE;CHARSET=UTF-8:R=C3=B6hrenbau\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE:BEGIN=\r\nEND:VCARD=\r\n, and more\r\n"
    b"EMAIL;INTERNET:joerg@example.org\r\nEND:VCARD\r\n"
)


def items(*pieces: bytes) -> list[Item]:
    *found, end = cards_of("c.vcf", pieces)
    assert isinstance(end, FileRead)
    return found


def person(raw: bytes) -> Person:
    (found,) = items(raw)
    assert isinstance(found, ImportedContact), found
    return found.person


def card(*lines: str) -> bytes:
    return "\n".join(["BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD", ""]).encode()


def test_a_card_of_apple_gives_what_is_needed_and_no_more() -> None:
    (found,) = items(APPLE)
    assert found == ImportedContact(
        person=Person(
            name="Dr. Merle Luise Quast",
            company="Deichwerk AG",
            position="Leiterin Einkauf, Nord",
            email="merle.quast@example.org",
            profile_url="https://www.linkedin.com/in/merle-quast",
        ),
        emails=("merle.quast@example.org", "merle@example.net"),
        profile_urls=(
            "https://www.linkedin.com/in/merle-quast",
            "https://www.xing.com/profile/Merle_Quast7",
        ),
    )


def test_an_old_card_in_quoted_printable_and_another_charset_is_read() -> None:
    assert person(OLD) == Person(
        name="Jörg Hörmann", company="Röhrenbau", email="joerg@example.org"
    )


@pytest.mark.parametrize("size", [1, 7, 64])
def test_how_the_bytes_are_cut_into_pieces_does_not_matter(size: int) -> None:
    raw = APPLE + OLD

    def pieces() -> Iterator[bytes]:
        yield from (raw[at : at + size] for at in range(0, len(raw), size))

    assert list(cards_of("c.vcf", pieces())) == list(cards_of("c.vcf", [raw]))


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_another_coding_keeps_its_umlauts(coding: str) -> None:
    raw = card("FN:Jürgen Weiß").decode().encode(coding)
    assert person(raw).name == "Jürgen Weiß"


def test_lines_that_end_with_a_return_alone_are_lines() -> None:
    assert person(card("FN:Ada Lindt").replace(b"\n", b"\r")).name == "Ada Lindt"


def test_a_folded_name_is_whole() -> None:
    assert person(card("FN:Ada Lin", " dt")).name == "Ada Lindt"


def test_a_company_and_an_address_in_place_of_a_name_are_no_name() -> None:
    firm = card("FN:Deichwerk AG", "ORG:Deichwerk AG", "EMAIL:a@example.org")
    assert person(firm).name is None
    assert person(card("FN:a@example.org", "EMAIL:a@example.org")).name is None
    shown = card("FN:Ada", "X-ABShowAs:COMPANY", "EMAIL:a@example.org")
    assert person(shown).name is None


def test_a_group_is_nobody_and_a_card_without_a_word_is_told() -> None:
    group = card("KIND:group", "FN:Kegelclub", "EMAIL:kegeln@example.org")
    (told,) = items(group + card("TEL:+49 40 1"))
    assert isinstance(told, Skipped)
    assert (told.line, "neither a name nor" in str(told.reason)) == (7, True)


def test_the_card_of_an_assistant_within_another_is_left_out() -> None:
    agent = "AGENT:\nBEGIN:VCARD\nFN:Bo Assist\nEMAIL:bo@example.org\nEND:VCARD"
    found = person(card("FN:Ada Lindt", agent, "EMAIL:ada@example.org"))
    assert (found.name, found.email) == ("Ada Lindt", "ada@example.org")


def test_a_card_without_its_end_ends_with_the_next_one() -> None:
    first = card("FN:Ada Lindt").replace(b"END:VCARD\n", b"")
    names = [
        each.person.name
        for each in items(first + card("FN:Bo Assist"))
        if isinstance(each, ImportedContact)
    ]
    assert names == ["Ada Lindt", "Bo Assist"]


def test_a_half_written_file_loses_its_last_card_only() -> None:
    whole, cut = items(APPLE + APPLE[: len(APPLE) // 2])
    assert isinstance(whole, ImportedContact)
    assert isinstance(cut, Skipped)
    assert (cut.line, "ends within" in str(cut.reason)) == (17, True)


def test_a_line_that_is_none_costs_nothing() -> None:
    assert person(card("FN:Ada Lindt", "no colon here", ":", ";;;")).name == "Ada Lindt"


def test_a_picture_of_ten_megabytes_takes_no_room() -> None:
    picture = b"A" * 10_000_000
    for photo in (picture, b"\n ".join([picture[:70]] * 2000)):
        raw = card("FN:Ada Lindt").replace(
            b"FN:", b"PHOTO;ENCODING=b:" + photo + b"\nFN:"
        )
        pieces = [raw[at : at + 65536] for at in range(0, len(raw), 65536)]
        (found,) = items(*pieces)
        assert isinstance(found, ImportedContact)
        assert found.person.name == "Ada Lindt"


def test_machines_and_tokens_are_left_out() -> None:
    lines = ("FN:Shop", "EMAIL:no-reply@example.com", "EMAIL:not an address")
    assert person(card(*lines)).email is None
    url = "URL:https://example.org/in/ada?token=abc"
    assert person(card("FN:Ada Lindt", url)).profile_url is None


def test_a_file_without_cards_is_refused_in_words(tmp_path: Path) -> None:
    source = tmp_path / "a.vcf"
    for raw, words in ((b"", "empty"), (b"hello", "no vCard")):
        source.write_bytes(raw)
        with pytest.raises(SourceError, match=words):
            list(read(source))


def test_more_cards_than_anybody_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vcard, "MOST_CARDS", 2)
    assert len(items(APPLE * 2)) == 2
    with pytest.raises(SourceError, match="more than 2 cards"):
        items(APPLE * 3)


def test_a_card_of_a_million_lines_is_bounded() -> None:
    lines = [f"EMAIL:a{number}@example.org" for number in range(20_000)]
    (found,) = items(card("FN:Ada Lindt", *lines))
    assert isinstance(found, ImportedContact)
    assert len(found.emails) == 20


def test_a_folder_of_cards_is_read_and_recognised_by_what_is_in_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.vcf").write_bytes(APPLE)
    (tmp_path / "b.vcf").write_bytes(OLD)
    (tmp_path / "c.txt").write_bytes(b"hello")
    assert fits(tmp_path)
    assert sum(isinstance(each, ImportedContact) for each in read(tmp_path)) == 2
    (tmp_path / "contacts").write_bytes(APPLE)
    assert fits(tmp_path / "contacts")
    assert not fits(tmp_path / "c.txt")
    assert not fits(tmp_path / "nothing")


PIECES = st.sampled_from(
    [
        b"BEGIN:VCARD\n",
        b"END:VCARD\n",
        b"AGENT:\n",
        b"FN:",
        b"N:;;",
        b" ",
        b"=\n",
        b"\n",
        b"EMAIL;ENCODING=QUOTED-PRINTABLE;CHARSET=",
        b"utf-7:",
        b"=C3",
        b'"',
        b";",
        b":",
        b"a@example.org",
        b"\\",
        b"\xff\xfe",
        b"\0",
        b"ORG:x;y\n",
        b"URL:",
        b"\r\n\t",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=8), max_size=40), st.integers(1, 9))
def test_whatever_the_bytes_reading_ends_and_invents_nothing(
    pieces: list[bytes], size: int
) -> None:
    raw = b"".join(pieces)
    chunks = [raw[at : at + size] for at in range(0, len(raw), size)]
    found = list(cards_of("c.vcf", chunks))
    assert isinstance(found[-1], FileRead)
    for each in found[:-1]:
        assert isinstance(each, ImportedContact | Skipped)
        if isinstance(each, ImportedContact):
            known = each.person
            assert known.name or known.email or known.profile_url
            assert all("\n" not in word for word in (known.name or "", *each.emails))
